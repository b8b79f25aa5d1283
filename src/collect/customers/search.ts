/** Customers by what a person would type: name, pinyin, initials, telephone, e-mail, account or customer number. */
import type { App } from '../../platform/app.ts'
import type { Params } from '../../platform/stores/facts/index.ts'
import { readPhoneAnywhere } from '../standardise/phone.ts'
import { foldText, hasHan, simplify } from '../standardise/text.ts'

export interface CustomerSearch {
  q: string
  sort: 'name' | 'number' | 'records'
  offset: number
  limit: number
}

export interface FoundCustomer {
  customerId: number
  kind: 'person' | 'organisation'
  name: string
  pinyin: string
  mobile: string
  email: string
  city: string
  country: string
  language: string
  records: number
}

const ORDER = { name: 'name_pinyin, customer_id', number: 'customer_id', records: 'records DESC, customer_id' } as const

/** The condition for what was typed; values go as parameters. */
function condition(q: string): { where: string; params: Params } {
  const text = q.normalize('NFKC').trim()
  if (text === '') return { where: 'true', params: {} }
  if (text.includes('@')) return { where: 'startsWith(email, {q:String})', params: { q: text.toLowerCase() } }
  const digits = text.replace(/\D/g, '')
  if (digits !== '' && /^[\d\s+()-]+$/.test(text)) {
    const phone = readPhoneAnywhere(text, 'CN').e164
    return {
      where: `has(accounts, {digits:String}) OR customer_id = toUInt64OrZero({digits:String}) OR mobile = {phone:String} OR landline = {phone:String}
        OR ({long:Bool} AND (position(mobile, {digits:String}) > 0 OR position(landline, {digits:String}) > 0))`,
      params: { digits, phone: phone || '-', long: digits.length >= 4 },
    }
  }
  if (hasHan(text))
    return {
      where: 'position(name, {q:String}) > 0 OR position(name, {given:String}) > 0',
      params: { q: simplify(text), given: text },
    }
  const folded = foldText(text)
  return {
    where: `startsWith(name_pinyin, {q:String}) OR position(replaceAll(name_pinyin, ' ', ''), {joined:String}) > 0
      OR name_initials = {joined:String} OR has(accounts, {given:String}) OR arrayAll(w -> position(name_pinyin, w) > 0, {words:Array(String)})`,
    params: { q: folded, joined: folded.replaceAll(' ', ''), given: text, words: folded.split(' ') },
  }
}

export async function searchCustomers(
  app: App,
  runId: number,
  search: CustomerSearch,
): Promise<{ total: number; rows: FoundCustomer[] }> {
  const { where, params } = condition(search.q)
  const all = { ...params, run_id: runId }
  const [count, rows] = await Promise.all([
    app.facts.one<{ total: number }>(
      `SELECT count() AS total FROM golden_records WHERE run_id = {run_id:UInt64} AND (${where})`,
      all,
    ),
    app.facts.query<FoundCustomer>(
      `SELECT customer_id AS customerId, kind, name, name_pinyin AS pinyin, mobile, email, city, country, language, records
       FROM golden_records WHERE run_id = {run_id:UInt64} AND (${where})
       ORDER BY ${ORDER[search.sort]} LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
      { ...all, limit: search.limit, offset: search.offset },
    ),
  ])
  return { total: count.total, rows }
}
