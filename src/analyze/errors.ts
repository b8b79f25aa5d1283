import { defineErrors } from '../platform/errors.ts'

export const errors = defineErrors({
  'analyze.nothing-yet': {
    status: 404,
    en: 'Nothing has been analysed yet: run a turn first (`huiyin turn --as-of DATE`).',
    zh: '尚无分析结果：请先运行一轮（`huiyin turn --as-of 日期`）。',
  },
  'analyze.no-such-customer': {
    status: 404,
    en: 'Customer {customer} was not in the turn as of {asOf}.',
    zh: '截至 {asOf} 的这一轮中没有客户 {customer}。',
  },
  'analyze.period-backwards': {
    status: 400,
    en: 'The period ends ({to}) before it begins ({from}). Choose months up to the date of the turn.',
    zh: '时间段的结束（{to}）早于开始（{from}）。请选择本轮日期之前的月份。',
  },
  'analyze.no-such-figure': {
    status: 404,
    en: 'There is no figure "{figure}" to show customers of.',
    zh: '没有名为“{figure}”的指标，无法列出其客户。',
  },
})
