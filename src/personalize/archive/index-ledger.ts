/**
 * Ledgers written before there were indexes: run by run, words first and places last, so that a run whose places are there is done. The
 * words are those of the data, for the documents are not composed again.
 */
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { defineJob } from '../../platform/jobs/index.ts'
import type { ColumnData } from '../../platform/stores/facts/index.ts'
import type { Data } from '../compose/check-data.ts'
import { dataWords } from './words.ts'

export const indexLedgerJob = defineJob({
  name: 'personalize.index-ledger',
  version: 1,
  schema: z.object({}),
  concurrency: 1,
  expireSeconds: 6 * 3600,
  async handle(_data, { services: { app } }) {
    await indexLedger(app)
  },
})

const GROUP = 'index-ledger'

const MISSING = `
SELECT DISTINCT run_id FROM communications
WHERE run_id NOT IN (SELECT DISTINCT run_id FROM communication_places) ORDER BY run_id`

const whole = new WeakSet<App['workflow']>()

/** True while there is something that a search does not find yet; a job is under way then. */
export async function indexWhatIsMissing(app: App): Promise<boolean> {
  if (whole.has(app.workflow)) return false
  if ((await app.facts.query(MISSING)).length === 0) {
    whole.add(app.workflow)
    return false
  }
  const { active, queued } = await app.jobs.progress({ group: GROUP })
  if (active + queued === 0) await app.jobs.send(indexLedgerJob, {}, { group: GROUP })
  return true
}

/** Returns the number of runs that were indexed. */
export async function indexLedger(app: Pick<App, 'facts'>): Promise<number> {
  const runs = await app.facts.query<{ run_id: number }>(MISSING)
  for (const { run_id } of runs) await indexRun(app, run_id)
  return runs.length
}

const ROWS = `
SELECT composed_at, communication_id, run_id, customer_id, toString(kind) AS kind, toString(class) AS class, toString(channel) AS channel,
  toString(offer) AS offer, toString(template) AS template, template_version, if(reason = 'expired', 'expired', toString(state)) AS state, data
FROM communications WHERE run_id = {run:UInt64} AND reason != 'erased'`

async function indexRun({ facts }: Pick<App, 'facts'>, run: number): Promise<void> {
  await facts.exec(
    `ALTER TABLE communication_words DELETE WHERE run_id = ${run}`,
    {},
    { settings: { mutations_sync: 2 } },
  )
  for await (const block of facts.stream(ROWS, { run })) {
    const column = (type: string, name: string): ColumnData => ({ type, values: block.str(name) })
    const numbers = (type: string, name: string): ColumnData => ({ type, values: block.f64(name) })
    await facts.insertColumns('communication_words', {
      composed_at: { type: "DateTime64(3, 'UTC')", values: block.i64('composed_at') },
      communication_id: column('FixedString(32)', 'communication_id'),
      run_id: numbers('UInt64', 'run_id'),
      customer_id: numbers('UInt64', 'customer_id'),
      ...Object.fromEntries(
        ['kind', 'class', 'channel', 'offer', 'template', 'state'].map(name => [
          name,
          column('LowCardinality(String)', name),
        ]),
      ),
      template_version: numbers('UInt32', 'template_version'),
      words: {
        type: 'String',
        values: block.str('data').map(data => (data === '' ? '' : dataWords(JSON.parse(data) as Data))),
      },
    })
  }
  await facts.exec(
    `INSERT INTO communication_places (communication_id, run_id, customer_id)
     SELECT communication_id, run_id, customer_id FROM communications WHERE run_id = {run:UInt64}`,
    { run },
  )
}
