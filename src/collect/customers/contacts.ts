/** What composing and delivering need to know of customers. */
import type { App } from '../../platform/app.ts'

export interface CustomerContact {
  customerId: number
  kind: 'person' | 'organisation'
  name: string
  familyName: string
  givenName: string
  gender: string
  contactPerson: string
  language: 'zh-CN' | 'zh-TW' | 'en'
  email: string
  mobile: string
  landline: string
  country: string
  province: string
  city: string
  district: string
  street: string
  postcode: string
  accounts: string[]
  /** Channel → granted; a channel that was never asked is not there. */
  consents: Record<string, boolean>
}

export async function customerContacts(
  app: App,
  runId: number,
  ids: readonly number[],
): Promise<Map<number, CustomerContact>> {
  const params = { run_id: runId, ids: [...ids] }
  const [people, consents] = await Promise.all([
    app.facts.query<Omit<CustomerContact, 'consents'>>(
      `SELECT customer_id AS customerId, kind, name, family_name AS familyName, given_name AS givenName, gender, contact_person AS contactPerson,
              language, email, mobile, landline, country, province, city, district, street, postcode, accounts
       FROM golden_records WHERE run_id = {run_id:UInt64} AND customer_id IN {ids:Array(UInt64)}`,
      params,
    ),
    app.facts.query<{ customer_id: number; channel: string; granted: number }>(
      `SELECT customer_id, channel, granted FROM customer_consents WHERE run_id = {run_id:UInt64} AND customer_id IN {ids:Array(UInt64)}`,
      params,
    ),
  ])
  const out = new Map(people.map(person => [person.customerId, { ...person, consents: {} as Record<string, boolean> }]))
  for (const { customer_id, channel, granted } of consents) {
    const person = out.get(customer_id)
    if (person) person.consents[channel] = granted === 1
  }
  return out
}
