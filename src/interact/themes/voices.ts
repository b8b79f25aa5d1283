/**
 * What customers brought to us: complaints, requests and disputes, and the questions of the inbox that became no case. As columns of some 70
 * bytes a voice: a million are never objects.
 */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { Coded } from './coded.ts'
import { addDays, DAY_MS, type Span } from './periods.ts'

export const voiceKinds = ['complaint', 'request', 'dispute', 'question'] as const
export type VoiceKind = (typeof voiceKinds)[number]

/** Voices by the number they have here, in no order of time. */
export interface Voices {
  length: number
  /** 1: a message of the inbox, else a case; each with its own numbers. */
  isMessage: Uint8Array
  id: Int32Array
  /** Of a message. */
  thread: Int32Array
  kind: Uint8Array
  /** 0: nobody we know, or erased. */
  customer: Float64Array
  /** Milliseconds, and the day of UTC since 1970. */
  at: Float64Array
  day: Int32Array
  /** 1: it has words. */
  spoken: Uint8Array
  category: Coded
  product: Coded
  line: Coded
  /** Where it reached us. */
  channel: Coded
  /** Article numbers that its words may name, by voice; the catalogue says which are. */
  codes: Map<number, string[]>
}

export const kindOf = (voices: Voices, at: number): VoiceKind => voiceKinds[voices.kind[at]!]!
/** `case-12`, `message-7` */
export const idOf = ({ isMessage, id }: Voices, at: number): string =>
  `${isMessage[at] === 1 ? 'message' : 'case'}-${id[at]}`
/** Of the case or of the thread. */
export const pathOf = ({ isMessage, id, thread }: Voices, at: number): string =>
  isMessage[at] === 1 ? `/inbox?thread=${thread[at]}` : `/cases/${id[at]}`

/** An article number has a digit and three to fifteen signs; what is not in the catalogue falls away later. */
const CODE = '(?:^|[^[:alnum:]])(?=[a-z-]*[0-9])([a-z0-9][a-z0-9-]{2,14})(?![[:alnum:]])'

/** Asked in the store: texts stay there, and of most there is nothing to bring. */
const codesIn = (text: ReturnType<typeof sql>) => sql`CASE WHEN ${text} ~ '[0-9]' THEN
  (SELECT string_agg(DISTINCT upper(m[1]), ' ') FROM regexp_matches(${text}, ${CODE}, 'gi') AS m) END`

/** One page of one kind of voices, each column as JSON: a quarter of the time that rows take. */
interface Page {
  id: number[]
  thread: number[]
  kind: VoiceKind[]
  customer: number[]
  at: number[]
  spoken: number[]
  category: string[]
  product: string[]
  line: string[]
  channel: string[]
  communication: string[]
  codes: (string | null)[]
}

const COLUMNS: readonly (keyof Page)[] = [
  ...(['id', 'thread', 'kind', 'customer', 'at', 'spoken', 'category', 'product', 'line', 'channel'] as const),
  ...(['communication', 'codes'] as const),
]

/** Each page holds up the others who ask the store: 50 ms. */
const PAGE = 10_000

/** A message that became a case is the case. */
const cases = ({ from, to }: Span, after: number) => sql`
  SELECT case_id AS id, 0 AS thread, kind, customer_id AS customer, extract(epoch FROM opened_at) * 1000 AS at, (words <> '')::int AS spoken,
    category, product_code AS product, line, source AS channel, communication_id AS communication, ${codesIn(sql`(line || ' ' || title || ' ' || words)`)} AS codes
  FROM cases WHERE case_id > ${after} AND opened_at >= ${from}::date AND opened_at < ${to}::date ORDER BY case_id LIMIT ${PAGE}`

const messages = ({ from, to }: Span, after: number) => sql`
  SELECT m.message_id AS id, m.thread_id AS thread, 'question' AS kind, t.customer_id AS customer, extract(epoch FROM m.at) * 1000 AS at,
    (m.text <> '')::int AS spoken, '' AS category, '' AS product, '' AS line, t.channel AS channel, t.communication_id AS communication,
    ${codesIn(sql`(m.subject || ' ' || m.text)`)} AS codes
  FROM inbox_messages m JOIN inbox_threads t USING (thread_id)
  WHERE m.message_id > ${after} AND m.direction = 'in' AND m.at >= ${from}::date AND m.at < ${to}::date
    AND coalesce(m.label, m.class) = 'question' AND coalesce(m.followed, '') NOT LIKE 'case:%'
  ORDER BY m.message_id LIMIT ${PAGE}`

/** `documents` is handed the communications of each page, by number of the voice. */
export async function voicesIn(
  { workflow }: Pick<App, 'workflow'>,
  { from, to }: Span,
  documents: (from: number, communications: readonly string[]) => Promise<void>,
): Promise<Voices> {
  const span = { from, to: addDays(to, 1) }
  const { rows } = await sql<{ n: number }>`
    SELECT (SELECT count(*) FROM cases WHERE opened_at >= ${span.from}::date AND opened_at < ${span.to}::date)
      + (SELECT count(*) FROM inbox_messages WHERE direction = 'in' AND at >= ${span.from}::date AND at < ${span.to}::date) AS n`.execute(
    workflow.db,
  )
  // What arrives while it is read waits for the next look.
  const voices = emptyVoices(Number(rows[0]!.n))
  for (const [isMessage, query] of [cases, messages].entries())
    for (let after = 0; ; ) {
      const page = await pageOf(workflow, query(span, after))
      const taken = Math.min(page.id.length, voices.day.length - voices.length)
      await documents(voices.length, page.communication.slice(0, taken))
      fill(voices, page, taken, isMessage)
      if (page.id.length < PAGE) break
      after = page.id.at(-1)!
    }
  return voices
}

async function pageOf({ db }: App['workflow'], query: ReturnType<typeof cases>): Promise<Page> {
  const columns = sql.join(COLUMNS.map(name => sql`json_agg(${sql.ref(name)})`))
  const { rows } = await sql<{
    page: string
  }>`SELECT json_build_array(${columns})::text AS page FROM (${query}) AS p`.execute(db)
  const values = JSON.parse(rows[0]!.page) as (unknown[] | null)[]
  return Object.fromEntries(COLUMNS.map((name, i) => [name, values[i] ?? []])) as unknown as Page
}

const emptyVoices = (n: number): Voices => ({
  length: 0,
  ...{ isMessage: new Uint8Array(n), id: new Int32Array(n), thread: new Int32Array(n), kind: new Uint8Array(n) },
  ...{ customer: new Float64Array(n), at: new Float64Array(n), day: new Int32Array(n), spoken: new Uint8Array(n) },
  ...{ category: new Coded(n), product: new Coded(n), line: new Coded(n), channel: new Coded(n), codes: new Map() },
})

function fill(voices: Voices, page: Page, taken: number, isMessage: number): void {
  for (let i = 0; i < taken; i++) {
    const n = voices.length++
    voices.isMessage[n] = isMessage
    voices.id[n] = page.id[i]!
    voices.thread[n] = page.thread[i]!
    voices.kind[n] = voiceKinds.indexOf(page.kind[i]!)
    voices.customer[n] = page.customer[i]!
    voices.at[n] = page.at[i]!
    voices.day[n] = Math.floor(page.at[i]! / DAY_MS)
    voices.spoken[n] = page.spoken[i]!
    voices.category.set(n, page.category[i]! && `${page.kind[i]}/${page.category[i]}`)
    voices.product.set(n, page.product[i]!)
    voices.line.set(n, page.line[i]! && lineKey(page.line[i]!))
    voices.channel.set(n, page.channel[i]!)
    const codes = page.codes[i]
    if (codes) voices.codes.set(n, codes.split(' '))
  }
}

/** The words of a disputed line without its date, its number and its sum: those differ on every bill. */
export const lineKey = (line: string): string =>
  line
    .split(' · ')
    .map(part => part.replace(/\d+([.,]\d+)*/g, '#').trim())
    .filter(part => /\p{L}/u.test(part.replace(/\b[A-Z]{3}\b/g, '')))
    .join(' · ')
    .slice(0, 200)

/** Longer texts say their theme in their first two thousand characters. */
const MOST_CHARACTERS = 2000
const TEXTS_AT_A_TIME = 2000

/** What some of the voices said, by number; of the erased nothing. */
export async function wordsOf(
  { workflow }: Pick<App, 'workflow'>,
  voices: Voices,
  some: ArrayLike<number>,
): Promise<Map<number, string>> {
  const words = new Map<number, string>()
  for (const isMessage of [0, 1]) {
    const asked = Array.from(some).filter(at => voices.isMessage[at] === isMessage)
    for (let from = 0; from < asked.length; from += TEXTS_AT_A_TIME) {
      const part = asked.slice(from, from + TEXTS_AT_A_TIME)
      const numbers = new Map(part.map(at => [voices.id[at]!, at]))
      const ids = sql`ANY(${JSON.stringify([...numbers.keys()])
        .replace('[', '{')
        .replace(']', '}')}::int4[])`
      const { rows } = await (isMessage === 1
        ? sql<Words>`SELECT message_id AS id, left(subject || E'\n' || text, ${MOST_CHARACTERS}) AS words FROM inbox_messages WHERE message_id = ${ids} AND text <> ''`
        : sql<Words>`SELECT case_id AS id, left(CASE WHEN starts_with(words, title) THEN words ELSE title || E'\n' || words END, ${MOST_CHARACTERS}) AS words
            FROM cases WHERE case_id = ${ids} AND words <> ''`
      ).execute(workflow.db)
      for (const row of rows) words.set(numbers.get(row.id)!, row.words)
    }
  }
  return words
}

interface Words {
  id: number
  words: string
}

/** Of more than `most` with words a sample that does not lean (by the hash of their numbers), the same each time. */
export function sampleOf({ length, id, isMessage, spoken }: Voices, most: number): Uint32Array {
  const told: number[] = []
  for (let at = 0; at < length; at++) if (spoken[at] === 1) told.push(at)
  const hashes = Uint32Array.from(told, at => hash(2 * id[at]! + isMessage[at]!))
  if (told.length <= most) return Uint32Array.from(told)
  const limit = Uint32Array.from(hashes).sort()[most]!
  return Uint32Array.from(told.filter((_, i) => hashes[i]! < limit))
}

/** Of murmur3's last step: every bit of the number moves every bit of the hash. */
function hash(number: number): number {
  let h = number >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
