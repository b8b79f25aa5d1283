import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { shown } from '../customers/masked.ts'
import { openFields } from '../verification/verifications.ts'
import type { decayReport, verifyFirstList } from './api.ts'
import { type DecayRate, holdsAfter, type Rate } from './estimate.ts'
import { knownDecay } from './measure.ts'

const MONTHS = [0, 1, 2, 3, 4, 6, 8, 10, 12, 15, 18, 21, 24, 30, 36, 42, 48]

const monthly = (hazard: number): number => -Math.expm1(-hazard)
const told = (rate: DecayRate) => ({
  source: rate.source,
  monthly: monthly(rate.rate),
  low: monthly(rate.low),
  high: monthly(rate.high),
  changes: rate.changes,
  months: rate.months,
})
const curveOf = (rate: Rate) =>
  MONTHS.map(month => {
    const { probability, low, high } = holdsAfter(rate, month)
    return { month, holds: probability, low, high }
  })

export async function decayView(app: App): Promise<z.output<typeof decayReport>> {
  const known = await knownDecay(app)
  return {
    asOf: known.asOf,
    measuredAt: known.measuredAt?.toISOString() ?? null,
    fields: known.fields.map(({ field, rates }) => {
      const all = rates.find(rate => rate.source === '')
      return {
        field,
        all: all ? told(all) : null,
        sources: rates.filter(rate => rate.source !== '').map(told),
        curve: all ? curveOf(all) : [],
      }
    }),
  }
}

const WHERE = `run_id = {run_id:UInt64} AND ({field:String} = '' OR field = {field:String})`

export async function verifyFirstView(
  app: App,
  { field, offset, limit }: { field?: string | undefined; offset: number; limit: number },
  reader: { roles: readonly string[] },
): Promise<z.output<typeof verifyFirstList>> {
  const runId = await app.runs.latest('identity')
  if (runId === null) return { total: 0, rows: [] }
  const params = { run_id: runId, field: field ?? '', offset, limit }
  const [{ total, most }, rows, asked] = await Promise.all([
    app.facts.one<{ total: number; most: number }>(
      `SELECT count() AS total, max(loss) AS most FROM verify_first WHERE ${WHERE}`,
      params,
    ),
    app.facts.query<{
      customerId: number
      field: string
      source: string
      seenAt: string
      holds: number
      contacts: number
      loss: number
    }>(
      `SELECT customer_id AS customerId, field, source, seen_at AS seenAt, holds, contacts, loss FROM verify_first
       WHERE ${WHERE} ORDER BY loss DESC, customerId, field LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
      params,
    ),
    openFields(app),
  ])
  const ids = [...new Set(rows.map(row => row.customerId))]
  const golden =
    ids.length === 0
      ? []
      : await app.facts.query<Record<string, string> & { customer_id: number }>(
          `SELECT customer_id, name, mobile, landline, email, street AS address FROM golden_records
           WHERE run_id = {run_id:UInt64} AND customer_id IN {ids:Array(UInt64)}`,
          { run_id: runId, ids },
        )
  const known = new Map(golden.map(row => [row.customer_id, row]))
  return {
    total,
    rows: rows.map(row => {
      const record = known.get(row.customerId)
      return {
        ...row,
        name: String(record?.['name'] ?? ''),
        value: shown(reader, row.field, String(record?.[row.field] ?? '')),
        loss: most > 0 ? row.loss / most : 0,
        asked: asked.has(`${row.customerId} ${row.field}`),
      }
    }),
  }
}
