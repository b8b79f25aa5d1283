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
})
