/** A case that should never have been: a message was taken for what it is not. It ends quietly, as if nothing had been said. */
import { recordEvents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { tellCustomer } from '../tell-customer/tell-customer.ts'
import { resolvedSubject } from './case-notices.ts'
import { eventOf } from './open-case.ts'
import { type Case, change, set } from './with-note.ts'

/** In the customer's language: it is read in the portal. */
const SAID = {
  en: 'Opened by mistake: your message was taken for something else.',
  zh: '误开：您的来信被误作他意，本工单不再处理。',
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

/** `told`: the number under which it was told. Returns whether it could be: somebody may have begun to work on it meanwhile. */
export async function closeMistaken(
  app: App,
  { caseId, customerId: told }: { caseId: number; customerId: number },
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
      if (!closed) return null
      const resolution = now.language.startsWith('zh') ? SAID.zh : SAID.en
      await set(tx, caseId, {
        state: 'resolved',
        outcome: 'mistaken',
        resolution,
        resolved_at: new Date(),
        resolved_by: userId,
      })
      return { what: 'resolved', text: `mistaken: ${resolution}` }
    },
    true,
  )
  if (!closed) return row.outcome === 'mistaken'
  // The same event again, as what it was: whoever counts complaints or holds offers back does not find it any more.
  await recordEvents(app, [
    {
      eventId: `case:${caseId}:opened`,
      customerId: told,
      type: 'retracted',
      channel: row.source,
      at: row.opened_at,
      communicationId: row.communication_id,
      actor: String(userId),
      payload: { case: caseId, was: eventOf[row.kind] },
    },
  ])
  const receipt = await app.workflow.db
    .updateTable('customer_notices')
    .set({ state: 'void', settled_at: new Date() })
    .where('notice_key', '=', `case-opened:${caseId}`)
    .where('state', '=', 'waiting')
    .returning('notice_key')
    .execute()
  // Who had the receipt is told the end as well.
  if (receipt.length === 0)
    await tellCustomer(app, { kind: 'case-resolved', subject: resolvedSubject(row), customerId: row.customer_id })
  return true
}
