/** Everything a customer ever said of consent and preferences, newest first, with the words agreed to and the evidence. */
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { wordings } from './wordings.ts'

export interface HistoryRow {
  kind: 'consent' | 'preference'
  purpose: string
  channel: string
  state: string
  at: string
  source: string
  wording: string
  wordingVersion: number
  text: Text | null
  evidenceHow: string
  evidenceRef: string
  /** 0: a file or another system said so. */
  actor: number
  recordedAt: string | null
  /** Hash in the ledger; '' of a statement that came with an import. */
  hash: string
}

type Store = Pick<App, 'workflow' | 'facts'>

const FROM_SOURCES = `
SELECT toString(channel) AS channel, toString(purpose) AS purpose, granted, at, toString(source) AS source, wording, evidence
FROM consents
WHERE (source, row_key) IN (SELECT source, row_key FROM record_links WHERE run_id = {run_id:UInt64} AND customer_id = {id:UInt64})
  AND import_id IN (SELECT import_id FROM import_commits)
ORDER BY at DESC, channel
LIMIT 1000`

export async function consentHistory(app: Store, identityRun: number, id: number): Promise<HistoryRow[]> {
  const former = await app.facts.query<{ old_id: number }>(
    'SELECT old_id FROM customer_redirects WHERE run_id = {run_id:UInt64} AND customer_id = {id:UInt64}',
    { run_id: identityRun, id },
  )
  const [said, brought, words] = await Promise.all([
    app.workflow.db
      .selectFrom('consent_ledger')
      .selectAll()
      .where('customer_id', 'in', [id, ...former.map(row => row.old_id)])
      .orderBy('id', 'desc')
      .limit(1000)
      .execute(),
    app.facts.query<{
      channel: string
      purpose: string
      granted: number
      at: string
      source: string
      wording: string
      evidence: string
    }>(FROM_SOURCES, { run_id: identityRun, id }),
    wordings(app),
  ])
  const textOf = new Map(words.map(word => [`${word.code} ${word.version}`, word.text]))
  const rows: HistoryRow[] = [
    ...said.map(row => ({
      kind: row.kind,
      purpose: row.purpose,
      channel: row.channel,
      state: row.state,
      at: row.at.toISOString(),
      source: row.source,
      wording: row.wording,
      wordingVersion: row.wording_version,
      text: textOf.get(`${row.wording} ${row.wording_version}`) ?? null,
      evidenceHow: row.evidence_how,
      evidenceRef: row.evidence_ref,
      actor: row.actor,
      recordedAt: row.recorded_at.toISOString(),
      hash: row.hash,
    })),
    ...brought.map(row => ({
      kind: 'consent' as const,
      purpose: row.purpose,
      channel: row.channel,
      state: row.granted === 1 ? 'granted' : 'refused',
      at: row.at,
      source: row.source,
      wording: row.wording,
      wordingVersion: 0,
      text: null,
      evidenceHow: 'import',
      evidenceRef: row.evidence,
      actor: 0,
      recordedAt: null,
      hash: '',
    })),
  ]
  return rows.sort((a, b) => b.at.localeCompare(a.at))
}
