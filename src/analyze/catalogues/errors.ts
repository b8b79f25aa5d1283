import { defineErrors } from '../../platform/errors.ts'

export const catalogueErrors = defineErrors({
  'catalogues.no-such-catalogue': {
    status: 404,
    en: 'There is no catalogue "{catalogue}".',
    zh: '没有目录“{catalogue}”。',
  },
  'catalogues.unknown-product': {
    status: 400,
    en: 'Catalogue "{catalogue}": the product list holds no {products}.',
    zh: '目录“{catalogue}”：产品清单中没有 {products}。',
  },
  'catalogues.unreadable': {
    status: 400,
    en: 'The catalogues in {file} cannot be read: {reason}.',
    zh: '无法读取 {file} 中的目录：{reason}。',
  },
  'catalogues.no-distribution': {
    status: 404,
    en: 'Nobody has been chosen for catalogues yet: distribute them first.',
    zh: '尚未选择目录收件人：请先分配。',
  },
})
