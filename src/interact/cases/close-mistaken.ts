/** A case that should never have been: a message was taken for what it is not. It ends quietly, as if nothing had been said. */
import { recordEvents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import type { WorkflowTransaction } from '../../platform/stores/workflow/index.ts'
import { todaysNumber } from '../inbox/todays-number.ts'
import { numbersOf } from '../portal/known-by.ts'
import { tellCustomer } from '../tell-customer/tell-customer.ts'
import { resolvedSubject } from './case-notices.ts'
import { hadReceipt } from './had-receipt.ts'
import { eventOf } from './open-case.ts'
import { recordResolved } from './record-resolved.ts'
import { type Case, change, set } from './with-note.ts'

/** In the customer's language: it is read in the portal. */
const SAID = {
  message: {
    en: 'Opened by mistake: your message was taken for something else.',
    zh: '误开：您的来信被误作他意，本工单不再处理。',
  },
  call: {
    en: 'Opened by mistake: what was said on the telephone was written down wrongly.',
    zh: '误开：通话内容记录有误，本工单不再处理。',
  },
  colleague: {
    en: 'Opened by mistake: there is nothing to be done.',
    zh: '误开：无需处理。',
  },
}

interface Mistaken {
  caseId: number
  /** The number under which it was told. */
  customerId: number
  /** Of the event that told it; default: the case's own. */
  eventId?: string | undefined
  /** What was misunderstood. */
  from?: 'message' | 'call'
  /** Whether a customer who had the receipt hears that it was none. */
  tell?: boolean | undefined
}

/** What somebody has begun to work on is not closed behind their back. */
const untouched = (row: Pick<Case, 'state' | 'owner'>, did: readonly string[], userId: number): boolean =>
  row.state === 'open' && (row.owner === null || row.owner === userId) && did.every(what => QUIET.has(what))
const QUIET: ReadonlySet<string> = new Set(['opened', 'receipt', 'owner', 'escalated'])

export async function mayBeMistaken(
  { workflow }: Pick<App, 'workflow'>,
  caseId: number,
  userId: number,
): Promise<boolean> {
  const row = await workflow.db
    .selectFrom('cases')
    .select(['state', 'owner'])
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  const notes = await workflow.db.selectFrom('case_notes').select('what').where('case_id', '=', caseId).execute()
  return (
    row !== undefined &&
    untouched(
      row,
      notes.map(({ what }) => what),
      userId,
    )
  )
}

/** Returns whether it could be: somebody may have begun to work on it meanwhile. */
export async function closeMistaken(
  app: App,
  { caseId, customerId, eventId = openedEvent(caseId), from = 'message', tell = true }: Mistaken,
  userId: number,
): Promise<boolean> {
  let closed = false
  const row = await change(
    app,
    caseId,
    userId,
    async (now, tx) => {
      const notes = await tx.selectFrom('case_notes').select('what').where('case_id', '=', caseId).execute()
      closed = untouched(
        now,
        notes.map(({ what }) => what),
        userId,
      )
      return closed ? endIn(tx, now, userId, '', from) : null
    },
    true,
  )
  if (!closed) return row.outcome === 'mistaken'
  await retract(app, row, { customerId, eventId }, userId)
  await settleNotices(app, row, tell)
  return true
}

/** On its own page, by whoever works on it: the words are theirs where they wrote some. */
export async function resolveMistaken(
  app: App,
  caseId: number,
  userId: number,
  { resolution, tell }: { resolution: string; tell: boolean },
): Promise<Case> {
  const row = await change(app, caseId, userId, (now, tx) => endIn(tx, now, userId, resolution, 'colleague'))
  const event = await openedAs(app, row)
  if (event) await retract(app, row, event, userId)
  // The call it came from told it: that stays with the call, and what it opened ends like any other.
  else await recordResolved(app, row, userId)
  await settleNotices(app, row, tell)
  return row
}

async function endIn(
  tx: WorkflowTransaction,
  { case_id, language }: Case,
  userId: number,
  words: string,
  from: keyof typeof SAID,
): Promise<{ what: string; text: string }> {
  const resolution = words.trim() || (language.startsWith('zh') ? SAID[from].zh : SAID[from].en)
  await set(tx, case_id, {
    state: 'resolved',
    outcome: 'mistaken',
    resolution,
    resolved_at: new Date(),
    resolved_by: userId,
  })
  return { what: 'resolved', text: `mistaken: ${resolution}` }
}

const openedEvent = (caseId: number): string => `case:${caseId}:opened`

/** The event that told it, under the number the customer had then; undefined: whoever opened it had told it already. */
async function openedAs(app: App, { case_id, customer_id }: Case) {
  const eventId = openedEvent(case_id)
  const ids = await numbersOf(app, await todaysNumber(app, customer_id))
  const [found] = await app.facts.query<{ customerId: number }>(
    'SELECT customer_id AS customerId FROM events WHERE customer_id IN {ids:Array(UInt64)} AND event_id = {eventId:String} LIMIT 1',
    { ids, eventId },
  )
  return found && { customerId: found.customerId, eventId }
}

/** The same event again, as what it was: whoever counts complaints or holds offers back does not find it any more. */
const retract = (
  app: App,
  row: Case,
  { customerId, eventId }: Pick<Mistaken, 'customerId'> & { eventId: string },
  userId: number,
): Promise<unknown> =>
  recordEvents(app, [
    {
      eventId,
      customerId,
      type: 'retracted',
      channel: row.source,
      at: row.opened_at,
      communicationId: row.communication_id,
      actor: String(userId),
      payload: { case: row.case_id, was: eventOf[row.kind] },
    },
  ])

/** A receipt that has not gone does not go; who had it is told the end as well, unless it was decided to leave them in peace. */
async function settleNotices(app: App, row: Case, tell: boolean): Promise<void> {
  await app.workflow.db
    .updateTable('customer_notices')
    .set({ state: 'void', settled_at: new Date() })
    .where('notice_key', '=', `case-opened:${row.case_id}`)
    .where('state', '=', 'waiting')
    .execute()
  if (tell && (await hadReceipt(app, [row.case_id])))
    await tellCustomer(app, { kind: 'case-resolved', subject: resolvedSubject(row), customerId: row.customer_id })
}
