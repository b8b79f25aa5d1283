import { defineErrors } from '../../platform/errors.ts'

export const caseErrors = defineErrors({
  'cases.missing': { status: 404, en: 'There is no case {id}.', zh: '没有工单 {id}。' },
  'cases.no-words': {
    status: 400,
    en: 'Write down in a few words what the customer said.',
    zh: '请写下客户的说法。',
  },
  'cases.category': {
    status: 400,
    en: 'Category {category} is not one of a {kind}. Choose one of {there}.',
    zh: '类别 {category} 不属于 {kind}，请从 {there} 中选择。',
  },
  'cases.category-used': {
    status: 409,
    en: 'Category {category} stays as long as {n} open cases have it: give them another first.',
    zh: '仍有 {n} 件未解决的工单属于类别 {category}，请先改为其他类别再移除。',
  },
  'cases.resolved': {
    status: 409,
    en: 'Case {id} is resolved already. Open it again first, if something is left to do.',
    zh: '工单 {id} 已解决。如仍需处理，请先重新打开。',
  },
  'cases.not-resolved': {
    status: 409,
    en: 'Case {id} is not resolved yet: there is nothing to tell the customer.',
    zh: '工单 {id} 尚未解决，还没有可告知客户的结果。',
  },
  'cases.no-resolution': {
    status: 400,
    en: 'Say how it was resolved: the customer will be told so.',
    zh: '请说明如何解决：将据此告知客户。',
  },
})
