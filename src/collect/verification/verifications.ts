/** Questions to customers: asked by a steward, put by an agent or a link, answered by an event like every answer. */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { currentNumber } from '../customers/run.ts'
import { recordEvents } from '../events/record-events.ts'
import { type Refreshed, refreshGolden } from '../identity/refresh.ts'
import { verificationErrors } from './errors.ts'
import { leadOf, VERIFIABLE, type VerifiableField } from './fields.ts'
import type { VerificationState } from './migrations.ts'

type Store = Pick<App, 'workflow'>
export type Verification = Awaited<ReturnType<typeof verificationNamed>>

export async function verificationNamed({ workflow }: Store, verificationId: number) {
  const row = await workflow.db
    .selectFrom('collect_verifications')
    .selectAll()
    .where('verification_id', '=', verificationId)
    .executeTakeFirst()
  if (!row) throw verificationErrors['verification.unknown']({ verification: verificationId })
  return { ...row, field: row.field as VerifiableField }
}

export interface Question {
  customerId: number
  field: VerifiableField
  priority: number
}

/** A value that is asked after already is not asked after twice. */
export async function askCustomers(
  { workflow }: Store,
  questions: readonly Question[],
  way: 'call' | 'link',
  userId: number,
): Promise<{ asked: number[]; known: number }> {
  if (questions.length === 0) return { asked: [], known: 0 }
  const rows = await workflow.db
    .insertInto('collect_verifications')
    .values(
      questions.map(({ customerId, field, priority }) => ({
        customer_id: customerId,
        field,
        way,
        state: 'open' as const,
        priority,
        asked_by: userId,
        asked_at: new Date(),
        answered_at: null,
        event_id: null,
        refusals: 0,
      })),
    )
    .onConflict(conflict => conflict.columns(['customer_id', 'field']).where('state', '=', 'open').doNothing())
    .returning('verification_id')
    .execute()
  return { asked: rows.map(row => row.verification_id), known: questions.length - rows.length }
}

/** `customer field` of all open questions. */
export async function openFields({ workflow }: Store): Promise<Set<string>> {
  const rows = await workflow.db
    .selectFrom('collect_verifications')
    .select(['customer_id', 'field'])
    .where('state', '=', 'open')
    .execute()
  return new Set(rows.map(row => `${row.customer_id} ${row.field}`))
}

export async function cancelVerifications({ workflow }: Store, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0
  const { numUpdatedRows } = await workflow.db
    .updateTable('collect_verifications')
    .set({ state: 'cancelled', answered_at: new Date() })
    .where('verification_id', 'in', [...ids])
    .where('state', '=', 'open')
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** The value as the golden record has it now, by golden field. */
export async function valueAsked(app: App, { customer_id, field }: Verification): Promise<Record<string, string>> {
  const runId = await app.runs.latest('identity')
  if (runId === null) return {}
  const fields = VERIFIABLE[field]
  const [row] = await app.facts.query<Record<string, string | null>>(
    `SELECT ${fields.join(', ')} FROM golden_records WHERE run_id = {run_id:UInt64} AND customer_id = {id:UInt64}`,
    { run_id: runId, id: await currentNumber(app, runId, customer_id) },
  )
  return Object.fromEntries(fields.map(name => [name, row?.[name] ?? '']))
}

export interface Settled {
  state: Extract<VerificationState, 'confirmed' | 'corrected' | 'unanswered'>
  eventId: string | null
}

/** Closes a question; one that is closed already stays as it is. */
export async function settleVerification({ workflow }: Store, verificationId: number, settled: Settled): Promise<void> {
  await workflow.db
    .updateTable('collect_verifications')
    .set({ state: settled.state, event_id: settled.eventId, answered_at: new Date() })
    .where('verification_id', '=', verificationId)
    .where('state', '=', 'open')
    .execute()
}

export interface LinkAnswer {
  confirm: boolean
  fields: Record<string, string>
}

/** What the customer says on the page of a link: an event of type answer, under an id made from the question's. */
export async function answerByLink(app: App, asked: Verification, answer: LinkAnswer): Promise<Settled['state']> {
  const allowed: readonly string[] = VERIFIABLE[asked.field]
  const known = await valueAsked(app, asked)
  const given = Object.fromEntries(
    Object.entries(answer.fields).filter(([field, value]) => allowed.includes(field) && value.trim() !== ''),
  )
  const confirmed = answer.confirm && (known[leadOf(asked.field)] ?? '') !== ''
  if (!confirmed && Object.keys(given).length === 0) throw verificationErrors['verification.nothing']()
  const fields = confirmed ? filled(known) : given
  const eventId = `verify:${asked.verification_id}`
  await recordEvents(app, [
    {
      eventId,
      customerId: asked.customer_id,
      type: 'answer',
      channel: 'web',
      at: new Date(),
      actor: 'customer',
      payload: { fields, consents: [], note: '' },
    },
  ])
  await takeUp(app, asked.customer_id)
  const state = confirmed ? 'confirmed' : 'corrected'
  await settleVerification(app, asked.verification_id, { state, eventId })
  return state
}

export const filled = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))

/** Counts an answer that could not be taken; after ten the link is dead. */
export async function countRefusal({ workflow }: Store, verificationId: number): Promise<void> {
  await workflow.db
    .updateTable('collect_verifications')
    .set({ refusals: sql`refusals + 1` })
    .where('verification_id', '=', verificationId)
    .execute()
}

/** The golden record follows the answer at once; when it cannot, the next turn takes the answer up all the same. */
export async function takeUp(app: App, customerId: number, what: Refreshed = 'all'): Promise<void> {
  const runId = await app.runs.latest('identity')
  if (runId === null) return
  try {
    await refreshGolden(app, [await currentNumber(app, runId, customerId)], what)
  } catch (error) {
    app.log.warn({ err: error }, 'golden record not refreshed after an answer')
  }
}
