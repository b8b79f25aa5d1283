/** What people do with a case: every change is a note of its own, so that the history tells who did what when. */
import type { Selectable } from 'kysely'
import { recordEvents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import type { WorkflowSchema, WorkflowTransaction } from '../../platform/stores/workflow/index.ts'
import { caseErrors } from './errors.ts'
import { caseSettings } from './settings.ts'
import { addWorkingMinutes, workingMinutesBetween } from './working-hours.ts'

export type Case = Selectable<WorkflowSchema['cases']>
export type CaseOutcome = 'put-right' | 'explained' | 'refused' | 'withdrawn'

interface Changed {
  what: string
  text: string
}

/** Locks the case, changes it and writes the note; a resolved one is refused unless `resolved` allows it. */
async function change(
  app: App,
  caseId: number,
  userId: number | null,
  work: (row: Case, tx: WorkflowTransaction) => Promise<Changed>,
  resolved = false,
): Promise<Case> {
  return app.workflow.transaction(async tx => {
    const row = await tx.selectFrom('cases').selectAll().where('case_id', '=', caseId).forUpdate().executeTakeFirst()
    if (!row) throw caseErrors['cases.missing']({ id: String(caseId) })
    if (row.state === 'resolved' && !resolved) throw caseErrors['cases.resolved']({ id: caseId })
    const { what, text } = await work(row, tx)
    await tx
      .insertInto('case_notes')
      .values({ case_id: caseId, at: new Date(), user_id: userId, what, text: text.slice(0, 20_000) })
      .execute()
    return tx
      .updateTable('cases')
      .set({ updated_at: new Date() })
      .where('case_id', '=', caseId)
      .returningAll()
      .executeTakeFirstOrThrow()
  })
}

const set = (tx: WorkflowTransaction, caseId: number, values: Partial<Case>) =>
  tx.updateTable('cases').set(values).where('case_id', '=', caseId).execute()

export const addNote = (app: App, caseId: number, userId: number, text: string): Promise<Case> =>
  change(app, caseId, userId, async () => ({ what: 'note', text }), true)

/** Null gives it back to everybody. */
export const assign = (app: App, caseId: number, owner: number | null, userId: number): Promise<Case> =>
  change(app, caseId, userId, async (_, tx) => {
    await set(tx, caseId, { owner })
    return { what: 'owner', text: owner === null ? '' : String(owner) }
  })

/** It waits for the customer: the clock stands until it goes on. */
export async function wait(app: App, caseId: number, userId: number, text: string): Promise<Case> {
  const { hours } = await caseSettings(app)
  return change(app, caseId, userId, async (row, tx) => {
    if (row.state === 'open')
      await set(tx, caseId, { state: 'waiting', left_minutes: workingMinutesBetween(new Date(), row.due_at, hours) })
    return { what: 'waiting', text }
  })
}

/** Goes on after waiting, or is opened again. An opened one gets the whole time of its category anew. */
export async function goOn(app: App, caseId: number, userId: number | null, text: string): Promise<Case> {
  const { hours, categories } = await caseSettings(app)
  const after = await change(
    app,
    caseId,
    userId,
    async (row, tx) => {
      if (row.state === 'open') return { what: 'note', text }
      const whole = categories.find(({ code }) => code === row.category)?.minutes ?? categories[0]!.minutes
      const minutes = row.state === 'waiting' ? Math.max(1, row.left_minutes ?? whole) : whole
      await set(tx, caseId, {
        state: 'open',
        left_minutes: null,
        due_at: addWorkingMinutes(new Date(), minutes, hours),
        level: 0,
        outcome: null,
        resolved_at: null,
        resolved_by: null,
        told_at: null,
        told_how: '',
      })
      return { what: row.state === 'waiting' ? 'went-on' : 'opened-again', text }
    },
    true,
  )
  if (after.kind === 'complaint')
    await recordEvents(app, [
      {
        eventId: `case:${caseId}:again:${after.updated_at.getTime()}`,
        customerId: after.customer_id,
        type: 'complaint',
        channel: after.source,
        at: new Date(),
        actor: String(userId ?? ''),
        payload: { case: caseId, again: true },
      },
    ])
  return after
}

export const recategorise = async (app: App, caseId: number, category: string, userId: number): Promise<Case> => {
  const { categories, hours } = await caseSettings(app)
  return change(app, caseId, userId, async (row, tx) => {
    const found = categories.find(({ code, kind }) => code === category && kind === row.kind)
    if (!found)
      throw caseErrors['cases.category']({
        category,
        kind: row.kind,
        there: categories.flatMap(({ code, kind }) => (kind === row.kind ? [code] : [])).join(', '),
      })
    await set(tx, caseId, { category, due_at: addWorkingMinutes(row.opened_at, found.minutes, hours) })
    return { what: 'category', text: category }
  })
}

/** Offers start again as the policy says once no complaint of the customer is left. */
export async function resolveCase(
  app: App,
  caseId: number,
  userId: number,
  { outcome, resolution }: { outcome: CaseOutcome; resolution: string },
): Promise<Case> {
  if (resolution.trim() === '') throw caseErrors['cases.no-resolution']()
  const row = await change(app, caseId, userId, async (_, tx) => {
    const now = new Date()
    await set(tx, caseId, { state: 'resolved', outcome, resolution, resolved_at: now, resolved_by: userId })
    return { what: 'resolved', text: `${outcome}: ${resolution}` }
  })
  const type = row.kind === 'complaint' ? 'complaint-resolved' : `${row.kind}-resolved`
  if (row.kind !== 'complaint' || !(await otherComplaints(app, row)))
    await recordEvents(app, [
      {
        eventId: `case:${caseId}:resolved:${row.resolved_at!.getTime()}`,
        customerId: row.customer_id,
        type,
        channel: row.source,
        at: new Date(),
        actor: String(userId),
        payload: { case: caseId, outcome },
      },
    ])
  return row
}

async function otherComplaints({ workflow }: App, { customer_id, case_id }: Case): Promise<boolean> {
  const found = await workflow.db
    .selectFrom('cases')
    .select('case_id')
    .where('customer_id', '=', customer_id)
    .where('kind', '=', 'complaint')
    .where('state', '!=', 'resolved')
    .where('case_id', '!=', case_id)
    .limit(1)
    .execute()
  return found.length > 0
}

/** The customer knows: by which letter, call or message. */
export const noteTold = (app: App, caseId: number, userId: number | null, how: string): Promise<Case> =>
  change(
    app,
    caseId,
    userId,
    async (row, tx) => {
      if (row.state !== 'resolved') throw caseErrors['cases.not-resolved']({ id: caseId })
      await set(tx, caseId, { told_at: new Date(), told_how: how.slice(0, 200) })
      return { what: 'told', text: how }
    },
    true,
  )
