import { z } from 'zod'
import { textSchema } from '../../../platform/text.ts'

const channels = ['email', 'sms', 'call', 'letter', 'none'] as const

/** What to do for the customers of a cell. */
export const cellStrategySchema = z.object({
  name: textSchema,
  strategy: textSchema,
  channel: z.enum(channels),
  /** What to offer, in words; '' nothing. */
  offer: textSchema,
})
export type CellStrategy = z.infer<typeof cellStrategySchema>

/** Limits between the classes, rising: of money in minor units or of a probability; or shares of customers below them. */
const axisSchema = z.object({
  by: z.enum(['thresholds', 'quantiles']),
  cuts: z.array(z.number().refine(Number.isFinite)).min(1).max(4),
})

/** Value across, risk of leaving down: classes of each, low first, and a strategy for each cell (value class, then risk class). */
export const matrixSchema = z.object({
  value: axisSchema,
  churn: axisSchema,
  cells: z.array(z.array(cellStrategySchema)),
})
export type Matrix = z.infer<typeof matrixSchema>
export type Axis = Matrix['value']

const cell = (
  en: string,
  zh: string,
  strategyEn: string,
  strategyZh: string,
  channel: CellStrategy['channel'],
  offerEn = '',
  offerZh = '',
): CellStrategy => ({
  name: { en, zh },
  strategy: { en: strategyEn, zh: strategyZh },
  channel,
  offer: { en: offerEn, zh: offerZh },
})

/** Until somebody writes his own: the lower half, the middle and the upper fifth of both. */
export const defaultMatrix: Matrix = {
  value: { by: 'quantiles', cuts: [0.5, 0.8] },
  churn: { by: 'quantiles', cuts: [0.5, 0.8] },
  cells: [
    [
      cell('Let be', '维持', 'Serve well and cheaply; no costly benefits', '低成本维持服务，不给高成本优惠', 'email'),
      cell(
        'Watch',
        '观察',
        'Remind by e-mail; no discount',
        '以邮件提醒，不打折',
        'email',
        'Reminder of what they bought',
        '已购商品提醒',
      ),
      cell(
        'Let go',
        '放手',
        'A farewell question at most: keeping them costs more than they bring',
        '至多询问离开原因：挽留成本高于收益',
        'none',
      ),
    ],
    [
      cell(
        'Grow',
        '培育',
        'Introduce the next category',
        '推荐新品类',
        'email',
        'Next best product',
        '下一件最合适的商品',
      ),
      cell(
        'Hold',
        '稳住',
        'A reason to come back within the month',
        '给出当月回购的理由',
        'sms',
        'Free delivery',
        '免运费',
      ),
      cell(
        'Win back',
        '赢回',
        'One offer with a limit of time, then leave it',
        '一次限时优惠，之后不再打扰',
        'email',
        'Limited offer',
        '限时优惠',
      ),
    ],
    [
      cell(
        'Cherish',
        '珍视',
        'Serve more, sell less: first call on stock, a named person',
        '少打扰、多服务：优先配货、专人负责',
        'call',
      ),
      cell(
        'Protect',
        '守护',
        'Ask what could be better before it is too late',
        '趁早询问有何不满并改进',
        'call',
        'Service upgrade',
        '服务升级',
      ),
      cell(
        'Rescue',
        '挽救',
        'Call at once, find out why, then make the offer to stay',
        '立即电话，查明原因再挽留',
        'call',
        'Offer to stay',
        '挽留优惠',
      ),
    ],
  ],
}
