/**
 * Repairs as use cases: proposed with all its changes written down, applied by one mark, undone by another. More rows than
 * `FOUR_EYES_ROWS` wait for somebody else's approval.
 */
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { repairErrors } from './errors.ts'
import { findChanges, type RowChange } from './find-changes.ts'
import type { Fix, Target } from './fix.ts'
import { goldenFollows } from './golden-follows.ts'
import type { RepairState } from './migrations.ts'
import { wholeUnit } from './whole-unit.ts'

/** One person may change this many rows alone. */
export const FOUR_EYES_ROWS = 100

const BATCH = 20_000

export type Repair = Awaited<ReturnType<typeof repairNamed>>

export async function repairNamed(app: Pick<App, 'workflow'>, repairId: number) {
  const row = await app.workflow.db
    .selectFrom('collect_repairs')
    .selectAll()
    .where('repair_id', '=', repairId)
    .executeTakeFirst()
  if (!row || row.state === 'preparing') throw repairErrors['repair.unknown']({ repair: repairId })
  return row
}

export interface Done {
  repair: Repair
  customers: number
  followed: boolean
}

/** Writes the changes down; small ones hold at once. The same request again is the same repair. */
export async function proposeRepair(
  app: App,
  { requestId, fix, target, note }: { requestId: string; fix: Fix; target: Target; note: string },
  userId: number,
): Promise<Done> {
  const { db } = app.workflow
  const known = await db
    .selectFrom('collect_repairs')
    .selectAll()
    .where('request_id', '=', requestId)
    .executeTakeFirst()
  if (known && known.state !== 'preparing') return { repair: known, customers: 0, followed: true }
  const repairId = known?.repair_id ?? (await app.runs.nextId('repair'))
  if (!known)
    await db
      .insertInto('collect_repairs')
      .values({
        repair_id: repairId,
        request_id: requestId,
        fix: asJson<Fix>(fix),
        target: asJson<Target>(target),
        rows: 0,
        state: 'preparing',
        note,
        proposed_by: userId,
        proposed_at: new Date(),
        decided_by: null,
        decided_at: null,
        undone_by: null,
        undone_at: null,
      })
      .execute()
  const { rows, changed } = await writeCorrections(app, repairId, fix, target)
  if (changed === 0) {
    await db.deleteFrom('collect_repairs').where('repair_id', '=', repairId).execute()
    throw repairErrors['repair.nothing']({ rows })
  }
  await db
    .updateTable('collect_repairs')
    .set({ state: 'proposed', rows: changed })
    .where('repair_id', '=', repairId)
    .execute()
  if (changed > FOUR_EYES_ROWS) return { repair: await repairNamed(app, repairId), customers: 0, followed: true }
  return hold(app, repairId, userId)
}

/** By somebody else than who proposed it. */
export async function approveRepair(app: App, repairId: number, userId: number): Promise<Done> {
  const repair = await repairNamed(app, repairId)
  expect(repair, ['proposed'], 'approved')
  if (repair.proposed_by === userId) throw repairErrors['repair.own']()
  return hold(app, repairId, userId)
}

/** Whoever proposed it may take it back, anybody may refuse it. */
export async function rejectRepair(app: App, repairId: number, userId: number): Promise<Repair> {
  expect(await repairNamed(app, repairId), ['proposed'], 'rejected')
  await decide(app, repairId, 'proposed', { state: 'rejected', decided_by: userId, decided_at: new Date() })
  return repairNamed(app, repairId)
}

export async function undoRepair(app: App, repairId: number, userId: number): Promise<Done> {
  expect(await repairNamed(app, repairId), ['applied'], 'undone')
  await mark(app, repairId, 0)
  await decide(app, repairId, 'applied', { state: 'undone', undone_by: userId, undone_at: new Date() })
  return { repair: await repairNamed(app, repairId), ...(await goldenFollows(app, repairId)) }
}

/** The mark is what makes it hold; killed before the state is kept, doing it again changes nothing. */
async function hold(app: App, repairId: number, userId: number): Promise<Done> {
  await mark(app, repairId, 1)
  await decide(app, repairId, 'proposed', { state: 'applied', decided_by: userId, decided_at: new Date() })
  return { repair: await repairNamed(app, repairId), ...(await goldenFollows(app, repairId)) }
}

async function mark(app: App, repairId: number, applied: 0 | 1): Promise<void> {
  const markNo = await app.runs.nextId('repair-mark')
  await app.facts.insert('repair_marks', [{ mark_no: markNo, repair_id: repairId, applied, at: new Date() }])
}

async function decide(
  app: App,
  repairId: number,
  from: RepairState,
  to: { state: RepairState; decided_by?: number; decided_at?: Date; undone_by?: number; undone_at?: Date },
): Promise<void> {
  const { numUpdatedRows } = await app.workflow.db
    .updateTable('collect_repairs')
    .set(to)
    .where('repair_id', '=', repairId)
    .where('state', '=', from)
    .executeTakeFirst()
  if (Number(numUpdatedRows) === 0) expect(await repairNamed(app, repairId), [from], to.state)
}

function expect(repair: Repair, states: readonly RepairState[], wanted: string): void {
  if (!states.includes(repair.state))
    throw repairErrors['repair.state']({ repair: repair.repair_id, state: repair.state, wanted })
}

async function writeCorrections(
  app: App,
  repairId: number,
  fix: Fix,
  target: Target,
): Promise<{ rows: number; changed: number }> {
  const kind = fix.kind === 'set' ? 'value' : 'form'
  const at = new Date()
  let waiting: { source: string; rowKey: string; field: string; before: string; after: string }[] = []
  const parts: (typeof waiting)[] = []
  const done = await findChanges(app, fix, target, change => {
    const changes = kind === 'value' ? wholeUnit(change) : change.after
    for (const [field, after] of Object.entries(changes))
      waiting.push({
        source: change.source,
        rowKey: change.rowKey,
        field,
        before: change.before[field as keyof RowChange['before']],
        after,
      })
    if (waiting.length >= BATCH) parts.push(waiting.splice(0))
  })
  for (const part of [...parts, waiting]) {
    if (part.length === 0) continue
    await app.facts.insertColumns('corrections', {
      repair_id: { type: 'UInt64', values: part.map(() => repairId) },
      source: { type: 'LowCardinality(String)', values: part.map(row => row.source) },
      row_key: { type: 'String', values: part.map(row => row.rowKey) },
      field: { type: 'LowCardinality(String)', values: part.map(row => row.field) },
      kind: { type: 'LowCardinality(String)', values: part.map(() => kind) },
      before: { type: 'String', values: part.map(row => row.before) },
      after: { type: 'String', values: part.map(row => row.after) },
      at: { type: "DateTime('UTC')", values: part.map(() => at) },
    })
  }
  waiting = []
  return done
}
