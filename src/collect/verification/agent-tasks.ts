/** The face towards the call centre: which questions agents put, in which words, and what came of them. */
import type { App } from '../../platform/app.ts'
import { mask } from '../../platform/masking.ts'
import type { Text } from '../../platform/text.ts'
import { MASKS } from '../customers/masked.ts'
import { leadOf, VERIFIABLE, type VerifiableField } from './fields.ts'
import {
  filled,
  settleVerification,
  takeUp,
  type Verification,
  valueAsked,
  verificationNamed,
} from './verifications.ts'

export const FIELD_NAMES: Record<VerifiableField, Text> = {
  mobile: { en: 'mobile number', zh: '手机号码' },
  landline: { en: 'landline number', zh: '固定电话' },
  email: { en: 'e-mail address', zh: '电子邮箱' },
  address: { en: 'postal address', zh: '通信地址' },
  name: { en: 'name', zh: '姓名' },
  birth_date: { en: 'date of birth', zh: '出生日期' },
}

export interface AgentQuestion {
  verificationId: number
  customerId: number
  field: VerifiableField
  fieldName: Text
  priority: number
}

/** Open questions for agents. */
export async function agentQuestions(app: Pick<App, 'workflow'>): Promise<AgentQuestion[]> {
  const rows = await app.workflow.db
    .selectFrom('collect_verifications')
    .select(['verification_id', 'customer_id', 'field', 'priority'])
    .where('state', '=', 'open')
    .where('way', '=', 'call')
    .orderBy('priority', 'desc')
    .orderBy('verification_id')
    .execute()
  return rows.map(row => {
    const field = row.field as VerifiableField
    return {
      verificationId: row.verification_id,
      customerId: row.customer_id,
      field,
      fieldName: FIELD_NAMES[field],
      priority: row.priority,
    }
  })
}

/** What an agent asks: the field, the value we have (masked: the customer is to name it), and the golden fields of the answer. */
export async function questionFor(
  app: App,
  verificationId: number,
): Promise<{ field: VerifiableField; fieldName: Text; masked: string; fields: readonly string[]; open: boolean }> {
  const asked = await verificationNamed(app, verificationId)
  const value = (await valueAsked(app, asked))[leadOf(asked.field)] ?? ''
  return {
    field: asked.field,
    fieldName: FIELD_NAMES[asked.field],
    masked: maskedValue(asked.field, value),
    fields: VERIFIABLE[asked.field],
    open: asked.state === 'open',
  }
}

/** What each question is about. */
export async function questionFields(app: Pick<App, 'workflow'>, ids: readonly number[]): Promise<Map<number, Text>> {
  if (ids.length === 0) return new Map()
  const rows = await app.workflow.db
    .selectFrom('collect_verifications')
    .select(['verification_id', 'field'])
    .where('verification_id', 'in', [...ids])
    .execute()
  return new Map(rows.map(row => [row.verification_id, FIELD_NAMES[row.field as VerifiableField]]))
}

export function maskedValue(field: VerifiableField, value: string): string {
  const kind = MASKS[leadOf(field)]
  return kind ? mask(kind, value) : value
}

/** The fields of an answer event that says the value is still right. */
export async function confirmedFields(app: App, verificationId: number): Promise<Record<string, string>> {
  return filled(await valueAsked(app, await verificationNamed(app, verificationId)))
}

/** The call that settled it was written down wrongly: the question is open again, unless it was asked anew since. */
export async function reopenAgentQuestion(app: Pick<App, 'workflow'>, verificationId: number): Promise<void> {
  if (!(await mayReopenQuestion(app, verificationId))) return
  await app.workflow.db
    .updateTable('collect_verifications')
    .set({ state: 'open', event_id: null, answered_at: null })
    .where('verification_id', '=', verificationId)
    .where('state', 'in', ['confirmed', 'corrected', 'unanswered'])
    .execute()
}

export async function mayReopenQuestion(app: Pick<App, 'workflow'>, verificationId: number): Promise<boolean> {
  const { customer_id, field, state } = await verificationNamed(app, verificationId)
  if (state === 'open') return true
  const again = await app.workflow.db
    .selectFrom('collect_verifications')
    .select('verification_id')
    .where('customer_id', '=', customer_id)
    .where('field', '=', field)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return again === undefined && state !== 'cancelled'
}

/** After the call: what the customer said was recorded under `eventId`, or nothing was learnt. */
export async function settleAgentQuestion(
  app: App,
  verificationId: number,
  result: { confirmed: boolean; fields: Record<string, string>; eventId: string },
): Promise<void> {
  const { field, customer_id }: Verification = await verificationNamed(app, verificationId)
  const told = (VERIFIABLE[field] as readonly string[]).some(name => result.fields[name])
  await settleVerification(app, verificationId, {
    state: result.confirmed ? 'confirmed' : told ? 'corrected' : 'unanswered',
    eventId: result.confirmed || told ? result.eventId : null,
  })
  if (result.confirmed || told) await takeUp(app, customer_id)
}
