/** What the script need not ask, since we know it: golden fields, research answers and consents, each with where it comes from. */
import { standingConsents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import type { DeskScript } from './kinds/kind.ts'

export interface KnownAnswer {
  value: string
  source: string
  at: string | null
}

type Known = Record<string, KnownAnswer>

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

/** Of what this script asks: by a golden field, an attribute's name, or `consent.<channel>`. Nothing is read for what it does not. */
export async function knownAnswers(app: App, customerId: number, script: DeskScript): Promise<Known> {
  const asked = script.blocks.flatMap(({ fields }) => fields.map(field => field.golden ?? field.id))
  const consents = asked.some(name => name.startsWith('consent.'))
  const others = asked.some(name => !name.startsWith('consent.'))
  const [profile, said] = await Promise.all([
    others ? profileAnswers(app, customerId) : {},
    consents ? consentAnswers(app, customerId) : {},
  ])
  const all: Known = { ...profile, ...said }
  return Object.fromEntries(Object.entries(all).filter(([name]) => asked.includes(name)))
}

const PROFILE = `
SELECT 'golden' AS source, '' AS name, toJSONString(map(${GOLDEN.map(
  field => `'${field}', ifNull(toString(${field}), '')`,
).join(', ')})) AS value, provenance AS at
FROM golden_records WHERE run_id = {runId:UInt64} AND customer_id = {id:UInt64}
UNION ALL
SELECT toString(source), toString(name), value, formatDateTime(at, '%Y-%m-%dT%H:%i:%SZ') FROM customer_attributes
WHERE run_id = {runId:UInt64} AND customer_id = {id:UInt64}`

/** Golden fields and research answers. */
export async function profileAnswers(app: App, customerId: number): Promise<Known> {
  const runId = await app.runs.latest('identity')
  if (runId === null) return {}
  const rows = await app.facts.query<{ source: string; name: string; value: string; at: string }>(PROFILE, {
    runId,
    id: customerId,
  })
  const known: Known = {}
  for (const { source, name, value, at } of rows) {
    if (source !== 'golden' || name !== '') {
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

async function consentAnswers(app: App, customerId: number): Promise<Known> {
  const runId = await app.runs.latest('identity')
  if (runId === null) return {}
  const standing = await standingConsents(app, runId, [customerId])
  return Object.fromEntries(
    Array.from(standing, ([key, { granted, at, source }]) => [
      `consent.${key.split('/')[1]}`,
      { value: granted ? 'granted' : 'refused', source, at: at.toISOString() },
    ]),
  )
}
