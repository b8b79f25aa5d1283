/** Two records side by side, as a reader may see them. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { shown } from '../customers/masked.ts'
import { ADDRESS_FIELDS, CONTACT_FIELDS, NUMBER_FIELDS } from '../person-fields.ts'
import type { pairView, weightStep } from './api.ts'
import { decisionErrors } from './errors.ts'
import { AMONG_REFS, type RecordRef, refKey, refParams, refText } from './record-ref.ts'

type Reader = { roles: readonly string[] }

export const SHOWN_FIELDS = [
  'kind',
  'full_name',
  'gender',
  'birth_date',
  ...NUMBER_FIELDS,
  ...CONTACT_FIELDS,
  ...ADDRESS_FIELDS,
  'account_no',
  'language',
] as const

export interface WeighedPair {
  left: RecordRef
  right: RecordRef
  logOdds: number
  steps: z.input<typeof weightStep>[]
}

type Fields = Record<(typeof SHOWN_FIELDS)[number], string> &
  RecordRef & { customerId: number; customerRecords: number }

/** Pairs in their order; one whose records are gone is left out. */
export async function pairViews<P extends WeighedPair>(
  app: App,
  runId: number,
  reader: Reader,
  pairs: readonly P[],
): Promise<(P & z.input<typeof pairView>)[]> {
  if (pairs.length === 0) return []
  const records = await recordFields(
    app,
    runId,
    pairs.flatMap(({ left, right }) => [left, right]),
  )
  return pairs.flatMap(pair => {
    const left = records.get(refKey(pair.left))
    const right = records.get(refKey(pair.right))
    if (!left || !right) return []
    const both = SHOWN_FIELDS.filter(field => left[field] !== '' && right[field] !== '')
    return [
      {
        ...pair,
        left: side(left, reader),
        right: side(right, reader),
        agree: Object.fromEntries(both.map(field => [field, left[field] === right[field]])),
        probability: 1 / (1 + Math.exp(-pair.logOdds)),
        bits: pair.logOdds / Math.LN2,
        linked: left.customerId === right.customerId,
      },
    ]
  })
}

export async function pairViewOf(
  app: App,
  runId: number,
  reader: Reader,
  pair: WeighedPair,
): Promise<z.input<typeof pairView>> {
  const [view] = await pairViews(app, runId, reader, [pair])
  if (!view) throw decisionErrors['collect.record-unknown']({ record: `${refText(pair.left)}, ${refText(pair.right)}` })
  return view
}

const side = (record: Fields, reader: Reader) => ({
  source: record.source,
  rowKey: record.rowKey,
  customerId: record.customerId,
  customerRecords: record.customerRecords,
  fields: Object.fromEntries(
    SHOWN_FIELDS.flatMap(field => (record[field] === '' ? [] : [[field, shown(reader, field, record[field])]])),
  ),
})

async function recordFields(app: App, runId: number, refs: readonly RecordRef[]): Promise<Map<string, Fields>> {
  const unique = [...new Map(refs.map(ref => [refKey(ref), ref])).values()]
  const rows = await app.facts.query<Fields>(
    `WITH
       links AS (SELECT source, row_key, customer_id FROM record_links WHERE run_id = {run_id:UInt64} AND ${AMONG_REFS}),
       sizes AS (SELECT customer_id, count() AS records FROM record_links
                 WHERE run_id = {run_id:UInt64} AND customer_id IN (SELECT customer_id FROM links) GROUP BY customer_id)
     SELECT source, row_key AS rowKey, customer_id AS customerId, sizes.records AS customerRecords, ${SHOWN_FIELDS.join(', ')}
     FROM (SELECT * FROM current_records WHERE run_id = {run_id:UInt64} AND ${AMONG_REFS}) AS records
     INNER JOIN links USING (source, row_key) INNER JOIN sizes USING (customer_id)`,
    { run_id: runId, ...refParams(unique) },
  )
  return new Map(rows.map(row => [refKey(row), row]))
}
