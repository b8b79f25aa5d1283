import type { App } from '../../platform/app.ts'
import type { Params } from '../../platform/stores/facts/index.ts'
import { bought, returned } from '../features/purchase-rows.ts'
import { type GroupFigure, type GroupSums, judgeGroups, judgeWhole } from './judge-groups.ts'
import type { GroupMeasure } from './measure.ts'
import type { AlarmSettings } from './settings.ts'

export type { GroupFigure } from './judge-groups.ts'

/** Runs of the turn before: who was in which segment then, and what was expected of them. */
export interface TurnBefore {
  asOf: string
  features: number
  models: number
  segments: number
}

export interface GroupAsk {
  asOf: string
  identityRun: number
  modelsRun: number
  before: TurnBefore | null
  earlier: readonly GroupFigure[]
  settings: AlarmSettings
}

/** The days between the two turns, as rows of what each member of then did in them. */
const period = "sold_at >= toDateTime({from:Date}, 'UTC') AND sold_at < toDateTime({asOf:Date}, 'UTC')"
const days = 'toFloat64({asOf:Date} - {from:Date})'

/** What a customer did (a) and was expected to do (e), for each measure; `f`, `s` and `m` are of the turn before. */
const measures: Record<GroupMeasure, { joins: string; a: string; e: string; where?: string }> = {
  purchases: {
    joins: `LEFT JOIN (SELECT customer_id, uniqExactIf(toDate(sold_at), ${bought}) AS done FROM purchases
      WHERE run_id = {identityRun:UInt64} AND ${period} GROUP BY customer_id) AS d ON d.customer_id = m.customer_id`,
    a: 'toFloat64(d.done)',
    e: `s.expected_purchases * ${days} / 365`,
  },
  revenue: {
    joins: `LEFT JOIN (SELECT customer_id, sumIf(amount_minor, ${bought}) AS done FROM purchases
      WHERE run_id = {identityRun:UInt64} AND ${period} GROUP BY customer_id) AS d ON d.customer_id = m.customer_id`,
    a: 'toFloat64(d.done)',
    e: `if(f.purchase_days > 0, s.expected_purchases * f.gross_minor / f.purchase_days, 0) * ${days} / 365`,
  },
  returned: {
    joins: `INNER JOIN (SELECT customer_id, -sumIf(amount_minor, ${returned}) AS done, sumIf(amount_minor, ${bought}) AS spent FROM purchases
      WHERE run_id = {identityRun:UInt64} AND ${period} GROUP BY customer_id) AS d ON d.customer_id = m.customer_id`,
    a: 'toFloat64(d.done)',
    // A customer's own share of a few orders says little: half of it is everybody's.
    e: 'd.spent * (f.return_rate + {shareReturned:Float64}) / 2',
  },
  churn: {
    joins:
      'INNER JOIN (SELECT customer_id, churn_probability FROM scores WHERE run_id = {modelsRun:UInt64}) AS n ON n.customer_id = m.customer_id',
    a: 'toFloat64(n.churn_probability)',
    e: 'toFloat64(s.churn_probability)',
    where: 'f.frequency > 0',
  },
  response: {
    joins: `INNER JOIN (SELECT customer_id, uniqExactIf(communication_id, type IN ('sent', 'called')) AS sent,
        uniqExactIf(communication_id, type IN ('opened', 'clicked', 'replied', 'answered', 'accepted', 'ordered')) AS done FROM events
      WHERE communication_id != '' AND at >= toDateTime64({from:Date}, 3, 'UTC') AND at < toDateTime64({asOf:Date}, 3, 'UTC')
      GROUP BY customer_id) AS d ON d.customer_id = m.customer_id`,
    a: 'toFloat64(d.done)',
    e: 'toFloat64(d.sent)',
    where: 'd.sent > 0',
  },
}

const rowsSql = ({ joins, a, e, where }: (typeof measures)[GroupMeasure]): string => `
  SELECT m.segment AS its_group, ${a} AS a, ${e} AS e
  FROM (SELECT customer_id, segment FROM segment_members WHERE run_id = {segmentsBefore:UInt64}) AS m
  INNER JOIN (SELECT customer_id, purchase_days, gross_minor, return_rate, frequency FROM features WHERE run_id = {featuresBefore:UInt64}) AS f
    ON f.customer_id = m.customer_id
  INNER JOIN (SELECT customer_id, expected_purchases, churn_probability FROM scores WHERE run_id = {modelsBefore:UInt64}) AS s
    ON s.customer_id = m.customer_id
  ${joins}
  ${where ? `WHERE ${where}` : ''}`

/** Segments of the turn before against what was expected of their members, and all customers against the past. */
export async function watchGroups(app: Pick<App, 'facts'>, ask: GroupAsk): Promise<GroupFigure[]> {
  const { asOf, settings } = ask
  const whole = await watchWhole(app, ask)
  if (!ask.before || ask.before.asOf >= asOf) return whole
  const params: Params = {
    asOf,
    from: ask.before.asOf,
    identityRun: ask.identityRun,
    modelsRun: ask.modelsRun,
    featuresBefore: ask.before.features,
    modelsBefore: ask.before.models,
    segmentsBefore: ask.before.segments,
    shareReturned: await shareReturned(app, ask),
  }
  const found: GroupFigure[] = []
  for (const measure of settings.groups) {
    const rows = rowsSql(measures[measure])
    const { ratio } = await app.facts.one<{ ratio: number }>(
      `SELECT if(sum(e) > 0, sum(a) / sum(e), 0) AS ratio FROM (${rows})`,
      params,
    )
    const sums = await app.facts.query<GroupSums>(
      `SELECT its_group AS group, count() AS customers, sum(a) AS actual, sum(e) AS expected,
         sum(pow(a - {ratio:Float64} * e, 2)) AS squares, sum(pow(a - {ratio:Float64} * e, 4)) AS fourths
       FROM (${rows}) GROUP BY its_group ORDER BY its_group`,
      { ...params, ratio },
    )
    const judged = judgeGroups(measure, asOf, sums, ask.earlier, settings.groupRate)
    found.push(...judged.map(figure => ({ ...figure, stakeMinor: stakeOf(figure) })))
  }
  return [...whole, ...found]
}

const stakeOf = ({ measure, actual, expected }: GroupFigure): number =>
  measure === 'revenue' || measure === 'returned' ? Math.round(Math.abs(actual - expected)) : 0

async function shareReturned({ facts }: Pick<App, 'facts'>, { identityRun, asOf }: GroupAsk): Promise<number> {
  const { share } = await facts.one<{ share: number }>(
    `SELECT if(sumIf(amount_minor, ${bought}) = 0, 0, -sumIf(amount_minor, ${returned}) / sumIf(amount_minor, ${bought})) AS share
     FROM purchases WHERE run_id = {identityRun:UInt64} AND sold_at < toDateTime({asOf:Date}, 'UTC')`,
    { identityRun, asOf },
  )
  return share
}

const BLOCK_DAYS = 28
const BLOCKS_A_YEAR = 13
const MOST_BLOCKS = 52

async function watchWhole(
  { facts }: Pick<App, 'facts'>,
  { identityRun, asOf, settings }: GroupAsk,
): Promise<GroupFigure[]> {
  const rows = await facts.query<{ block: number; revenue: number; purchases: number; share: number }>(
    `SELECT toInt32(intDiv(toUInt32({asOf:Date} - 1 - toDate(sold_at)), {days:UInt32})) AS block,
       toFloat64(sumIf(amount_minor, ${bought})) AS revenue, toFloat64(uniqExactIf((customer_id, toDate(sold_at)), ${bought})) AS purchases,
       if(revenue > 0, -sumIf(amount_minor, ${returned}) / revenue, 0) AS share
     FROM purchases
     WHERE run_id = {identityRun:UInt64} AND sold_at < {asOf:Date} AND sold_at >= {asOf:Date} - {back:UInt32}
     GROUP BY block ORDER BY block DESC`,
    { identityRun, asOf, days: BLOCK_DAYS, back: BLOCK_DAYS * MOST_BLOCKS },
  )
  // The oldest block is seldom whole.
  const whole = rows.slice(1)
  const dayOf = (block: number) =>
    new Date(Date.parse(`${asOf}T00:00:00Z`) - block * BLOCK_DAYS * 86_400_000).toISOString().slice(0, 10)
  const of = (value: (row: (typeof rows)[number]) => number) =>
    whole.map(row => ({ from: dayOf(row.block), value: value(row) }))
  const series = {
    revenue: of(row => row.revenue),
    purchases: of(row => row.purchases),
    returned: of(row => row.share),
  } as const
  return (['revenue', 'purchases', 'returned'] as const).flatMap(measure => {
    if (!settings.groups.includes(measure)) return []
    const figure = judgeWhole(measure, asOf, series[measure], BLOCKS_A_YEAR, settings.groupRate)
    return figure
      ? [{ ...figure, since: figure.alarm ? asOf : null, stakeMinor: measure === 'revenue' ? stakeOf(figure) : 0 }]
      : []
  })
}
