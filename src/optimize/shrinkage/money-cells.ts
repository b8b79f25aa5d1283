import { type ArmRow, armMoments, gainOf } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import type { MoneyCell, MoneyGroup } from './value-factors.ts'

/** A plan that was carried out and whose time to bring money is over. */
export interface OverPlan {
  asOf: string
  plan: number
  segments: number
  /** Exclusive. */
  end: string
}

export interface MoneyHow {
  identity: number
  unheard: readonly string[]
  /** Cost of an offer's benefit, as the plan counted it. */
  benefits: ReadonlyMap<string, number>
  /** What a plan of that day had made of a promised unit of margin, and what its acceptance has turned out to be of what it said. */
  corrected(asOf: string, offer: string, segment: string): number
}

/** Margin promised: value with costs and benefit put back. Parameters: memberRuns, benefitOffers, benefitCosts. */
const members = `
  SELECT run_id, customer_id, arm, offer, channel, value_minor, cost_minor,
    value_minor + cost_minor + acceptance * transform(toString(offer), {benefitOffers:Array(String)}, {benefitCosts:Array(Float64)}, 0.) AS promised
  FROM (
    SELECT run_id, customer_id, 'planned' AS arm, offer, channel, value_minor, cost_minor, acceptance FROM plan_assignments
    WHERE run_id IN {memberRuns:Array(UInt64)}
    UNION ALL
    SELECT run_id, customer_id, 'control' AS arm, offer, channel, value_minor, cost_minor, acceptance FROM control_members
    WHERE run_id IN {memberRuns:Array(UInt64)} AND offer != ''
  )`

/** Fewer held out than this do not know their own spread. */
const LEAST_CONTROL = 10

export interface Money {
  cells: MoneyCell[]
  bySegment: (MoneyGroup & { asOf: string; segment: string; offers: { offer: string; promised: number }[] })[]
}

/** What each plan's offers and segments brought more than those held out who would have got the same. */
export async function moneyCells(
  app: Pick<App, 'facts'>,
  plans: readonly OverPlan[],
  { identity, unheard, benefits, corrected }: MoneyHow,
): Promise<Money> {
  if (plans.length === 0) return { cells: [], bySegment: [] }
  const rows = await app.facts.query<ArmRow>(armMoments(members), {
    memberRuns: plans.map(one => one.plan),
    days: plans.map(one => one.asOf),
    ends: plans.map(one => one.end),
    segmentRuns: plans.map(one => one.segments),
    identityRun: identity,
    unheard: [...unheard],
    benefitOffers: [...benefits.keys()],
    benefitCosts: [...benefits.values()],
  })
  const told = rows.map(row => ({ ...row, promised: row.promised * corrected(row.asOf, row.offer, row.segment) }))
  const groups = (key: (row: ArmRow) => string) => [...Map.groupBy(told, key).values()]
  return {
    cells: groups(row => `${row.asOf}/${row.offer}`).flatMap(its => {
      const gain = moneyOf(its)
      return gain ? [{ asOf: its[0]!.asOf, offer: its[0]!.offer, ...gain }] : []
    }),
    bySegment: groups(row => `${row.asOf}/${row.segment}`).flatMap(its => {
      const gain = moneyOf(its)
      const offers = its.filter(row => row.arm === 'planned').map(({ offer, promised }) => ({ offer, promised }))
      return gain ? [{ asOf: its[0]!.asOf, segment: its[0]!.segment, offers, ...gain }] : []
    }),
  }
}

function moneyOf(rows: readonly ArmRow[]): MoneyGroup | null {
  const found = gainOf(rows, LEAST_CONTROL)
  if (!found) return null
  const promised = rows.reduce((sum, row) => sum + (row.arm === 'planned' ? row.promised : 0), 0)
  // A variance of few is too small as often as not: that of Student's t.
  const error = Math.sqrt((found.variance * found.freedom) / Math.max(1, found.freedom - 2))
  return { promised, gained: found.gain, error }
}
