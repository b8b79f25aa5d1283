/** What is known of one customer, read in one statement: each row is one thing, as JSON, under its name. */
import type { App } from '../../platform/app.ts'

export interface Golden {
  name: string
  kind: 'person' | 'organisation'
  language: string
  contact_person: string
  birth_date: string | null
  mobile: string
  landline: string
  email: string
  province: string
  city: string
  district: string
  street: string
  postcode: string
  accounts: string[]
  since: string | null
  provenance: string
}

export interface Score {
  m: number
  value_minor: number
  churn_probability: number
  churn_reasons: string[]
}

export interface Planned {
  offer: string
  channel: string
  value_minor: number
  acceptance: number
  control: number
}

export interface Paper {
  communication_id: string
  kind: string
  class: string
  channel: string
  offer: string
  subject: string
  composed_at: string
  state: string
  reason: string
  pages: number
  /** Of all the customer ever got. */
  total: number
}

export interface Look {
  golden: Golden | null
  score: Score | null
  segment: string
  alarms: { measure: string; since: string }[]
  planned: Planned[]
  /** The newest communications. */
  papers: Paper[]
  /** By communication, what became of it. */
  states: Map<string, string>
}

/** A tuple with names becomes a JSON object. */
const object = (columns: readonly string[]): string =>
  `toJSONString(tuple(${columns.join(', ')})::Tuple(${columns.map(column => `${column} ${types[column] ?? 'String'}`).join(', ')}))`

const types: Record<string, string> = {
  birth_date: 'Nullable(String)',
  since: 'Nullable(String)',
  accounts: 'Array(String)',
  m: 'UInt8',
  value_minor: 'Float64',
  churn_probability: 'Float32',
  churn_reasons: 'Array(String)',
  acceptance: 'Float32',
  control: 'UInt8',
  pages: 'UInt16',
  total: 'UInt32',
}

const GOLDEN = [
  'name',
  'kind',
  'language',
  'contact_person',
  'birth_date',
  'mobile',
  'landline',
  'email',
  'province',
  'city',
  'district',
  'street',
  'postcode',
  'accounts',
  'since',
  'provenance',
]

const PAPER = [
  'communication_id',
  'kind',
  'class',
  'channel',
  'offer',
  'subject',
  'composed_at',
  'state',
  'reason',
  'pages',
  'total',
]

/**
 * Eight things at once: a statement of its own costs the engine some 3 ms whatever it reads, and a desk asks for all of them each time
 * a telephone rings.
 */
const LOOK = `
SELECT 'golden' AS what, ${object(GOLDEN)} AS value
FROM golden_records WHERE run_id = {identity:UInt64} AND customer_id = {id:UInt64}
UNION ALL
SELECT 'score', ${object(['m', 'value_minor', 'churn_probability', 'churn_reasons'])}
FROM scores WHERE run_id = {models:UInt64} AND customer_id = {id:UInt64}
UNION ALL
SELECT 'segment', toString(segment) FROM segment_members WHERE run_id = {segments:UInt64} AND customer_id = {id:UInt64}
UNION ALL
SELECT 'alarm', ${object(['measure', 'since'])} FROM (
  SELECT measure, since FROM customer_alarms WHERE run_id = {alarms:UInt64} AND customer_id = {id:UInt64} ORDER BY stake_minor DESC LIMIT 4)
UNION ALL
SELECT 'planned', ${object(['offer', 'channel', 'value_minor', 'acceptance', 'control'])} FROM (
  SELECT offer, channel, value_minor, acceptance, 0 AS control FROM plan_assignments WHERE run_id = {plan:UInt64} AND customer_id = {id:UInt64}
  UNION ALL
  SELECT offer, channel, value_minor, acceptance, 1 AS control FROM control_members WHERE run_id = {plan:UInt64} AND customer_id = {id:UInt64})
UNION ALL
SELECT 'paper', ${object(PAPER)} FROM (
  SELECT communication_id, kind, class, channel, offer, subject, formatDateTime(at, '%Y-%m-%dT%H:%i:%SZ') AS composed_at, state, reason, pages, total
  FROM (
    SELECT *, count() OVER () AS total FROM (
      SELECT communication_id, kind, class, channel, offer, subject, composed_at AS at, toString(state) AS state, reason, pages FROM communications
      WHERE customer_id = {id:UInt64} ORDER BY communication_id, state = 'composed' DESC, run_id LIMIT 1 BY communication_id)
  ) ORDER BY at DESC, communication_id LIMIT 12)
UNION ALL
SELECT 'state', concat(communication_id, ' ', state) FROM (
  SELECT communication_id, toString(state) AS state FROM deliveries WHERE customer_id = {id:UInt64}
  ORDER BY communication_id, attempt DESC, state != 'claimed' DESC, at DESC LIMIT 1 BY communication_id)`

export async function lookAt(app: App, identity: number, id: number): Promise<Look> {
  const [models, segments, alarms, plan] = await Promise.all([
    app.runs.latest('models'),
    app.runs.latest('segments'),
    app.runs.latest('alarms'),
    app.runs.latest('plan'),
  ])
  const runs = { identity, models: models ?? 0, segments: segments ?? 0, alarms: alarms ?? 0, plan: plan ?? 0 }
  const rows = await app.facts.query<{ what: string; value: string }>(LOOK, { ...runs, id })
  const of = <T>(what: string): T[] => rows.filter(row => row.what === what).map(row => JSON.parse(row.value) as T)
  return {
    golden: of<Golden>('golden')[0] ?? null,
    score: of<Score>('score')[0] ?? null,
    segment: rows.find(row => row.what === 'segment')?.value ?? '',
    alarms: of('alarm'),
    planned: of<Planned>('planned').sort((a, b) => b.value_minor - a.value_minor),
    papers: of<Paper>('paper').sort((a, b) => b.composed_at.localeCompare(a.composed_at)),
    states: new Map(
      rows.filter(row => row.what === 'state').map(({ value }) => [value.slice(0, 32), value.slice(33)] as const),
    ),
  }
}
