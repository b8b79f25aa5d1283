import { type Asked, INSIDE } from './asked.ts'
import type { Block, Content } from './parts.ts'

interface Arm {
  segment: string
  campaign: number
  day: string
  until: string
  held: number
  customers: number
  sum: number
  squares: number
}

const armsSql = `
SELECT segment, campaign, toString(any(day)) AS began, toString(max(until)) AS ended, held, sum(customers) AS customers, sum(sum) AS margin,
  sum(squares) AS squared
FROM seven_p_arms
WHERE ${INSIDE}
GROUP BY GROUPING SETS ((campaign, held), (campaign, held, segment))
ORDER BY campaign DESC`

export interface Uplift {
  name: string
  segment: string
  planned: number
  control: number
  difference: number
  low: number
  high: number
}

/** Fewer customers in an arm than this: the normal interval would claim too much. */
const FEWEST = 30

/** Mean margin of the planned less that of the control, unequal variances; null when an arm is too small. */
export function uplift(
  planned: { customers: number; sum: number; squares: number },
  control: { customers: number; sum: number; squares: number },
): { difference: number; low: number; high: number } | null {
  if (planned.customers < FEWEST || control.customers < FEWEST) return null
  const mean = (arm: typeof planned) => arm.sum / arm.customers
  const error = (arm: typeof planned) =>
    Math.max(0, arm.squares - arm.customers * mean(arm) ** 2) / (arm.customers - 1) / arm.customers
  const difference = mean(planned) - mean(control)
  const half = 1.96 * Math.sqrt(error(planned) + error(control))
  return { difference, low: difference - half, high: difference + half }
}

/** Campaigns with both arms, newest first: the whole filter under segment '', then each segment. */
export async function uplifts({ app, params }: Asked): Promise<Uplift[]> {
  const rows = await app.facts.query<{
    segment: string
    campaign: number
    began: string
    ended: string
    held: number
    customers: number
    margin: number
    squared: number
  }>(armsSql, params)
  const arms = rows.map(
    (row): Arm => ({ ...row, day: row.began, until: row.ended, sum: row.margin, squares: row.squared }),
  )
  return [...Map.groupBy(arms, arm => `${arm.campaign}\n${arm.segment}`).values()].flatMap(both => {
    const planned = both.find(arm => arm.held === 0)
    const control = both.find(arm => arm.held === 1)
    const found = planned && control ? uplift(planned, control) : null
    return found && planned && control
      ? [
          {
            name: `${planned.day} – ${planned.until}`,
            segment: planned.segment,
            planned: planned.customers,
            control: control.customers,
            ...found,
          },
        ]
      : []
  })
}

export const upliftColumns: Block['columns'] = [
  { id: 'planned', name: { en: 'Planned', zh: '计划组' }, unit: 'count' },
  { id: 'control', name: { en: 'Control', zh: '对照组' }, unit: 'count' },
  { id: 'difference', name: { en: 'Uplift per customer', zh: '人均提升' }, unit: 'money' },
  { id: 'low', name: { en: 'from', zh: '下限' }, unit: 'money' },
  { id: 'high', name: { en: 'to', zh: '上限' }, unit: 'money' },
]

export const upliftFormula: Content['question'] = {
  en: 'Margin per customer the campaign chose less margin per customer it held out at random, from the campaign’s day to the end of its horizon or to the date; 95 % interval of the two means. Whoever was chosen counts, reached or not. Arms of fewer than thirty are left out.',
  zh: '自活动日至活动期末（或截至日期），被选客户人均毛利减随机对照客户人均毛利；95% 均值差区间。凡被选中者均计入，无论是否触达；任一组不足三十人的不显示。',
}
