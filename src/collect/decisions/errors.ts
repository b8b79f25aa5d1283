import { defineErrors } from '../../platform/errors.ts'

export const decisionErrors = defineErrors({
  'collect.decision-same-record': {
    status: 400,
    en: 'Both sides are the same record. Choose two different ones.',
    zh: '两边是同一条记录。请选择两条不同的记录。',
  },
  'collect.decision-conflict': {
    status: 409,
    en: 'This contradicts what was decided before: {decisions}. Undo one of these first.',
    zh: '这与先前的决定相矛盾：{decisions}。请先撤销其中之一。',
  },
  'collect.decision-kinds': {
    status: 409,
    en: 'A person and an organisation cannot be one customer.',
    zh: '个人与企业不能是同一个客户。',
  },
  'collect.record-unknown': {
    status: 404,
    en: 'There is no record {record} in the newest identity run.',
    zh: '最近一次身份识别中没有记录 {record}。',
  },
  'collect.merge-itself': {
    status: 400,
    en: 'Customer {customer} cannot be merged with itself.',
    zh: '客户 {customer} 不能与自身合并。',
  },
  'collect.split-none': {
    status: 400,
    en: 'Choose at least one record to take out, and leave at least one.',
    zh: '请至少选择一条要拆出的记录，并至少保留一条。',
  },
  'collect.split-foreign': {
    status: 409,
    en: 'Record {record} does not belong to customer {customer} any more. Reload the page.',
    zh: '记录 {record} 已不属于客户 {customer}。请刷新页面。',
  },
  'collect.action-unknown': { status: 404, en: 'There is no change {action}.', zh: '没有编号为 {action} 的更改。' },
  'collect.action-undone': {
    status: 409,
    en: 'Change {action} has been undone already.',
    zh: '更改 {action} 已经撤销。',
  },
  'collect.action-stands': {
    status: 409,
    en: 'Change {action} still stands, so there is nothing to do again.',
    zh: '更改 {action} 仍然有效，无需重做。',
  },
  'collect.threshold-bad': {
    status: 400,
    en: 'A threshold is a probability above 0 and below 1.',
    zh: '阈值是大于 0、小于 1 的概率。',
  },
  'collect.pair-not-compared': {
    status: 404,
    en: 'These two records were never weighed together.',
    zh: '这两条记录从未一起比对过。',
  },
})
