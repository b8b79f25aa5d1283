/** Which source records are one customer: numbered, matched, given customer numbers that stay, written as links. */
import type { App, StepContext } from '../../platform/app.ts'
import { recordReview, replayDecisions } from '../decisions/index.ts'
import { createStaging, dropStaging } from '../import/stage-file.ts'
import { matchEvidence } from '../match/index.ts'
import { firstFreeNumber, numbersGiven } from './customer-numbers.ts'
import { type IdentityEvent, recordIdentityEvents } from './identity-events.ts'
import { numberRecords, SMALL_BLOCKS } from './number-records.ts'
import { readEvidence } from './read-evidence.ts'
import { saveModel } from './saved-model.ts'
import { type StableIds, stableIds } from './stable-ids.ts'

const PREVIOUS = `
SELECT record_no, links.customer_id AS customer_id
FROM (SELECT record_no, source, row_key FROM current_records WHERE run_id = {run_id:UInt64}) AS records
INNER JOIN (SELECT source, row_key, customer_id FROM record_links WHERE run_id = {previous:UInt64}) AS links USING (source, row_key)`

export interface Resolved {
  records: number
  customers: number
  organisations: number
  merged: number
  changedIds: number
}

/** Staging of one run's links: record number, customer, probability, and how many records the customer has. */
export const linkTable = (runId: number): string => `staging_links_${runId}`

export async function resolveIdentities({ app, runId, progress }: StepContext): Promise<Resolved> {
  const { facts } = app
  progress(0, 10, 'records')
  const records = await numberRecords(app, runId)
  progress(0.5, 10, 'standardise')
  const kinds = await organisationsOf(app, runId, records)
  const evidence = await readEvidence(facts, runId, records, app.config.threads)
  const replayed = await replayDecisions(app, runId)
  const matched = await matchEvidence(evidence, {
    threads: app.config.threads,
    apart: [kinds],
    decisions: replayed.decisions,
    threshold: replayed.threshold,
    onProgress: note => progress(1, 10, note),
  })
  progress(5, 10, 'customer numbers')
  const previousRun = await app.runs.latest('identity')
  const previous = new Float64Array(records)
  if (previousRun !== null) {
    for await (const batch of facts.stream(PREVIOUS, { run_id: runId, previous: previousRun })) {
      const record = batch.u32('record_no')
      const customer = batch.f64('customer_id')
      for (let r = 0; r < batch.rows; r++) previous[record[r]!] = customer[r]!
    }
  }
  const ids = stableIds(matched.entity, previous, await firstFreeNumber(app))
  await numbersGiven(app, ids.nextId)
  await writeLinks(app, runId, matched.entity, ids.customer, matched.probability)
  await writeRedirects(app, runId, previousRun, ids.redirects)
  if (previousRun !== null) await recordIdentityEvents(app, runId, eventsOf(ids), { actor: 'run', reason: '' })
  await saveModel(app, runId, matched)
  await recordReview({ app, runId }, matched, replayed, ids.customer, previous, previousRun)
  let organisations = 0
  for (let i = 0; i < records; i++) if (matched.entity[i] === i && kinds[i] === 2) organisations++
  return {
    records,
    customers: matched.entities,
    organisations,
    merged: records - matched.entities,
    changedIds: ids.changed,
  }
}

/** Person 1, organisation 2: never one entity. */
async function organisationsOf(app: App, runId: number, records: number): Promise<Uint32Array> {
  const labels = new Uint32Array(records).fill(1)
  const sql = `SELECT record_no FROM current_records WHERE run_id = {run_id:UInt64} AND kind = 'organisation'`
  for await (const batch of app.facts.stream(sql, { run_id: runId })) {
    for (const record of batch.u32('record_no')) labels[record] = 2
  }
  return labels
}

async function writeLinks(
  app: App,
  runId: number,
  entity: Uint32Array,
  customer: Float64Array,
  probability: Float32Array,
): Promise<void> {
  const table = linkTable(runId)
  const numbers = new Uint32Array(entity.length)
  const sizes = new Uint32Array(entity.length)
  for (let i = 0; i < entity.length; i++) {
    numbers[i] = i
    sizes[entity[i]!]!++
  }
  for (let i = 0; i < entity.length; i++) sizes[i] = sizes[entity[i]!]!
  await createStaging(
    app,
    table,
    { record_no: 'UInt32', customer_id: 'UInt64', probability: 'Float32', size: 'UInt32' },
    'record_no',
  )
  await app.facts.insertColumns(table, {
    record_no: { type: 'UInt32', values: numbers },
    customer_id: { type: 'UInt64', values: customer },
    probability: { type: 'Float32', values: probability },
    size: { type: 'UInt32', values: sizes },
  })
  await app.facts.exec(
    `INSERT INTO record_links (run_id, customer_id, source, row_key, account_no, probability)
     SELECT {run_id:UInt64}, customer_id, source, row_key, account_no, probability
     FROM (SELECT record_no, source, row_key, account_no FROM current_records WHERE run_id = {run_id:UInt64}) AS records
     INNER JOIN ${table} AS links USING (record_no)`,
    { run_id: runId },
    { settings: SMALL_BLOCKS },
  )
}

function eventsOf({ merges, splits, fresh, redirects }: StableIds): IdentityEvent[] {
  return [
    ...merges.map(([oldIds, id]): IdentityEvent => ({ kind: 'merge', oldIds, newIds: [id] })),
    ...splits.map(([id, newIds]): IdentityEvent => ({ kind: 'split', oldIds: [id], newIds })),
    ...fresh.map((id): IdentityEvent => ({ kind: 'new', oldIds: [], newIds: [id] })),
    ...Array.from(redirects, ([old, id]): IdentityEvent => ({ kind: 'redirect', oldIds: [old], newIds: [id] })),
  ]
}

/** Earlier redirects are carried on, through this run's where their target moved again. */
async function writeRedirects(
  app: App,
  runId: number,
  previousRun: number | null,
  fresh: Map<number, number>,
): Promise<void> {
  const rows = new Map(fresh)
  if (previousRun !== null) {
    const old = await app.facts.query<{ old_id: number; customer_id: number }>(
      'SELECT old_id, customer_id FROM customer_redirects WHERE run_id = {previous:UInt64}',
      { previous: previousRun },
    )
    for (const { old_id, customer_id } of old) rows.set(old_id, fresh.get(customer_id) ?? customer_id)
  }
  if (rows.size === 0) return
  await app.facts.insertColumns('customer_redirects', {
    run_id: { type: 'UInt64', values: Array.from(rows, () => runId) },
    old_id: { type: 'UInt64', values: [...rows.keys()] },
    customer_id: { type: 'UInt64', values: [...rows.values()] },
  })
}

export const dropLinkTable = (app: App, runId: number): Promise<unknown> => dropStaging(app, linkTable(runId))
