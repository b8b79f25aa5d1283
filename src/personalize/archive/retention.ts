/**
 * What is older than its kind's years loses what it said: data, address, subject, words and kept bytes. That it was composed for this
 * customer, on that day, by that way and with that hash stays in the ledger. Nothing under a hold is touched.
 */
import { z } from 'zod'
import { customersOnHold } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { defineJob } from '../../platform/jobs/index.ts'
import { onCluster, storedName } from '../../platform/stores/facts/tables.ts'
import { communications } from '../tables.ts'
import { HELD, releaseOverdue } from './holds.ts'
import { dropBytes } from './keep-bytes.ts'
import { archiveRules } from './rules.ts'
import { communicationWords, keptDocuments } from './tables.ts'

/** What stages to the right keep of a communication (an inbox, files handed over) goes with it: they say so here. */
type Forget = (app: App, ids: readonly string[]) => Promise<unknown>
const forgetting: Forget[] = []
export const whenPastRetention = (forget: Forget): void => void forgetting.push(forget)

export const retentionJob = defineJob({
  name: 'personalize.retention',
  version: 1,
  schema: z.object({}),
  retry: { limit: 3, delaySeconds: 300 },
  expireSeconds: 6 * 3600,
  async handle(_data, { services: { app } }) {
    await carryOutRetention(app)
  },
})

/** Each night, once somebody has set a rule. */
export const scheduleRetention = (app: App): Promise<void> => app.jobs.schedule(retentionJob, '23 19 * * *', {})

export interface RetentionDone {
  kind: string
  before: Date
  communications: number
  files: number
}

export async function carryOutRetention(app: App, now = new Date()): Promise<RetentionDone[]> {
  await releaseOverdue(app)
  const held = await customersOnHold(app)
  const done: RetentionDone[] = []
  for (const { kind, years } of (await archiveRules(app)).values()) {
    if (years === null) continue
    const before = new Date(now)
    before.setUTCFullYear(before.getUTCFullYear() - years)
    const result = await expireKind(app, kind, before, held)
    if (result.communications === 0) continue
    done.push(result)
    await app.workflow.db
      .insertInto('archive_retention_runs')
      .values({
        at: new Date(),
        kind,
        older_than: before,
        communications: result.communications,
        files: result.files,
      })
      .execute()
    await audit(app, {
      userId: 0,
      action: 'archive.retention',
      object: `kind/${kind}`,
      detail: { years, communications: result.communications, files: result.files },
    })
  }
  return done
}

/** A mutation takes no parameters and its text stays on disk: it names a kind, a moment and numbers, all made here. */
async function expireKind(
  app: App,
  kind: string,
  before: Date,
  heldCustomers: readonly number[],
): Promise<RetentionDone> {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(kind)) return { kind, before, communications: 0, files: 0 }
  const moment = before.toISOString().slice(0, 19).replace('T', ' ')
  const free = `NOT (${HELD}) AND customer_id NOT IN (${[0, ...heldCustomers].join(', ')})`
  const due = `kind = '${kind}' AND composed_at < toDateTime64('${moment}', 3, 'UTC') AND ${free}`
  const ids = (
    await app.facts.columns(
      `SELECT DISTINCT communication_id FROM communications WHERE ${due} AND reason NOT IN ('erased', 'expired')`,
    )
  ).str('communication_id')
  if (ids.length === 0) return { kind, before, communications: 0, files: 0 }
  // Whatever is keyed by the rows goes before them, so that a killed run finds its work again.
  for (let from = 0; from < ids.length; from += 5000)
    for (const forget of forgetting) await forget(app, Array.from(ids.slice(from, from + 5000)))
  const files = await dropKept(
    app,
    `communication_id IN (SELECT communication_id FROM communications WHERE ${due} AND reason NOT IN ('erased', 'expired'))`,
  )
  await mutate(app, communicationWords, `UPDATE words = '', state = 'expired' WHERE ${due} AND state != 'expired'`)
  await mutate(
    app,
    communications,
    `UPDATE data = '', address = '', subject = '', reason_detail = '', reason = 'expired' WHERE ${due} AND reason NOT IN ('erased', 'expired')`,
  )
  return { kind, before, communications: ids.length, files }
}

const mutate = (app: App, table: typeof communications, change: string): Promise<unknown> => {
  const { cluster } = app.facts.address
  return app.facts.exec(
    `ALTER TABLE ${storedName(table, cluster)}${onCluster(cluster)} ${change}`,
    {},
    { settings: { mutations_sync: 2, allow_nondeterministic_mutations: 1 } },
  )
}

/** Files of the rows that `where` names, but for those another communication shares; then the rows. Returns how many files went. */
export async function dropKept(app: App, where: string): Promise<number> {
  const alone = await app.facts.columns(
    `SELECT toString(sha256) AS hash FROM kept_documents
     WHERE sha256 IN (SELECT sha256 FROM kept_documents WHERE ${where})
     GROUP BY sha256 HAVING countIf(NOT (${where})) = 0`,
  )
  let files = 0
  for (const hash of alone.str('hash')) if (await dropBytes(app, hash)) files++
  await mutate(app, keptDocuments, `DELETE WHERE ${where}`)
  return files
}

export async function retentionRuns(app: Pick<App, 'workflow'>) {
  const rows = await app.workflow.db
    .selectFrom('archive_retention_runs')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
  return rows.map(row => ({
    at: row.at.toISOString(),
    kind: row.kind,
    before: row.older_than.toISOString(),
    communications: row.communications,
    files: row.files,
  }))
}
