/** What the script need not ask, since we know it: golden fields, research answers and consents, each with where it comes from. */
import { type Standing, standingConsents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import type { DeskScript } from './kinds/kind.ts'

export interface KnownAnswer {
  value: string
  source: string
  at: string | null
}

export type Known = Record<string, KnownAnswer>

/** Fields of the golden record that a script may ask. */
const GOLDEN = [
  'mobile',
  'landline',
  'email',
  'birth_date',
  'gender',
  'street',
  'district',
  'city',
  'province',
  'postcode',
]

/**
 * Of what this script asks: by a golden field, an attribute's name, or `consent.<channel>`. `profile`: what is known of the customer;
 * consents are read where the script speaks of them and nobody has read them yet.
 */
export async function knownAnswers(
  app: App,
  customerId: number,
  script: DeskScript,
  profile: Known,
  standing?: ReadonlyMap<string, Standing>,
): Promise<Known> {
  const asked = script.blocks.flatMap(({ fields }) => fields.map(field => field.golden ?? field.id))
  const consents = asked.some(name => name.startsWith('consent.'))
  const all: Known = {
    ...profile,
    ...(consents ? consentAnswers(standing ?? (await consentsOf(app, customerId))) : {}),
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => asked.includes(name)))
}

/** Rows of what is known of customers `ids`, the golden record as one of them. */
export const PROFILE = `
SELECT 'golden' AS what, customer_id AS id, name, toJSONString(map(${GOLDEN.map(
  field => `'${field}', ifNull(toString(${field}), '')`,
).join(', ')})) AS value, '' AS source, provenance AS at
FROM golden_records WHERE run_id = {runId:UInt64} AND customer_id IN {ids:Array(UInt64)}
UNION ALL
SELECT 'attribute', customer_id, toString(name), value, toString(source), formatDateTime(at, '%Y-%m-%dT%H:%i:%SZ') FROM customer_attributes
WHERE run_id = {runId:UInt64} AND customer_id IN {ids:Array(UInt64)}`

export interface ProfileRow {
  what: string
  /** The customer's. */
  id: number
  /** Of the answer; of the golden record: the customer's. */
  name: string
  /** Of the golden record: all fields as JSON. */
  value: string
  source: string
  /** Of the golden record: its provenance. */
  at: string
}

/** Golden fields and research answers, each with its source. */
export function profileOf(rows: readonly ProfileRow[]): Known {
  const known: Known = {}
  for (const { what, source, name, value, at } of rows) {
    if (what !== 'golden') {
      known[name] = { value, source, at }
      continue
    }
    const from = JSON.parse(at || '{}') as Record<string, { source?: string; at?: string }>
    for (const [field, own] of Object.entries(JSON.parse(value) as Record<string, string>)) {
      if (own === '') continue
      const its = from[field] ?? from['address']
      known[field] = { value: own, source: its?.source ?? '', at: its?.at ?? null }
    }
  }
  return known
}

export async function profileAnswers(app: App, customerId: number): Promise<Known> {
  const runId = await app.runs.latest('identity')
  return runId === null ? {} : profileOf(await app.facts.query<ProfileRow>(PROFILE, { runId, ids: [customerId] }))
}

async function consentsOf(app: App, customerId: number): Promise<ReadonlyMap<string, Standing>> {
  const runId = await app.runs.latest('identity')
  return runId === null ? new Map() : standingConsents(app, runId, [customerId])
}

const consentAnswers = (standing: ReadonlyMap<string, Standing>): Known =>
  Object.fromEntries(
    Array.from(standing, ([key, { granted, at, source }]) => [
      `consent.${key.split('/')[1]}`,
      { value: granted ? 'granted' : 'refused', source, at: at.toISOString() },
    ]),
  )
