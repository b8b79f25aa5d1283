import type { App } from '../../../platform/app.ts'
import type { TurnRuns } from '../../runs-of-turn.ts'
import type { Flow } from '../trial/trial-result.ts'

/** Who came and who went between two dates, by where from and where to. */
export interface Movement {
  from: string
  to: string
  /** turn: the segments as they were then; rules: today's rules on the features of then (from a trial of them). */
  by: 'turn' | 'rules'
  stayed: number
  came: { segment: string; customers: number }[]
  went: { segment: string; customers: number }[]
}

const flowsSql = `
SELECT toString(before.segment) AS from, toString(after.segment) AS to, count() AS customers
FROM (SELECT customer_id, segment FROM segment_members WHERE run_id = {before:UInt64}) AS before
INNER JOIN (SELECT customer_id, segment FROM segment_members WHERE run_id = {after:UInt64}) AS after
  ON after.customer_id = before.customer_id
WHERE before.segment = {code:String} OR after.segment = {code:String}
GROUP BY ALL`

/** Against the turn before, and over the periods that the newest trial of the rules in force looked at. */
export async function movementOf(app: App, turn: TurnRuns, code: string): Promise<Movement[]> {
  return [...(await sinceTurnBefore(app, turn, code)), ...(await fromTrial(app, turn, code))]
}

async function sinceTurnBefore(app: App, { asOf, segments }: TurnRuns, code: string): Promise<Movement[]> {
  const before = await app.workflow.db
    .selectFrom('segment_runs')
    .innerJoin('runs', 'runs.id', 'segment_runs.run_id')
    .select(['segment_runs.run_id', 'segment_runs.as_of'])
    .where('runs.state', '=', 'committed')
    .where('segment_runs.as_of', '<', asOf)
    .orderBy('segment_runs.as_of', 'desc')
    .orderBy('run_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!before) return []
  const flows = await app.facts.query<Flow>(flowsSql, { before: before.run_id, after: segments, code })
  return flows.length > 0 ? [movement(flows, code, { from: before.as_of, to: asOf, by: 'turn' })] : []
}

async function fromTrial(app: App, { asOf, segments }: TurnRuns, code: string): Promise<Movement[]> {
  const row = await app.workflow.db
    .selectFrom('segment_trials')
    .innerJoin('segment_runs', 'segment_runs.version', 'segment_trials.version_id')
    .select('result')
    .where('segment_runs.run_id', '=', segments)
    .where('segment_trials.state', '=', 'done')
    .orderBy('segment_trials.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const result = row?.result
  const first = result?.dates[0]?.asOf
  if (!result || result.asOf !== asOf || first === undefined || first === asOf) return []
  const own = result.overTheYear.filter(flow => flow.from === code || flow.to === code)
  return own.length > 0 ? [movement(own, code, { from: first, to: asOf, by: 'rules' })] : []
}

export function movement(flows: readonly Flow[], code: string, about: Pick<Movement, 'from' | 'to' | 'by'>): Movement {
  const most = (rows: { segment: string; customers: number }[]) => rows.sort((a, b) => b.customers - a.customers)
  return {
    ...about,
    stayed: flows.find(flow => flow.from === code && flow.to === code)?.customers ?? 0,
    came: most(
      flows.filter(f => f.to === code && f.from !== code).map(f => ({ segment: f.from, customers: f.customers })),
    ),
    went: most(
      flows.filter(f => f.from === code && f.to !== code).map(f => ({ segment: f.to, customers: f.customers })),
    ),
  }
}
