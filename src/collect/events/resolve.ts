/** Whose event it is, as the newest identity run knows. A name that two customers share names nobody: the event waits. */

import { latestRun } from '../../platform/marts.ts'
import type { Facts, Params } from '../../platform/stores/facts/index.ts'
import type { EventBatch, KeyKind } from './batch.ts'

/** Rows (key, key_source, customer_id) of everybody whom one of `{keys}` names. One statement per kind of name. */
const run = latestRun('identity')
const records = (fields: readonly string[]): string => {
  const anyOf = (names: readonly string[]) => names.map(name => `${name} IN {keys:Array(String)}`).join(' OR ')
  const golden = fields.filter(field => field !== 'mobile2')
  return `
WITH named AS (
  SELECT [${fields.join(', ')}] AS names, source, row_key FROM current_records WHERE run_id = ${run} AND (${anyOf(fields)})
),
linked AS (
  SELECT customer_id, source, row_key FROM record_links
  WHERE run_id = ${run} AND (source, row_key) IN (SELECT source, row_key FROM named)
),
of_records AS (
  SELECT arrayJoin(names) AS key, customer_id FROM named INNER JOIN linked USING (source, row_key)
),
of_customers AS (
  SELECT arrayJoin([${golden.join(', ')}]) AS key, customer_id FROM golden_records WHERE run_id = ${run} AND (${anyOf(golden)})
)
SELECT key, '' AS key_source, customer_id FROM (SELECT * FROM of_records UNION DISTINCT SELECT * FROM of_customers)
WHERE key IN {keys:Array(String)}`
}

const WHO: Record<Exclude<KeyKind, ''>, string> = {
  customer: `
SELECT toString(customer_id) AS key, '' AS key_source, customer_id FROM golden_records
WHERE run_id = ${run} AND customer_id IN {numbers:Array(UInt64)}
UNION ALL
SELECT toString(old_id) AS key, '' AS key_source, customer_id FROM customer_redirects
WHERE run_id = ${run} AND old_id IN {numbers:Array(UInt64)}`,
  account: `
SELECT account_no AS key, '' AS key_source, customer_id FROM record_links
WHERE run_id = ${run} AND account_no IN {keys:Array(String)}`,
  email: records(['email']),
  phone: records(['mobile', 'mobile2', 'landline']),
  row: `
SELECT row_key AS key, source AS key_source, customer_id FROM record_links
WHERE run_id = ${run} AND row_key IN {keys:Array(String)}`,
  visitor: `
SELECT visitor AS key, '' AS key_source, argMax(customer_id, at) AS customer_id FROM visitor_links
WHERE visitor IN {keys:Array(String)} GROUP BY visitor`,
}

/** All parameters of a statement together may be 1 MB. */
const KEYS_AT_A_TIME = 8000
/** A customer found is remembered this long: the batches of a minute name the same people again and again. */
const REMEMBER_MS = 5000
const REMEMBER_MOST = 200_000

export class Resolver {
  readonly #facts: Facts
  #known = new Map<string, number>()
  #since = 0

  constructor(facts: Facts) {
    this.#facts = facts
  }

  forget(): void {
    this.#since = 0
  }

  /** The customer of each event; 0: not known. */
  async customersOf(batch: EventBatch): Promise<Float64Array> {
    if (Date.now() - this.#since > REMEMBER_MS || this.#known.size > REMEMBER_MOST) {
      this.#known = new Map()
      this.#since = Date.now()
    }
    const { rows, keyKind, key, keySource } = batch
    const wanted = new Map<KeyKind, Set<string>>()
    for (let i = 0; i < rows; i++) {
      if (this.#known.has(this.#name(keyKind[i]!, key[i]!, keySource[i]!))) continue
      const keys = wanted.get(keyKind[i]!) ?? new Set<string>()
      wanted.set(keyKind[i]!, keys.add(key[i]!))
    }
    for (const [kind, keys] of wanted) if (kind !== '') await this.#look(kind, [...keys])
    const customers = new Float64Array(rows)
    for (let i = 0; i < rows; i++) customers[i] = this.#known.get(this.#name(keyKind[i]!, key[i]!, keySource[i]!)) ?? 0
    return customers
  }

  #name(kind: KeyKind, key: string, source: string): string {
    return kind === 'row' ? `row ${source} ${key}` : `${kind} ${key}`
  }

  async #look(kind: Exclude<KeyKind, ''>, keys: string[]): Promise<void> {
    for (let from = 0; from < keys.length; from += KEYS_AT_A_TIME) {
      const some = keys.slice(from, from + KEYS_AT_A_TIME)
      // An IN over a converted list is no set to the engine: 2.7 s instead of 20 ms.
      const params: Params = kind === 'customer' ? { numbers: some.map(Number) } : { keys: some }
      const found = await this.#facts.columns(WHO[kind], params)
      const names = found.str('key')
      const sources = found.str('key_source')
      const customers = found.f64('customer_id')
      const shared = new Set<string>()
      const first = new Map<string, number>()
      for (let i = 0; i < found.rows; i++) {
        const name = this.#name(kind, names[i]!, sources[i]!)
        const before = first.get(name)
        if (before === undefined) first.set(name, customers[i]!)
        else if (before !== customers[i]) shared.add(name)
      }
      for (const [name, customer] of first) if (!shared.has(name)) this.#known.set(name, customer)
    }
  }
}
