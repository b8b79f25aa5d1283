/** Who can be reached at an address, and which numbers a customer had before. */
import { isoOf, readDate, readEmail, readPhoneAnywhere } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { portalErrors } from './errors.ts'

export interface Address {
  channel: 'email' | 'sms'
  /** E.164, or an e-mail address in lower case. */
  address: string
}

export function readAddress(typed: string): Address {
  if (typed.includes('@') || typed.includes('＠')) {
    const email = readEmail(typed)
    if (email.valid) return { channel: 'email', address: email.address }
  } else {
    const phone = readPhoneAnywhere(typed.slice(0, 40), 'CN')
    if (phone.valid) return { channel: 'sms', address: phone.e164 }
  }
  throw portalErrors['portal.bad-address']()
}

/** More than these do not share an address that can be signed in with. */
const MOST = 20

const AT = (column: 'email' | 'mobile'): string => `
SELECT customer_id FROM golden_records
WHERE run_id = {runId:UInt64} AND ${column} = {address:String} ORDER BY customer_id LIMIT ${MOST + 1}`

export async function customersAt(app: App, { channel, address }: Address): Promise<number[]> {
  const runId = await app.runs.latest('identity')
  if (runId === null) return []
  const column = channel === 'email' ? 'email' : 'mobile'
  const rows = await app.facts.query<{ customer_id: number }>(AT(column), { runId, address })
  return rows.length > MOST ? [] : rows.map(row => row.customer_id)
}

/** The customer's number and those that went into it: papers stay under the number they were made with. */
export async function numbersOf(app: App, customerId: number): Promise<number[]> {
  const runId = await app.runs.latest('identity')
  if (runId === null) return [customerId]
  const rows = await app.facts.query<{ old_id: number }>(
    'SELECT old_id FROM customer_redirects WHERE run_id = {runId:UInt64} AND customer_id = {customerId:UInt64}',
    { runId, customerId },
  )
  return [customerId, ...rows.map(row => row.old_id)]
}

const FITS = `
SELECT customer_id FROM golden_records
WHERE run_id = {runId:UInt64} AND customer_id IN {ids:Array(UInt64)}
  AND ({birth:String} = '' OR toString(birth_date) = {birth:String})
  AND ({number:String} = '' OR has(accounts, {number:String}) OR toString(customer_id) = {number:String})`

/** Which of some people has this birth date and number; what is not told is not asked. Nothing told fits nobody. */
export async function whoFits(
  app: App,
  ids: readonly number[],
  told: { birthDate?: string; number?: string },
): Promise<number[]> {
  const runId = await app.runs.latest('identity')
  const typed = (told.birthDate ?? '').trim()
  const { ymd } = readDate(typed)
  const number = (told.number ?? '').normalize('NFKC').replace(/\s/g, '')
  if (runId === null || (typed !== '' && ymd === 0) || (typed === '' && number === '')) return []
  const rows = await app.facts.query<{ customer_id: number }>(FITS, {
    runId,
    ids: [...ids],
    birth: ymd === 0 ? '' : isoOf(ymd),
    number,
  })
  return rows.map(row => row.customer_id)
}
