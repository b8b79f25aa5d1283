/** Everything known of one customer: golden fields with their sources, consents, attributes, the source rows behind it. */
import type { App } from '../../platform/app.ts'
import type { CustomerDetail } from '../api.ts'
import { holdsNow, type KnownDecay, knownDecay } from '../decay/measure.ts'
import { collectErrors } from '../errors.ts'
import { unitOfField } from '../identity/survivorship.ts'
import { refuseErased } from '../rights/erased.ts'
import { maySee, shown, shownRaw } from './masked.ts'

interface Golden {
  customer_id: number
  kind: 'person' | 'organisation'
  name: string
  name_pinyin: string
  language: string
  accounts: string[]
  since: string | null
  provenance: string
  [field: string]: unknown
}

interface Provenance {
  source: string
  rowKey: string
  at: string
  beat: { value: string; source: string; rowKey: string; why: string }[]
}

const FIELDS = [
  'name',
  'gender',
  'birth_date',
  'id_number',
  'org_code',
  'contact_person',
  'mobile',
  'landline',
  'email',
  'country',
  'province',
  'city',
  'district',
  'street',
  'postcode',
  'language',
]

type Reader = { roles: readonly string[] }

export async function goldenRecord(app: App, runId: number, id: number): Promise<Golden> {
  const [row] = await app.facts.query<Golden>(
    'SELECT * FROM golden_records WHERE run_id = {run_id:UInt64} AND customer_id = {id:UInt64}',
    { run_id: runId, id },
  )
  if (!row) await refuseErased(app, id)
  if (!row) throw collectErrors['collect.customer-unknown']({ customer: id })
  return row
}

export async function customerDetail(app: App, runId: number, id: number, reader: Reader): Promise<CustomerDetail> {
  const params = { run_id: runId, id }
  const [golden, decay, consents, attributes, records, pending] = await Promise.all([
    goldenRecord(app, runId, id),
    knownDecay(app),
    app.facts.query<{ channel: 'email' | 'sms' | 'call' | 'letter'; granted: number; at: string; source: string }>(
      `SELECT channel, granted, at, source FROM customer_consents WHERE run_id = {run_id:UInt64} AND customer_id = {id:UInt64} ORDER BY channel`,
      params,
    ),
    app.facts.query<{ name: string; value: string; source: string; at: string }>(
      'SELECT name, value, source, at FROM customer_attributes WHERE run_id = {run_id:UInt64} AND customer_id = {id:UInt64} ORDER BY name',
      params,
    ),
    recordsOf(app, params, reader),
    pendingAnswers(app, runId, id, reader),
  ])
  return {
    customerId: golden.customer_id,
    kind: golden.kind,
    name: golden.name,
    pinyin: golden.name_pinyin,
    language: golden.language,
    accounts: golden.accounts,
    since: golden.since,
    fields: goldenFields(golden, decay, reader),
    consents: consents.map(consent => ({ ...consent, granted: consent.granted === 1 })),
    attributes,
    records,
    pending,
  }
}

function goldenFields(golden: Golden, decay: KnownDecay, reader: Reader): CustomerDetail['fields'] {
  const provenance = JSON.parse(golden.provenance) as Record<string, Provenance>
  return FIELDS.flatMap(field => {
    const value = String(golden[field] ?? '')
    const unit = unitOfField(field)
    const from = provenance[unit]
    if (value === '') return []
    // The values an address or a name beat are whole ones, told once, with the field that leads the unit.
    const leads = unit === field || field === 'street'
    const beat = leads ? (from?.beat ?? []) : []
    return [
      {
        field,
        value: shown(reader, field, value),
        masked: !maySee(reader, field),
        source: from?.source ?? '',
        rowKey: from?.rowKey ?? '',
        at: from?.at ?? null,
        beat: beat.map(other => ({ ...other, value: shown(reader, field, other.value) })),
        holds: holdsNow(decay, field, from?.source ?? '', from?.at ?? null),
      },
    ]
  })
}

async function recordsOf(
  app: App,
  params: { run_id: number; id: number },
  reader: Reader,
): Promise<CustomerDetail['records']> {
  const rows = await app.facts.query<{
    source: string
    rowKey: string
    probability: number
    raw: string
    file: string
    rowNo: number
  }>(
    `SELECT source, row_key AS rowKey, any(links.probability) AS probability, argMax(raw, (import_id, row_no)) AS raw,
            argMax(file, (import_id, row_no)) AS file, argMax(row_no, (import_id, row_no)) AS rowNo
     FROM (SELECT source, row_key, import_id, row_no, raw FROM source_records
           WHERE (source, row_key) IN (SELECT source, row_key FROM record_links WHERE run_id = {run_id:UInt64} AND customer_id = {id:UInt64})) AS records
     INNER JOIN (SELECT source, row_key, probability FROM record_links WHERE run_id = {run_id:UInt64} AND customer_id = {id:UInt64}) AS links USING (source, row_key)
     INNER JOIN (SELECT import_id, file FROM import_commits) AS imports USING (import_id)
     GROUP BY source, rowKey ORDER BY source, rowKey`,
    params,
  )
  return rows.map(row => ({ ...row, raw: shownRaw(reader, JSON.parse(row.raw) as Record<string, unknown>) }))
}

/** Answers given since the run: the next turn takes them up. */
async function pendingAnswers(app: App, runId: number, id: number, reader: Reader): Promise<CustomerDetail['pending']> {
  const turn = await app.runs.turnOf(runId)
  const run = (await app.runs.runsOf(turn.id)).find(candidate => candidate.id === runId)
  const rows = await app.facts.query<{ payload: string; at: string }>(
    `SELECT payload, at FROM events FINAL WHERE customer_id = {id:UInt64} AND type = 'answer' AND received_at > {since:DateTime64(3)} ORDER BY at DESC`,
    { id, since: run?.startedAt ?? new Date(0) },
  )
  return rows.flatMap(row => {
    const { given, consents } = JSON.parse(row.payload) as {
      given?: Record<string, string>
      consents?: { channel: string; granted: boolean }[]
    }
    const fields = Object.entries(given ?? {}).map(([field, value]) => ({
      field,
      value: shown(reader, field, value),
      at: row.at,
    }))
    return [
      ...fields,
      ...(consents ?? []).map(({ channel, granted }) => ({
        field: `consent.${channel}`,
        value: granted ? 'granted' : 'refused',
        at: row.at,
      })),
    ]
  })
}
