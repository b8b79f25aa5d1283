import type { App } from '../../platform/app.ts'
import type { UsedSegment } from '../tables.ts'
import { compileSegments } from './compile.ts'
import { segmentErrors } from './errors.ts'
import { type Proof, proveSegments } from './prove.ts'
import { catalogueOf } from './rule-catalogue.ts'
import type { SegmentSet } from './segment-set.ts'

export interface MemberRuns {
  /** Rows are written under it and into `table`. */
  runId: number
  featuresRun: number
  modelsRun: number
  table?: string
}

interface Group {
  segment: string
  customers: number
  valueMinor: number
  revenueMinor: number
  churn: number
}

const insertInto = (table: string, segment: string) => `
INSERT INTO ${table} (run_id, customer_id, segment, value_minor, churn_probability, recency_days)
SELECT {runId:UInt64}, f.customer_id, ${segment}, s.value_minor, s.churn_probability, f.recency_days
FROM features AS f
INNER JOIN scores AS s ON s.customer_id = f.customer_id
WHERE f.run_id = {featuresRun:UInt64} AND s.run_id = {modelsRun:UInt64}`

const groupsIn = (table: string) => `
SELECT
  m.segment AS segment,
  count() AS customers,
  avg(m.value_minor) AS valueMinor,
  avg(f.monetary_365_minor) AS revenueMinor,
  avg(m.churn_probability) AS churn
FROM ${table} AS m
INNER JOIN features AS f ON f.customer_id = m.customer_id
WHERE m.run_id = {runId:UInt64} AND f.run_id = {featuresRun:UInt64}
GROUP BY m.segment`

export interface Filled {
  proof: Proof
  used: UsedSegment[]
  customers: number
}

/** Puts every customer into the one segment whose rule takes him, and counts; refuses what leaves anybody out or takes him twice. */
export async function fillMembers(
  app: App,
  set: SegmentSet,
  { runId, featuresRun, modelsRun, table = 'segment_members' }: MemberRuns,
): Promise<Filled> {
  const { features, domains } = await catalogueOf(app)
  const proof = proveSegments(set.segments, domains, set.ordered)
  const compiled = compileSegments(set.segments, id => features.get(id)!)
  await app.facts.exec(insertInto(table, compiled.segment), { ...compiled.params, runId, featuresRun, modelsRun })
  const groups = await app.facts.query<Group>(groupsIn(table), { runId, featuresRun })
  const counts = new Map(groups.map(group => [group.segment, group.customers]))
  const { customers } = await app.facts.one<{ customers: number }>(
    'SELECT count() AS customers FROM features WHERE run_id = {featuresRun:UInt64}',
    { featuresRun },
  )
  const members = [...counts.values()].reduce((sum, n) => sum + n, 0)
  // The proof speaks of the rules, this of the rows: should they ever disagree, nothing is built on it.
  if (members !== customers || (proof.complete === 'proven' && counts.has('')))
    throw segmentErrors['analyze.segments-broken']({ run: runId, customers, members, none: counts.get('') ?? 0 })
  if (counts.has('')) throw segmentErrors['analyze.segments-incomplete']({ customers: counts.get('')! })
  // Rules that are not tried in order must not overlap; where that is not proven, the customers are counted.
  if (!set.ordered && proof.exclusive !== 'proven') {
    const { twice } = await app.facts.one<{ twice: number }>(
      `SELECT countIf(${compiled.matches} > 1) AS twice FROM features AS f
       INNER JOIN scores AS s ON s.customer_id = f.customer_id
       WHERE f.run_id = {featuresRun:UInt64} AND s.run_id = {modelsRun:UInt64}`,
      { ...compiled.params, featuresRun, modelsRun },
    )
    if (twice > 0) throw segmentErrors['analyze.segments-overlap']({ customers: twice })
  }
  const used = set.segments.map((rule): UsedSegment => {
    const group = groups.find(found => found.segment === rule.code)
    return {
      ...rule,
      customers: group?.customers ?? 0,
      valueMinor: group?.valueMinor ?? 0,
      revenueMinor: group?.revenueMinor ?? 0,
      churn: group?.churn ?? 0,
    }
  })
  return { proof, used, customers }
}
