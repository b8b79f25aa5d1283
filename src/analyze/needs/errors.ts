import { defineErrors } from '../../platform/errors.ts'

export const needErrors = defineErrors({
  'needs.no-such-need': { status: 404, en: 'There is no need "{need}".', zh: '没有需求“{need}”。' },
  'needs.no-draft': {
    status: 409,
    en: 'Need "{need}" has no draft to release: change it first.',
    zh: '需求“{need}”没有可发布的草稿：请先修改。',
  },
  'needs.not-in-force': {
    status: 409,
    en: 'Need "{need}" has no released version to withdraw.',
    zh: '需求“{need}”没有可撤回的已发布版本。',
  },
  'needs.unknown-product': {
    status: 400,
    en: 'Need "{need}", product {place}: the catalogue holds no "{product}". Import the product first, or choose another.',
    zh: '需求“{need}”，第 {place} 项：产品目录中没有“{product}”。请先导入该产品，或另选。',
  },
  'needs.unknown-category': {
    status: 400,
    en: 'Need "{need}", product {place}: the catalogue holds nothing of category "{category}".',
    zh: '需求“{need}”，第 {place} 项：产品目录中没有品类“{category}”。',
  },
  'needs.bad-dates': {
    status: 400,
    en: 'Need "{need}" would end ({to}) before it begins ({from}).',
    zh: '需求“{need}”的结束日期（{to}）早于开始日期（{from}）。',
  },
  'needs.unreadable': {
    status: 400,
    en: 'The needs in {file} cannot be read: {reason}.',
    zh: '无法读取 {file} 中的需求：{reason}。',
  },
})
