import { defineErrors } from '../../platform/errors.ts'

export const productErrors = defineErrors({
  'products.no-such-product': {
    status: 404,
    en: 'The catalogue holds no product "{product}".',
    zh: '产品目录中没有“{product}”。',
  },
})
