/** What customers brought to us: complaints, requests and disputes, and the questions of the inbox that became no case. */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { addDays, type Span } from './periods.ts'

export type VoiceKind = 'complaint' | 'request' | 'dispute' | 'question'

export interface Voice {
  /** `case-12`, `message-7` */
  id: string
  kind: VoiceKind
  /** 0: nobody we know, or erased. */
  customerId: number
  at: Date
  /** Day of UTC. */
  day: string
  category: string
  productCode: string
  communicationId: string
  line: string
  /** Where it reached us. */
  channel: string
  /** Of the case or of the thread. */
  path: string
}

interface Row {
  id: string
  kind: VoiceKind
  customer_id: number
  at: Date
  category: string
  product_code: string
  communication_id: string
  line: string
  channel: string
  path: string
}

/** A message that became a case is the case. */
const VOICES = ({ from, to }: Span) => sql<Row>`
  SELECT 'case-' || case_id AS id, kind, customer_id, opened_at AS at, category, product_code, communication_id, line, source AS channel,
    '/cases/' || case_id AS path
  FROM cases WHERE opened_at >= ${from}::date AND opened_at < ${to}::date
  UNION ALL
  SELECT 'message-' || m.message_id, 'question', t.customer_id, m.at, '', '', t.communication_id, '', t.channel,
    '/inbox?thread=' || t.thread_id
  FROM inbox_messages m JOIN inbox_threads t USING (thread_id)
  WHERE m.direction = 'in' AND m.at >= ${from}::date AND m.at < ${to}::date AND coalesce(m.label, m.class) = 'question'
    AND coalesce(m.followed, '') NOT LIKE 'case:%'`

export async function voicesIn({ workflow }: Pick<App, 'workflow'>, { from, to }: Span): Promise<Voice[]> {
  const { rows } = await VOICES({ from, to: addDays(to, 1) }).execute(workflow.db)
  return rows.map(row => ({
    id: row.id,
    kind: row.kind,
    customerId: Number(row.customer_id),
    at: row.at,
    day: row.at.toISOString().slice(0, 10),
    category: row.category,
    productCode: row.product_code,
    communicationId: row.communication_id,
    line: row.line,
    channel: row.channel,
    path: row.path,
  }))
}

/** Letters of one customer are one voice in what is counted; of those we do not know each is one. */
export const speakerOf = ({ customerId, id }: Pick<Voice, 'customerId' | 'id'>): string =>
  customerId === 0 ? id : String(customerId)

/** Longer texts say their theme in their first two thousand characters. */
const MOST_CHARACTERS = 2000

/** Their words: of more than `most` voices a sample that does not lean (by the hash of their numbers), the same each time. */
export async function wordsOf(
  { workflow }: Pick<App, 'workflow'>,
  { from, to }: Span,
  most: number,
): Promise<Map<string, string>> {
  const until = addDays(to, 1)
  const { rows } = await sql<{ id: string; words: string }>`
    SELECT id, left(words, ${MOST_CHARACTERS}) AS words FROM (
      SELECT 'case-' || case_id AS id, CASE WHEN starts_with(words, title) THEN words ELSE title || E'\n' || words END AS words
      FROM cases WHERE opened_at >= ${from}::date AND opened_at < ${until}::date AND words <> ''
      UNION ALL
      SELECT 'message-' || message_id, subject || E'\n' || text FROM inbox_messages
      WHERE direction = 'in' AND at >= ${from}::date AND at < ${until}::date AND coalesce(label, class) = 'question'
        AND coalesce(followed, '') NOT LIKE 'case:%' AND text <> ''
    ) AS said ORDER BY md5(id) LIMIT ${most}`.execute(workflow.db)
  return new Map(rows.map(row => [row.id, row.words]))
}
