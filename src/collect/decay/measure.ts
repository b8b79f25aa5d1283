/** Decay measured from what the company has seen, kept until it is measured anew, and read by whoever asks how likely a value holds. */
import type { App } from '../../platform/app.ts'
import { DAYS_A_MONTH, type DecayRate, estimateDecay, holdsAfter, type Rate, TRADE } from './estimate.ts'
import { DECAYING, DECAYING_FIELDS, type DecayingField, observed } from './observations.ts'

export interface FieldDecay {
  field: DecayingField
  rates: DecayRate[]
}

const dayOf = async (app: App): Promise<string> =>
  (await app.runs.latestTurn())?.asOf ?? new Date().toISOString().slice(0, 10)

export async function measureDecay(app: App, asOf?: string): Promise<FieldDecay[]> {
  const day = asOf ?? (await dayOf(app))
  const fields: FieldDecay[] = []
  for (const field of DECAYING_FIELDS) fields.push({ field, rates: estimateDecay(await observed(app, field, day)) })
  const rows = fields.flatMap(({ field, rates }) =>
    rates.map(rate => ({ field, ...rate, as_of: day, measured_at: new Date() })),
  )
  await app.workflow.transaction(async tx => {
    await tx.deleteFrom('collect_decay').execute()
    await tx.insertInto('collect_decay').values(rows).execute()
  })
  return fields
}

export interface KnownDecay {
  asOf: string
  measuredAt: Date | null
  fields: FieldDecay[]
}

export async function knownDecay(app: App): Promise<KnownDecay> {
  const rows = await app.workflow.db.selectFrom('collect_decay').selectAll().orderBy('source').execute()
  return {
    asOf: rows[0]?.as_of ?? (await dayOf(app)),
    measuredAt: rows[0]?.measured_at ?? null,
    fields: DECAYING_FIELDS.map(field => ({ field, rates: rows.filter(row => row.field === field) })),
  }
}

const ASSUMED: Rate = { rate: TRADE.shape / TRADE.rate, low: 0.3 / TRADE.rate, high: 3 / TRADE.rate }

/** Rate of a field from a source; of the field where the source has none (customers, stewards). */
export function rateFor(known: KnownDecay, field: DecayingField, source: string): Rate {
  const rates = known.fields.find(of => of.field === field)?.rates ?? []
  return rates.find(rate => rate.source === source) ?? rates.find(rate => rate.source === '') ?? ASSUMED
}

/** Which decaying field a golden field belongs to. */
export function decayingOf(field: string): DecayingField | undefined {
  if (field in DECAYING) return field as DecayingField
  return ['street', 'district', 'city', 'province', 'country', 'postcode'].includes(field) ? 'address' : undefined
}

/** How likely a golden value, seen last at `at`, still holds on the day; null for fields that do not decay. */
export function holdsNow(
  known: KnownDecay,
  field: string,
  source: string,
  at: string | null,
): { probability: number; low: number; high: number } | null {
  const decaying = decayingOf(field)
  if (!decaying || !at) return null
  const days = (Date.parse(`${known.asOf}T00:00:00Z`) - Date.parse(at)) / 86_400_000
  // A record without any date says nothing of its age.
  if (Number.isNaN(days) || Date.parse(at) <= 0) return null
  return holdsAfter(rateFor(known, decaying, source), days / DAYS_A_MONTH)
}
