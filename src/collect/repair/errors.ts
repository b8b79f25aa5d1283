import { defineErrors } from '../../platform/errors.ts'

export const repairErrors = defineErrors({
  'repair.unknown': { status: 404, en: 'There is no repair {repair}.', zh: '没有编号为 {repair} 的修复。' },
  'repair.nothing': {
    status: 409,
    en: 'Nothing would change: none of the {rows} rows can be repaired this way.',
    zh: '没有可修复的内容：{rows} 行均无法用此方式修复。',
  },
  'repair.no-target': {
    status: 400,
    en: 'Say what to repair: the rows that fail a rule, or rows by their keys.',
    zh: '请指定修复对象：未通过某条规则的行，或逐行指定。',
  },
  'repair.own': {
    status: 403,
    en: 'Whoever proposed a repair cannot approve it. Somebody else must look at it.',
    zh: '修复的提出者不能自行批准，须由另一人审核。',
  },
  'repair.state': {
    status: 409,
    en: 'Repair {repair} is {state}, so it cannot be {wanted}.',
    zh: '修复 {repair} 当前状态为“{state}”，不能执行“{wanted}”。',
  },
  'repair.too-many': {
    status: 400,
    en: 'More than {most} rows at once are not repaired: narrow it down to one source.',
    zh: '一次最多修复 {most} 行，请限定到单个来源。',
  },
})
