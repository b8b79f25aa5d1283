import { ALL, type Asked, CUSTOMERS, INSIDE } from './asked.ts'
import { type Block, type Content, known, monthText, nothingBought, segmentText } from './parts.ts'
import { lastMonthOf, monthIndex } from './period.ts'

const FIGURES = `countIf(purchase_days > 0) AS buyers, countIf(purchase_days >= 2) AS repeated, avgIf(p_alive, purchase_days > 0) AS alive,
  avgIf(left_months, purchase_days > 0) AS leftMonths,
  countIf(bitAnd(months, {lastYear:UInt64}) != 0) AS thisYear, countIf(bitAnd(months, {yearBefore:UInt64}) != 0) AS before,
  countIf(bitAnd(months, {lastYear:UInt64}) != 0 AND bitAnd(months, {yearBefore:UInt64}) != 0) AS kept`

const allSql = `SELECT ${FIGURES} FROM seven_p_customers WHERE ${ALL}`
const bySegmentSql = `
SELECT segment, ${FIGURES} FROM seven_p_customers WHERE ${CUSTOMERS} GROUP BY GROUPING SETS ((segment), ()) ORDER BY buyers DESC`
const aliveSql = `
SELECT toUInt8(least(9, floor(p_alive * 10))) AS tenth, count() AS customers, sum(value_minor) AS value
FROM seven_p_customers WHERE ${CUSTOMERS} AND purchase_days > 0 GROUP BY tenth ORDER BY tenth`
const cohortsSql = `
SELECT formatDateTime(cohort, '%Y-%m') AS began, since, sum(customers) AS many
FROM seven_p_cohorts
WHERE ${INSIDE} AND ({mask:UInt64} = 0 OR (cohort >= {fromDay:Date} AND cohort < {toDay:Date}))
GROUP BY cohort, since
ORDER BY cohort, since`

interface Kept {
  segment: string
  buyers: number
  repeated: number
  alive: number
  leftMonths: number
  thisYear: number
  before: number
  kept: number
}

interface CohortCell {
  began: string
  since: number
  many: number
}

/** As many cohorts and months since as a triangle can show; the newest are kept. */
const MOST_COHORTS = 24

/** Twelve months up to that of the date, and the twelve before: bits of the months bought in. */
const yearBits = (asOf: string): { lastYear: string; yearBefore: string } => {
  const first = asOf.endsWith('-01') ? 1n : 0n
  const year = (1n << 12n) - 1n
  return { lastYear: String(year << first), yearBefore: String(year << (first + 12n)) }
}

export async function persistency(ask: Asked): Promise<Content> {
  const { app, runs } = ask
  const params = { ...ask.params, ...yearBits(runs.asOf) }
  const [all, groups, alive, cells] = await Promise.all([
    app.facts.one<Kept>(allSql, params),
    app.facts.query<Kept>(bySegmentSql, params),
    app.facts.query<{ tenth: number; customers: number; value: number }>(aliveSql, params),
    app.facts.query<CohortCell>(cohortsSql, params),
  ])
  const own = groups.find(group => group.segment === '') ?? {
    ...all,
    buyers: 0,
    repeated: 0,
    alive: NaN,
    leftMonths: NaN,
    before: 0,
    kept: 0,
  }
  const segments = groups.filter(group => group.segment !== '' && group.buyers > 0)
  const figuresOf = (group: Kept) => [
    group.buyers,
    known(group.repeated / group.buyers),
    known(group.alive),
    known(group.leftMonths),
    known(group.kept / group.before),
  ]
  const columns = [
    { id: 'buyers', name: { en: 'Buyers', zh: '有购买客户' }, unit: 'count' as const },
    { id: 'repeat', name: { en: 'Repeat rate', zh: '复购率' }, unit: 'share' as const },
    { id: 'alive', name: { en: 'P(alive)', zh: '存活概率' }, unit: 'share' as const },
    { id: 'left', name: { en: 'Months left', zh: '预期剩余月数' }, unit: 'months' as const },
    { id: 'kept', name: { en: 'Kept over the year', zh: '年度保持率' }, unit: 'share' as const },
  ]
  return {
    question: { en: 'Do they stay, and for how long still?', zh: '客户是否留下？还会留多久？' },
    meaning: {
      en: 'who bought in the period; cohorts that began in it',
      zh: '期内有购买的客户；队列则为期内首次购买者',
    },
    figures: [
      {
        id: 'repeat-rate',
        name: { en: 'Repeat rate', zh: '复购率' },
        formula: {
          en: 'customers with two purchase days or more ÷ customers who bought',
          zh: '购买两天及以上的客户数 ÷ 有购买的客户数',
        },
        unit: 'share',
        value: known(own.repeated / own.buyers),
        all: known(all.repeated / all.buyers),
        table: 'seven_p_customers',
        who: 'repeat',
      },
      {
        id: 'kept',
        name: { en: 'Kept over the year', zh: '年度保持率' },
        formula: {
          en: 'bought in both of the last two years ÷ bought in the year before last; a year is twelve whole months before the date',
          zh: '最近两年均有购买的客户数 ÷ 上上一年有购买的客户数；一年为日期前的十二个整月',
        },
        unit: 'share',
        value: known(own.kept / own.before),
        all: known(all.kept / all.before),
        ...(all.before === 0
          ? {
              note: {
                en: 'There is less than two years of purchases before the date.',
                zh: '日期之前的购买记录不足两年。',
              },
            }
          : {}),
        table: 'seven_p_customers',
      },
      {
        id: 'alive',
        name: { en: 'Still customers', zh: '仍为客户的概率' },
        formula: {
          en: 'mean P(alive) of those who bought, by the purchase model in force',
          zh: '有购买客户的平均存活概率（按在用购买模型）',
        },
        unit: 'share',
        value: known(own.alive),
        all: known(all.alive),
        table: 'seven_p_customers',
        who: 'buyers',
      },
      {
        id: 'left',
        name: { en: 'Remaining lifetime', zh: '预期剩余时间' },
        formula: {
          en: 'expected months until the customer leaves, of the next 60: s = (1 − churn)^(1/12), summed over s^0 … s^59; leaving is taken to be as likely in every month',
          zh: '未来 60 个月内预期留存月数：s =（1 − 流失概率）^(1/12)，对 s^0 … s^59 求和；假定每月流失可能相同',
        },
        unit: 'months',
        value: known(own.leftMonths),
        all: known(all.leftMonths),
        table: 'seven_p_customers',
        who: 'buyers',
      },
    ],
    blocks: [
      triangle(cells, lastMonthOf(runs.asOf)),
      {
        id: 'segments',
        title: { en: 'By segment', zh: '按客群' },
        formula: { en: 'The figures above, of each segment.', zh: '各客群的上述指标。' },
        table: 'seven_p_customers',
        draw: 'bars',
        label: { en: 'Segment', zh: '客群' },
        columns,
        shown: 2,
        rows: segments.map(group => ({
          key: group.segment,
          label: segmentText(ask, group.segment),
          values: figuresOf(group),
          who: `segment:${group.segment}`,
        })),
        empty: nothingBought,
      },
      {
        id: 'alive-tenths',
        title: { en: 'How sure it is that they are still there', zh: '存活概率分布' },
        formula: {
          en: 'Customers who bought, by tenths of P(alive); their expected margin of the next 12 months.',
          zh: '有购买客户按存活概率十分段的人数，以及其未来 12 个月的预期毛利。',
        },
        table: 'seven_p_customers',
        draw: 'bars',
        label: { en: 'P(alive)', zh: '存活概率' },
        columns: [
          { id: 'customers', name: { en: 'Customers', zh: '客户数' }, unit: 'count' },
          { id: 'value', name: { en: 'Expected value', zh: '预期价值' }, unit: 'money' },
        ],
        shown: 0,
        rows: alive.map(row => ({
          key: String(row.tenth),
          label: { en: `${row.tenth * 10}–${row.tenth * 10 + 10} %`, zh: `${row.tenth * 10}–${row.tenth * 10 + 10}%` },
          values: [row.customers, row.value],
          who: `alive:${row.tenth}`,
        })),
        empty: nothingBought,
      },
    ],
  }
}

/** Cohorts downwards, months since rightwards; what has not happened yet stays empty. */
function triangle(cells: readonly CohortCell[], last: string): Block {
  const cohorts = [...Map.groupBy(cells, cell => cell.began)].slice(-MOST_COHORTS)
  const reachOf = (month: string) => monthIndex(last) - monthIndex(month)
  const widest = Math.min(MOST_COHORTS, Math.max(0, ...cohorts.map(([month]) => reachOf(month))))
  return {
    id: 'cohorts',
    title: { en: 'Retention by cohort', zh: '队列留存' },
    formula: {
      en: 'Of those who first bought in a month, the share who bought in each month since. The first cohort of the records also holds older customers whose first purchase was before them.',
      zh: '各月首次购买者在此后每月仍有购买的占比。记录中最早的队列也包含此前已购买的老客户。',
    },
    table: 'seven_p_cohorts',
    draw: 'heat',
    label: { en: 'First bought in', zh: '首次购买' },
    columns: [
      { id: 'size', name: { en: 'Customers', zh: '客户数' }, unit: 'count' },
      ...Array.from({ length: widest }, (_, k) => ({
        id: `m${k + 1}`,
        name: { en: `+${k + 1}`, zh: `+${k + 1} 月` },
        unit: 'share' as const,
      })),
    ],
    shown: 1,
    rows: cohorts.map(([month, row]) => {
      const size = row.find(cell => cell.since === 0)?.many ?? 0
      const reached = reachOf(month)
      const at = (since: number) =>
        since > reached ? null : known((row.find(cell => cell.since === since)?.many ?? 0) / size)
      const since = Array.from({ length: widest }, (_, k) => k + 1)
      return {
        key: month,
        label: monthText(month),
        values: [size, ...since.map(at)],
        whos: [`cohort:${month}:0`, ...since.map(k => (k > reached ? null : `cohort:${month}:${k}`))],
        who: `cohort:${month}`,
      }
    }),
    empty: nothingBought,
  }
}
