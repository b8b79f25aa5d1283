import { takeLateRows } from '../../../collect/index.ts'
import type { App, Progress } from '../../../platform/app.ts'
import { dropRun, replaceRun } from '../../../platform/stores/facts/index.ts'
import { asJson } from '../../../platform/stores/workflow/index.ts'
import { fillBoard } from '../../board/fill-board.ts'
import { runsOfTurn, type TurnRuns } from '../../runs-of-turn.ts'
import { fillSevenP } from '../../seven-p/fill/fill.ts'
import { sevenPTables } from '../../seven-p/tables.ts'
import { boardFigures, features, scores, segmentMembers } from '../../tables.ts'
import { worthTables } from '../../worth/tables.ts'
import { type Filled, fillMembers } from '../fill-members.ts'
import { forgetCriteria } from '../look/criteria.ts'
import { computeAsOf, dropOutside, forgetHistory } from '../trial/history.ts'
import { versionAt } from '../versions/versions.ts'
import { rowsSeen } from './rows-seen.ts'

/** Rows arrived · other rules hold · somebody asked for it. */
export type Reason = 'rows' | 'rules' | 'asked'

export interface Refreshed {
  customers: number
  /** In another segment than before. */
  moved: number
  seconds: number
}

const silent: Progress = () => undefined

const movedSql = `
SELECT count() AS moved FROM (
  SELECT customer_id FROM (
    SELECT customer_id, toString(segment) AS segment FROM segment_members WHERE run_id = {segments:UInt64}
    UNION ALL
    SELECT customer_id, toString(segment) AS segment FROM segment_members_next WHERE run_id = {segments:UInt64})
  GROUP BY customer_id
  HAVING uniqExact(segment) > 1 OR count() = 1)`

/**
 * Segments anew between turns, as of the date of the newest one: features and scores of whoever changed, then everybody by the
 * rules that hold on that date. Rows of the same runs are replaced, whole and at once, so that readers never see half
 * of either. null: nothing to do, or a turn is running, which does it itself.
 */
export async function refreshSegments(app: App, reason: Reason): Promise<Refreshed | null> {
  const newest = await app.runs.latestTurn()
  if (!newest || newest.state === 'running' || (await app.runs.latest('segments')) === null) return null
  const started = performance.now()
  const turn = await runsOfTurn(app)
  if (reason !== 'rules') {
    if (reason === 'rows' && !(await somethingNew(app, turn))) return null
    await takeLateRows(app, turn.identity)
    await replaceFigures(app, turn)
    await forgetHistory(app)
  }
  const version = await versionAt(app, turn.asOf)
  if (!version) return null
  const ids = { featuresRun: turn.features, modelsRun: turn.models, segmentsRun: turn.segments }
  let filled: Filled | undefined
  let moved = 0
  await replaceRun(app.facts, segmentMembers, turn.segments, async table => {
    filled = await fillMembers(app, version.set, { ...ids, runId: turn.segments, table })
    moved = (await app.facts.one<{ moved: number }>(movedSql, { segments: turn.segments })).moved
  })
  const { proof, used, customers } = filled!
  const seen = await rowsSeen(app, { identityRun: turn.identity, asOf: turn.asOf })
  await app.workflow.db
    .updateTable('segment_runs')
    .set({ proof: asJson(proof), segments: asJson(used), version: version.id, seen })
    .where('run_id', '=', turn.segments)
    .execute()
  // Until here: from now on pages and plans see the new segments; what follows are figures drawn from them.
  const seconds = (performance.now() - started) / 1000
  await dropRun(app.facts, boardFigures, turn.segments)
  await fillBoard(app.facts, { runId: turn.segments, ...ids })
  for (const table of sevenPTables) await dropRun(app.facts, table, turn.segments)
  await fillSevenP(app, { runId: turn.segments, asOf: turn.asOf, identityRun: turn.identity, ...ids, customers })
  forgetCriteria()
  await app.workflow.db
    .insertInto('segment_refreshes')
    .values({ at: new Date(), reason, segments_run: turn.segments, as_of: turn.asOf, customers, moved, seconds })
    .execute()
  return { customers, moved, seconds }
}

async function somethingNew(app: App, { identity, asOf, segments }: TurnRuns): Promise<boolean> {
  const row = await app.workflow.db
    .selectFrom('segment_runs')
    .select('seen')
    .where('run_id', '=', segments)
    .executeTakeFirst()
  return row !== undefined && row.seen !== (await rowsSeen(app, { identityRun: identity, asOf }))
}

/** Every column but the run's number tells whether a customer is as he was. */
const changedSql = `
SELECT customer_id FROM features WHERE run_id IN ({before:UInt64}, {after:UInt64})
GROUP BY customer_id
HAVING uniqExact(cityHash64(* EXCEPT run_id)) > 1 OR count() = 1`

/** Rows of one run under the number of another. The number is given outside, or a condition on it would read the new one. */
const renumbered = (rows: string) => `SELECT {runId:UInt64} AS run_id, * EXCEPT run_id FROM (${rows})`

const scoresSql = (table: string) =>
  renumbered(`
SELECT * FROM ${table} WHERE run_id = {models:UInt64} AND customer_id NOT IN (${changedSql})
UNION ALL
SELECT * FROM ${table} WHERE run_id = {newScores:UInt64} AND customer_id IN (${changedSql})`)

const featuresSql = renumbered('SELECT * FROM features WHERE run_id = {after:UInt64}')

/** Features as they come out now; scores new for those whose features did, the others' as they were: one new row moves nobody else. */
async function replaceFigures(app: App, turn: TurnRuns): Promise<void> {
  const after = await computeAsOf(app, { asOf: turn.asOf, identityRun: turn.identity, values: true }, silent)
  try {
    const runs = { before: turn.features, after: after.features, models: turn.models, newScores: after.models }
    const fill = (select: string, runId: number) => (table: string) =>
      app.facts.exec(`INSERT INTO ${table} ${select}`, { ...runs, runId })
    const whole = (select: string, runId: number) => async (table: string) => {
      await fill(select, runId)(table)
      await refuseUnlessWhole(app, table, after.features)
    }
    await replaceRun(app.facts, scores, turn.models, whole(scoresSql('scores'), turn.models))
    for (const table of worthTables)
      await replaceRun(app.facts, table, turn.models, fill(scoresSql(table.name), turn.models))
    await replaceRun(app.facts, features, turn.features, whole(featuresSql, turn.features))
  } finally {
    await dropOutside(app, after.features)
  }
}

/** One row for every customer, or nothing is replaced. */
async function refuseUnlessWhole(app: App, table: string, featuresRun: number): Promise<void> {
  const { rows, customers } = await app.facts.one<{ rows: number; customers: number }>(
    `SELECT count() AS rows, uniqExact(customer_id) AS customers FROM ${table}`,
  )
  const { wanted } = await app.facts.one<{ wanted: number }>(
    'SELECT count() AS wanted FROM features WHERE run_id = {featuresRun:UInt64}',
    { featuresRun },
  )
  if (rows !== wanted || customers !== wanted)
    throw new Error(`${table} has ${rows} rows of ${customers} customers, not ${wanted}`)
}
