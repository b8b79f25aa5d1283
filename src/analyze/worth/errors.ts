import { defineErrors } from '../../platform/errors.ts'

export const worthErrors = defineErrors({
  'analyze.no-value': {
    status: 404,
    en: 'Customer {customer} has not bought anything and has no contract: there is nothing to value them by.',
    zh: '客户 {customer} 没有购买也没有合同，无从估计价值。',
  },
})
