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

/** An article number has a digit and three to fifteen signs, also right after a Chinese word; what is not in the catalogue falls away later. */
const CODE = /(?<![a-z\d])(?=[a-z-]*\d)[a-z\d][a-z\d-]{2,14}(?![a-z\d])/gi

/** Most texts name none: only those with a digit leave the store. Looked for there, by its own expressions, a million took 2 s more. */
const withDigits = (text: ReturnType<typeof sql>) => sql`CASE WHEN ${text} ~ '[0-9]' THEN ${text} END`

export const codesIn = (text: string): string[] => [...new Set(text.match(CODE)?.map(code => code.toUpperCase()))]

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
  digits: (string | null)[]
}

const COLUMNS: readonly (keyof Page)[] = [
  ...(['id', 'thread', 'kind', 'customer', 'at', 'spoken', 'category', 'product', 'line', 'channel'] as const),
  ...(['communication', 'digits'] as const),
]

/** Each page holds up the others who ask the store: 50 ms. */
const PAGE = 10_000

/**
 * By ranges of their numbers, the day behind an expression no index has: a store without statistics took the index of days for each page and
 * sorted all that was left, 1 s a page of a million (50 s in all; now 9).
 */
const within = (id: ReturnType<typeof sql>, at: ReturnType<typeof sql>, { from, to }: Span, after: number) => sql`
  ${id} > ${after} AND ${id} <= ${after + PAGE} AND ${at} + interval '0' >= ${from}::date AND ${at} + interval '0' < ${to}::date`

/** A message that became a case is the case. */
const cases = (span: Span, after: number) => sql`
  SELECT case_id AS id, 0 AS thread, kind, customer_id AS customer, extract(epoch FROM opened_at) * 1000 AS at, (words <> '')::int AS spoken,
    category, product_code AS product, line, source AS channel, communication_id AS communication, ${withDigits(sql`(line || ' ' || title || ' ' || words)`)} AS digits
  FROM cases WHERE ${within(sql`case_id`, sql`opened_at`, span, after)}`

const messages = (span: Span, after: number) => sql`
  SELECT m.message_id AS id, m.thread_id AS thread, 'question' AS kind, t.customer_id AS customer, extract(epoch FROM m.at) * 1000 AS at,
    (m.text <> '')::int AS spoken, '' AS category, '' AS product, '' AS line, t.channel AS channel, t.communication_id AS communication,
    ${withDigits(sql`(m.subject || ' ' || m.text)`)} AS digits
  FROM inbox_messages m JOIN inbox_threads t USING (thread_id)
  WHERE ${within(sql`m.message_id`, sql`m.at`, span, after)} AND m.direction = 'in'
    AND coalesce(m.label, m.class) = 'question' AND coalesce(m.followed, '') NOT LIKE 'case:%'`

/** How many there are at most, and between which numbers. */
interface Range {
  n: number
  first: number
  last: number
}

/** `documents` is handed the communications of each page, by number of the voice. */
export async function voicesIn(
  { workflow }: Pick<App, 'workflow'>,
  { from, to }: Span,
  documents: (from: number, communications: readonly string[]) => Promise<void>,
): Promise<Voices> {
  const span = { from, to: addDays(to, 1) }
  const day = (at: ReturnType<typeof sql>) => sql`${at} >= ${span.from}::date AND ${at} < ${span.to}::date`
  const ranges = await sql<Range>`
    SELECT 0 AS is_message, count(*)::int4 AS n, coalesce(min(case_id), 0) AS first, coalesce(max(case_id), 0) AS last FROM cases WHERE ${day(sql`opened_at`)}
    UNION ALL SELECT 1, count(*)::int4, coalesce(min(message_id), 0), coalesce(max(message_id), 0)
    FROM inbox_messages WHERE direction = 'in' AND ${day(sql`at`)} ORDER BY is_message`.execute(workflow.db)
  // What arrives while it is read waits for the next look.
  const voices = emptyVoices(ranges.rows.reduce((n, range) => n + range.n, 0))
  for (const [isMessage, query] of [cases, messages].entries()) {
    const { first, last } = ranges.rows[isMessage]!
    for (let after = first - 1; after < last; after += PAGE) {
      const page = await pageOf(workflow, query(span, after))
      const taken = Math.min(page.id.length, voices.day.length - voices.length)
      await documents(voices.length, page.communication.slice(0, taken))
      fill(voices, page, taken, isMessage)
    }
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
    const codes = codesIn(page.digits[i] ?? '')
    if (codes.length > 0) voices.codes.set(n, codes)
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
