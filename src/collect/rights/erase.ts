/**
 * One person out of everything, from the declarations of all stages. Each step may run twice without harm and its count is kept
 * from the first time, so a killed erasure goes on where it stood. Order: keys, hashes that keep the person away, files (they
 * are found through the tables), tables, proof that nothing is left, the disk, the certificate.
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { type Person, type PersonalTable, personalData } from '../../platform/personal-data.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { sealAgain } from '../consent/seal-imports.ts'
import { type Certificate, signCertificate } from './certificate.ts'
import { clearOldParts, eraseFacts, rowsOfPerson } from './erase-facts.ts'
import { eraseWorkflow, scrubWorkflow, workflowRows } from './erase-workflow.ts'
import { rightsErrors } from './errors.ts'
import { holdsOf } from './holds.ts'
import { gatherKeys, readPerson } from './person.ts'
import { changeState, requestOf } from './requests.ts'
import { writeTombstones } from './skip-erased.ts'
import type { ErasedCounts } from './tables.ts'

export const nameOf = (table: Pick<PersonalTable, 'store' | 'table'>): string => `${table.store}.${table.table}`

const howOf = ({ erase }: PersonalTable): string =>
  erase === 'delete' ? 'deleted' : 'none' in erase ? 'nothing personal' : 'made anonymous'

type Progress = (done: number, total: number, what: string) => Promise<void> | void

/** Returns the certificate, or null while a legal hold keeps a part of it open. */
export async function erasePerson(
  app: App,
  requestId: number,
  report: Progress = () => undefined,
): Promise<Certificate> {
  await refuseWhileTurnRuns(app)
  const request = await changeState(app, requestId, ['approved', 'running', 'held', 'failed'], {
    state: 'running',
    error: '',
  })
  const customer = request.customer_id
  const counts: ErasedCounts = { ...request.progress }
  const certificateId = request.certificate_id ?? (await app.runs.nextId('certificate'))
  const count = async (what: string, rows: number, how: string): Promise<void> => {
    counts[what] = { rows: (counts[what]?.rows ?? 0) + rows, how }
    await app.workflow.db
      .updateTable('rights_requests')
      .set({ progress: asJson(counts), certificate_id: certificateId })
      .where('id', '=', requestId)
      .execute()
  }

  if (!(await hasKeys(app, requestId))) {
    await gatherKeys(app, requestId, customer)
    await count('keys', 0, 'gathered')
  }
  const person = await readPerson(app, requestId)
  const holds = await holdsOf(app, person.keys('customer').map(Number))
  const data = personalData()
  const keptParts = person.onHold
    ? []
    : (await Promise.all(data.map(async stage => (await stage.held?.(app, person)) ?? []))).flat()
  const open = person.onHold || keptParts.length > 0
  const tables = data.flatMap(stage => stage.tables)
  const now = tables.filter(table => !(person.onHold && table.keptOnHold))
  const total = now.length + data.length + 4
  let done = 0
  const step = async (what: string): Promise<void> => {
    done++
    await app.workflow.db
      .updateTable('rights_requests')
      .set({ done_steps: done, total_steps: total })
      .where('id', '=', requestId)
      .execute()
    await report(done, total, what)
  }

  const tombstones = await writeTombstones(app, requestId, certificateId)
  await markErased(app, person, certificateId)
  await step('tombstones')

  const outside: string[] = []
  for (const stage of data) {
    for (const files of stage.files ?? []) {
      if (person.onHold && files.keptOnHold) continue
      const result = await files.erase(app, person)
      outside.push(...(result.outside ?? []))
      if (result.files > 0) await count(`files: ${files.name.en}`, result.files, 'rewritten or deleted')
    }
    await step(stage.stage)
  }
  const sealed = await sealedImports(app, person)
  for (const table of now) {
    const rows =
      table.store === 'facts' ? await eraseFacts(app, table, requestId) : await eraseWorkflow(app, table, person)
    if (rows > 0) await count(nameOf(table), rows, howOf(table))
    await step(table.table)
  }
  for (const stage of data) await stage.forget?.(app, person)
  if (!person.onHold) await sealAgain(app, sealed)
  await refuseLeftOver(app, now, person)
  await step('checked')

  await forgetKeys(app, requestId, open)
  const factNames = [...new Set(now.flatMap(table => (table.store === 'facts' ? [table.table] : []))), 'person_keys']
  const oldParts = await clearOldParts(app, factNames)
  await step('facts on disk')
  const workflowNames = [...new Set(now.flatMap(table => (table.store === 'workflow' ? [table.table] : [])))]
  await scrubWorkflow(app, workflowNames)
  await step('workflow on disk')

  const certificate = await signCertificate(app, {
    certificate: certificateId,
    request: requestId,
    customer,
    requestedAt: request.requested_at.toISOString(),
    requestedBy: request.requested_by,
    approvedBy: request.decided_by ?? 0,
    approvedAt: (request.decided_at ?? request.requested_at).toISOString(),
    erasedAt: new Date().toISOString(),
    erased: Object.entries(counts)
      .filter(([what]) => what !== 'keys')
      .map(([what, { rows, how }]) => ({ what, rows, how }))
      .sort((a, b) => a.what.localeCompare(b.what)),
    kept: person.onHold
      ? tables
          .filter(table => table.keptOnHold)
          .flatMap(table => holds.map(hold => ({ what: nameOf(table), reason: hold.reason, until: hold.until })))
      : keptParts,
    tombstones,
    backups: await backupsIn(app),
    outside: [...new Set(outside)].sort(),
    oldParts,
  })
  await changeState(app, requestId, ['running'], {
    state: open ? 'held' : 'done',
    finished_at: open ? null : new Date(),
    done_steps: total,
  })
  await audit(app, {
    userId: request.decided_by ?? 0,
    action: open ? 'rights.erase-part' : 'rights.erase',
    object: `customer/${customer}`,
    detail: { request: requestId, certificate: certificateId },
  })
  return certificate
}

async function refuseWhileTurnRuns(app: App): Promise<void> {
  const running = await app.workflow.db
    .selectFrom('turns')
    .select('id')
    .where('state', '=', 'running')
    .executeTakeFirst()
  if (running) throw rightsErrors['rights.turn-running']()
}

/** Gathering them is one step: its end is written down, so that half of them are gathered again. */
const hasKeys = async (app: App, requestId: number): Promise<boolean> =>
  'keys' in (await requestOf(app, requestId)).progress

/** From here on the number answers "erased", is never given again, and what still comes in for it is refused. */
async function markErased(app: App, person: Person, certificate: number): Promise<void> {
  const ids = person.keys('customer').map(Number)
  const at = new Date()
  const fresh = await app.workflow.db
    .insertInto('rights_erased')
    .values(ids.map(customer_id => ({ customer_id, certificate_id: certificate, at })))
    .onConflict(conflict => conflict.column('customer_id').doNothing())
    .returning('customer_id')
    .execute()
  if (fresh.length > 0)
    await app.facts.insert(
      'erased_customers',
      fresh.map(({ customer_id }) => ({ customer_id, certificate, at })),
    )
}

async function sealedImports(app: App, person: Person): Promise<number[]> {
  const ids = [...new Set(person.keys('row').map(row => Number(row.split('/')[0])))]
  if (ids.length === 0) return []
  const rows = await app.workflow.db
    .selectFrom('consent_seals')
    .select('import_id')
    .where('import_id', 'in', ids)
    .execute()
  return rows.map(row => row.import_id)
}

async function refuseLeftOver(app: App, tables: readonly PersonalTable[], person: Person): Promise<void> {
  for (const table of tables) {
    // Values that were blanked do not take the row away; whether they are blank the declaration's own test says.
    if (typeof table.erase === 'object' && ('none' in table.erase || 'set' in table.erase)) continue
    const rows =
      table.store === 'facts'
        ? await rowsOfPerson(app.facts, table, person.requestId)
        : await workflowRows(app, table, person)
    if (rows > 0) throw rightsErrors['rights.left-over']({ rows, table: nameOf(table) })
  }
}

/** Under a hold the numbers stay by which the rest is found when it ends; what names the person goes. */
async function forgetKeys(app: App, requestId: number, onHold: boolean): Promise<void> {
  const which = onHold ? "AND kind NOT IN ('customer', 'account', 'record', 'communication', 'row')" : ''
  await app.facts.exec(
    `ALTER TABLE person_keys DELETE WHERE request_id = ${requestId} ${which}`,
    {},
    { settings: { mutations_sync: 2 } },
  )
}

const backupsIn = async (app: App): Promise<string[]> => {
  const folder = join(app.config.dataDir, 'backup')
  return (await readdir(folder).catch(() => [])).filter(name => /\.tar(\.gz)?$|\.tgz$/.test(name)).sort()
}
