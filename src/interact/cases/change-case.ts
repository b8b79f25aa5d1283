/** What people do with a case: every change is a note of its own, so that the history tells who did what when. */
import { recordEvents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { tellCustomer } from '../tell-customer/tell-customer.ts'
import { resolvedSubject } from './case-notices.ts'
import { caseErrors } from './errors.ts'
import { recordResolved } from './record-resolved.ts'
import { caseSettings } from './settings.ts'
import { type Case, change, set } from './with-note.ts'
import { addWorkingMinutes, workingMinutesBetween } from './working-hours.ts'

export type CaseOutcome = 'put-right' | 'explained' | 'refused' | 'withdrawn'

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
        ...(row.state === 'resolved' ? { reopened: row.reopened + 1 } : {}),
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

/** The customer is told, unless a colleague has told already. */
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
  await recordResolved(app, row, userId)
  await tellCustomer(app, { kind: 'case-resolved', subject: resolvedSubject(row), customerId: row.customer_id })
  return row
}
