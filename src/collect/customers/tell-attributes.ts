/**
 * Research answers that a customer gives in person (a call, a survey, a kiosk): kept like those of files, under one of the customer's own
 * records, so that a merge or a split takes them along and every turn joins them again.
 */
import type { App } from '../../platform/app.ts'
import { onCluster, storedName } from '../../platform/stores/facts/tables.ts'
import { dropOlder } from '../identity/replace-rows.ts'
import { customerAttributes, sourceAttributes } from '../tables.ts'

/** All answers given in person belong to one import, committed for good; its rows are not counted among those of files. */
const IN_PERSON = 9_000_000_000
const SOURCE = 'customer'

const FIRST_RECORD = `
SELECT toString(source) AS source, row_key FROM record_links
WHERE run_id = {runId:UInt64} AND customer_id = {id:UInt64} ORDER BY source, row_key LIMIT 1`

const stored = (value: string): string => value.trim().slice(0, 200)

/** Name → value, as told at that time; '' takes nothing back. The profile has them at once. */
export async function tellAttributes(
  app: App,
  customerId: number,
  attributes: Readonly<Record<string, string>>,
  at: Date,
): Promise<void> {
  const told = Object.entries(attributes).filter(([, value]) => value.trim() !== '')
  const runId = await app.runs.latest('identity')
  if (told.length === 0 || runId === null) return
  const [record] = await app.facts.query<{ source: string; row_key: string }>(FIRST_RECORD, { runId, id: customerId })
  if (!record) return
  await commitOnce(app)
  await app.facts.insert(
    'source_attributes',
    told.map(([name, value]) => ({
      source: SOURCE,
      import_id: IN_PERSON,
      key_kind: `row:${record.source}`,
      key: record.row_key,
      name,
      value: stored(value),
      at,
    })),
  )
  // What was told a moment ago is the newest there is: it holds in the run under way as it will in the next.
  const version = await app.runs.nextId('identity-change')
  await app.facts.insert(
    'customer_attributes',
    told.map(([name, value]) => ({
      run_id: runId,
      customer_id: customerId,
      name,
      value: stored(value),
      source: SOURCE,
      at,
      version,
    })),
  )
  await dropOlder(app, customerAttributes, runId, [customerId], version, 'customer_id', {
    sql: 'name IN {names:Array(String)}',
    params: { names: told.map(([name]) => name) },
  })
}

/** Told by mistake at that time. What was known before holds again once the customer's answers are taken up anew (`takeUpAnswers`). */
export async function untellAttributes(
  app: App,
  customerId: number,
  told: Readonly<Record<string, string>>,
  at: Date,
): Promise<void> {
  const runId = await app.runs.latest('identity')
  const entries = Object.entries(told)
  if (entries.length === 0 || runId === null) return
  const { cluster } = app.facts.address
  await app.facts.exec(
    `DELETE FROM ${storedName(sourceAttributes, cluster)}${onCluster(cluster)}
     WHERE source = {source:String} AND (name, value) IN arrayZip({names:Array(String)}, {values:Array(String)}) AND at = toDateTime({at:Int64}, 'UTC') AND (key_kind, key) IN (
       SELECT concat('row:', source), row_key FROM record_links WHERE run_id = {runId:UInt64} AND customer_id = {id:UInt64})`,
    {
      runId,
      id: customerId,
      names: entries.map(([name]) => name),
      values: entries.map(([, value]) => stored(value)),
      at: Math.floor(at.getTime() / 1000),
      source: SOURCE,
    },
    { settings: { lightweight_deletes_sync: 2 } },
  )
}

/** It stays committed: a process looks once. */
const committed = new WeakSet<App['facts']>()

async function commitOnce(app: App): Promise<void> {
  if (committed.has(app.facts)) return
  await commitInPerson(app)
  committed.add(app.facts)
}

async function commitInPerson(app: App): Promise<void> {
  const { there } = await app.facts.one<{ there: number }>(
    'SELECT count() AS there FROM import_commits WHERE import_id = {id:UInt64}',
    { id: IN_PERSON },
  )
  if (there > 0) return
  await app.facts.insert('import_commits', [
    {
      import_id: IN_PERSON,
      source: SOURCE,
      file: 'answers given in person',
      file_sha256: '0'.repeat(64),
      committed_at: new Date(0),
    },
  ])
}
