/**
 * Who is on the line, where the number does not say, or says several. The caller tells, the agent types, and only what fits is shown:
 * two facts must fit, one of them strong, and no strong one may be wrong. A number that is theirs counts as one fact; a document seen
 * at the counter as two.
 */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { deskErrors } from '../tasks/errors.ts'
import { type Call, callById } from './call-table.ts'
import { readCaller } from './caller.ts'
import { callChanged } from './push.ts'

export interface Said {
  name?: string | undefined
  birthDate?: string | undefined
  account?: string | undefined
  /** Last four of the identity number. */
  idEnd?: string | undefined
  postcode?: string | undefined
  /** A number of theirs, as the caller names it. */
  phone?: string | undefined
  /** The agent saw an identity document of this customer, at the counter. */
  document?: boolean | undefined
}

const MOST_WRONG = 3

interface Golden {
  customer_id: number
  name: string
  birth_date: string | null
  id_number: string
  postcode: string
  accounts: string[]
  mobile: string
  landline: string
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

/** Among the call's candidates, or by account, number or name and birth date where there are none. */
const FIND = (scope: string): string => `
SELECT customer_id, name, toString(birth_date) AS birth_date, id_number, postcode, accounts, mobile, landline FROM golden_records
WHERE run_id = {runId:UInt64} AND ${scope} LIMIT 50`

async function possible(app: App, call: Call, said: Said, customerId: number | undefined): Promise<Golden[]> {
  const runId = await app.runs.latest('identity')
  if (runId === null) return []
  const phone = said.phone ? readCaller(said.phone).number : ''
  const ids = customerId !== undefined ? [customerId] : call.candidates
  if (ids.length > 0)
    return app.facts.query<Golden>(FIND('customer_id IN {ids:Array(UInt64)}'), { runId, ids: [...ids] })
  const parts = [
    ...(said.account ? ['has(accounts, {account:String})'] : []),
    ...(phone !== '' ? ['mobile = {phone:String}', 'landline = {phone:String}'] : []),
    ...(said.name && said.birthDate ? ['(toString(birth_date) = {birth:String} AND name = {name:String})'] : []),
  ]
  if (parts.length === 0) return []
  return app.facts.query<Golden>(FIND(`(${parts.join(' OR ')})`), {
    runId,
    account: said.account ?? '',
    phone,
    birth: said.birthDate ?? '',
    name: said.name ?? '',
  })
}

/** Facts that fit and whether a strong one did, or null when a strong one is wrong. */
function judge(golden: Golden, call: Call, said: Said): { facts: number; strong: boolean } | null {
  let facts = 0
  let strong = false
  const hard = (given: string | undefined, right: boolean): boolean => {
    if (!given) return true
    if (right) {
      facts++
      strong = true
    }
    return right
  }
  const phone = said.phone ? readCaller(said.phone).number : ''
  if (
    !hard(said.birthDate, golden.birth_date === said.birthDate) ||
    !hard(said.account, golden.accounts.includes(said.account ?? '')) ||
    !hard(said.idEnd, golden.id_number !== '' && fold(golden.id_number).endsWith(fold(said.idEnd ?? '')))
  )
    return null
  if (said.name && fold(said.name) === fold(golden.name)) facts++
  if (said.postcode && golden.postcode !== '' && fold(said.postcode) === fold(golden.postcode)) facts++
  if (phone !== '' && [golden.mobile, golden.landline].includes(phone)) facts++
  if (call.number !== '' && [golden.mobile, golden.landline].includes(call.number)) facts++
  // Nobody sees a document through the telephone.
  if (said.document && call.direction === 'counter') return { facts: facts + 2, strong: true }
  return { facts, strong }
}

/** The customer who fits; refuses, and counts, when nobody or more than one does. */
export async function identifyCaller(
  app: App,
  callId: string,
  userId: number,
  said: Said,
  customerId?: number,
): Promise<Call> {
  const call = await callById(app, callId)
  if (call.user_id !== userId) throw deskErrors['desk.call-taken']({ call: callId })
  // Counted before it is looked at: tries side by side are tries as well.
  const { rows } =
    await sql`UPDATE desk_calls SET wrong = wrong + 1 WHERE call_id = ${callId} AND wrong < ${MOST_WRONG} RETURNING call_id`.execute(
      app.workflow.db,
    )
  if (rows.length === 0) throw deskErrors['desk.too-many-tries']()
  const fitting = (await possible(app, call, said, customerId)).filter(golden => {
    const judged = judge(golden, call, said)
    return judged?.strong && judged.facts >= 2
  })
  const found = fitting.length === 1 ? fitting[0]! : null
  await audit(app, {
    userId,
    action: found ? 'call.identified' : 'call.not-identified',
    object: found ? `customer/${found.customer_id}` : `call/${callId}`,
    detail: { call: callId, facts: Object.keys(said).filter(key => said[key as keyof Said]) },
  })
  if (!found) {
    await sql`UPDATE desk_calls SET change = nextval('desk_calls_changes') WHERE call_id = ${callId}`.execute(
      app.workflow.db,
    )
    callChanged(app)
    throw deskErrors['desk.not-a-candidate']()
  }
  await sql`UPDATE desk_calls SET customer_id = ${found.customer_id}, how = 'confirmed', wrong = wrong - 1, change = nextval('desk_calls_changes')
    WHERE call_id = ${callId}`.execute(app.workflow.db)
  if (call.task_id !== '')
    await app.workflow.db
      .updateTable('tasks')
      .set({ customer_id: found.customer_id })
      .where('task_id', '=', call.task_id)
      .where('held_by', '=', userId)
      .execute()
  callChanged(app)
  return callById(app, callId)
}
