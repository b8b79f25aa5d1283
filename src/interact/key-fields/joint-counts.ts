/** How answers go together with segment, value and leaving, among the customers who gave them: one pass over the features of a run. */
import type { App } from '../../platform/app.ts'
import type { Askable } from './askable.ts'

/** Of one field in one segment: rows are the groups of answers, columns fifths of value and thirds of the risk of leaving. */
export interface Joint {
  groups: string[]
  /** groups × 6: not bought, and five fifths. */
  value: Float64Array
  /** groups × 3. */
  risk: Float64Array
  known: number
}

export const VALUES = 6
export const RISKS = 3

const sqlOf = (fields: readonly Askable[]): string => `
WITH answered AS (
  SELECT f.customer_id AS customer_id, arrayJoin(arrayFilter(pair -> pair.2 != '', [${fields
    .map(({ feature, group }) => `('${feature}', ${group.sql})`)
    .join(', ')}])) AS pair
  FROM features AS f WHERE f.run_id = {features:UInt64}
)
SELECT pair.1 AS field, pair.2 AS grp, toString(m.segment) AS segment, s.m AS fifth,
  multiIf(s.churn_probability < 0.3, 0, s.churn_probability < 0.66, 1, 2) AS risk, count() AS customers
FROM answered
INNER JOIN (SELECT customer_id, m, churn_probability FROM scores WHERE run_id = {models:UInt64}) AS s USING (customer_id)
INNER JOIN (SELECT customer_id, segment FROM segment_members WHERE run_id = {segments:UInt64}) AS m USING (customer_id)
GROUP BY field, grp, segment, fifth, risk`

interface Row {
  field: string
  grp: string
  segment: string
  fifth: number
  risk: number
  customers: number
}

/** Answers seldom given are not told apart: free text would make a group of each. */
const MOST_GROUPS = 24

/** By `field/segment`, and `field/` over all segments. */
export async function jointCounts(
  app: App,
  runs: { features: number; models: number; segments: number },
  fields: readonly Askable[],
): Promise<Map<string, Joint>> {
  const rows = await app.facts.query<Row>(sqlOf(fields), runs)
  const joints = new Map<string, Joint>()
  for (const [field, its] of Map.groupBy(rows, row => row.field)) {
    const sizes = new Map<string, number>()
    for (const { grp, customers } of its) sizes.set(grp, (sizes.get(grp) ?? 0) + customers)
    const groups = [...sizes]
      .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
      .slice(0, MOST_GROUPS)
      .map(([grp]) => grp)
    const place = new Map(groups.map((grp, i) => [grp, i]))
    for (const row of its) {
      const at = place.get(row.grp)
      if (at === undefined) continue
      for (const key of [`${field}/${row.segment}`, `${field}/`]) {
        let joint = joints.get(key)
        if (!joint) {
          joint = {
            groups,
            value: new Float64Array(groups.length * VALUES),
            risk: new Float64Array(groups.length * RISKS),
            known: 0,
          }
          joints.set(key, joint)
        }
        joint.value[at * VALUES + row.fifth]! += row.customers
        joint.risk[at * RISKS + row.risk]! += row.customers
        joint.known += row.customers
      }
    }
  }
  return joints
}
