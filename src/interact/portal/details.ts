import type { App } from '../../platform/app.ts'
import type { Guest } from './visit.ts'

export const WRITTEN = ['name', 'street', 'district', 'city', 'province', 'postcode'] as const
export const REACHED = ['email', 'mobile'] as const
export type Details = Record<(typeof WRITTEN)[number] | (typeof REACHED)[number], string>

const NONE: Details = {
  name: '',
  street: '',
  district: '',
  city: '',
  province: '',
  postcode: '',
  email: '',
  mobile: '',
}

/** As the golden record has them now. */
export async function detailsOf(app: App, customerId: number): Promise<Details> {
  const runId = await app.runs.latest('identity')
  if (runId === null) return NONE
  const [row] = await app.facts.query<Details>(
    `SELECT name, street, toString(district) AS district, toString(city) AS city, toString(province) AS province, postcode, email, mobile
     FROM golden_records WHERE run_id = {runId:UInt64} AND customer_id = {customerId:UInt64}`,
    { runId, customerId },
  )
  return row ?? NONE
}

export const nameOf = async ({ app, customerId }: Guest): Promise<string> => (await detailsOf(app, customerId)).name
