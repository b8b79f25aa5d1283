/**
 * What to ask after first: expected loss = probability that the value is wrong × what a wrong one costs × contacts to come. Contacts to
 * come are those of the last twelve months by the channels that use the field, and one more. What a customer is worth is known to
 * stages to the right: they register a weight.
 */
import type { App } from '../../platform/app.ts'
import { dropRun } from '../../platform/stores/facts/index.ts'
import { type KnownDecay, knownDecay } from './measure.ts'
import { DECAYING_FIELDS, type DecayingField } from './observations.ts'
import { verifyFirst } from './tables.ts'

/** Kept per run; a company asks after some dozens a day. */
const KEPT = 5000

/**
 * What one contact by a wrong value costs, in tens of pence: a call that reaches nobody, a letter that comes back, an e-mail that bounces.
 * Names do not lose contacts.
 */
const COST: Record<Exclude<DecayingField, 'name'>, number> = { mobile: 20, landline: 15, email: 2, address: 8 }
const CHANNELS: Record<keyof typeof COST, string[]> = {
  mobile: ['call', 'sms'],
  landline: ['call'],
  email: ['email'],
  address: ['letter', 'print', 'bill'],
}

export interface VerifyWeight {
  name: string
  /** Factor per customer, 1 where it says nothing: customer value, contacts planned. */
  weigh(app: App, customerIds: readonly number[]): Promise<Map<number, number>>
}
const weights = new Map<string, VerifyWeight>()

/** For stages to the right; the same name replaces. */
export const registerVerifyWeight = (weight: VerifyWeight): void => void weights.set(weight.name, weight)

const RANK = (fields: readonly (keyof typeof COST)[]): string => `
WITH
  contacts AS (
    SELECT customer_id, sumMap(map(channel, toUInt64(1))) AS by_channel FROM events FINAL
    WHERE type = 'sent' AND ifNull(toDate32OrNull(JSONExtractString(payload, 'asOf')), toDate32(at)) > toDate32({as_of:String}) - INTERVAL 1 YEAR
    GROUP BY customer_id
  ),
  believed AS (
    SELECT customer_id, item.1 AS field, JSONExtractString(provenance, item.1, 'source') AS source,
           toDateTime(ifNull(parseDateTimeBestEffortOrNull(JSONExtractString(provenance, item.1, 'at'), 'UTC'), toDateTime(0, 'UTC')), 'UTC') AS seen_at
    FROM golden_records
    ARRAY JOIN arrayFilter(pair -> pair.2 != '', [${fields
      .map(field => `('${field}', ${field === 'address' ? 'street' : field})`)
      .join(', ')}]) AS item
    WHERE run_id = {run_id:UInt64}
  ),
  judged AS (
    SELECT customer_id, field, source, seen_at,
           exp(-if(mapContains({rates:Map(String, Float64)}, concat(field, ' ', source)), {rates:Map(String, Float64)}[concat(field, ' ', source)],
             {rates:Map(String, Float64)}[concat(field, ' ')])
             * greatest(0, dateDiff('day', seen_at, toDateTime({as_of:String}, 'UTC'))) / 30.4369) AS holds
    FROM believed WHERE seen_at > toDateTime(0, 'UTC')
  )
SELECT customer_id, field, source, seen_at, holds,
       toFloat64(1 + arraySum(channel -> by_channel[channel], {channels:Map(String, Array(String))}[field])) AS contacts,
       (1 - holds) * {costs:Map(String, Float64)}[field] * contacts AS loss
FROM judged LEFT JOIN contacts USING (customer_id)
ORDER BY loss DESC, customer_id, field
LIMIT {kept:UInt32}`

const ratesOf = (known: KnownDecay): Record<string, number> =>
  Object.fromEntries(
    known.fields.flatMap(({ field, rates }) => [
      [`${field} `, 0.0253],
      ...rates.map(rate => [`${field} ${rate.source}`, rate.rate]),
    ]),
  )

/** Writes the list of an identity run anew. */
export async function rankVerifyFirst(app: App, runId: number, asOf: string): Promise<number> {
  const fields = DECAYING_FIELDS.filter((field): field is keyof typeof COST => field in COST)
  const rows = await app.facts.query<{
    customer_id: number
    field: string
    source: string
    seen_at: string
    holds: number
    contacts: number
    loss: number
  }>(RANK(fields), {
    run_id: runId,
    as_of: asOf,
    rates: ratesOf(await knownDecay(app)),
    channels: CHANNELS,
    costs: COST,
    kept: KEPT,
  })
  const ids = [...new Set(rows.map(row => row.customer_id))]
  for (const weight of weights.values()) {
    const factors = await weight.weigh(app, ids)
    for (const row of rows) row.loss *= factors.get(row.customer_id) ?? 1
  }
  await dropRun(app.facts, verifyFirst, runId)
  if (rows.length > 0)
    await app.facts.insert(
      'verify_first',
      rows.map(row => ({ ...row, run_id: runId, seen_at: new Date(row.seen_at) })),
    )
  return rows.length
}
