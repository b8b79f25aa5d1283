/** The whole ledger, of all turns, newest first, page by page: an answer costs what its page holds, not what was passed over. */
import type { App } from '../../platform/app.ts'
import { type LedgerRow, rowsAt } from '../ledger.ts'
import { archiveErrors } from './errors.ts'
import { indexWhatIsMissing } from './index-ledger.ts'
import { peopleLike } from './people-like.ts'
import type { Place } from './places.ts'
import { wordsOf } from './words.ts'

export interface LedgerSearch {
  /** A person, as typed. */
  who: string
  customer?: number | undefined
  /** Days of composing, both included, UTC. */
  from: string
  to: string
  kind: string
  class: string
  channel: string
  template: string
  offer: string
  state: string
  /** An event of it: sent, opened, bounce … */
  happened: string
  /** Words in the document. */
  words: string
  after: string
  limit: number
}

export interface LedgerPage {
  rows: LedgerRow[]
  /** Counted up to a thousand; of the first page only. */
  total: number | null
  /** True: there are more than `total`. */
  more: boolean
  /** What was written before there was an index is not all found yet. */
  indexing: boolean
  /** The place to go on from; null at the end. */
  next: string | null
}

const COUNTED = 1000

/** A condition is left out when nothing is asked of it, so that the engine sees only what narrows. */
const EQUAL = ['kind', 'class', 'channel', 'template', 'offer', 'state'] as const

export async function searchLedger(app: App, search: LedgerSearch): Promise<LedgerPage> {
  const asked = await conditions(app, search)
  if (!asked) return { rows: [], total: 0, more: false, indexing: false, next: null }
  const { where, params } = asked
  const cursor = readCursor(search.after)
  const indexing = cursor ? false : await indexWhatIsMissing(app)
  const [found, counted] = await Promise.all([
    app.facts.query<Place & { composed_at: string }>(
      `SELECT communication_id, run_id, customer_id, composed_at FROM communication_words
       WHERE ${[...where, ...(cursor ? [BEHIND] : [])].join(' AND ')}
       ORDER BY composed_at DESC, communication_id DESC LIMIT 1 BY composed_at, communication_id, run_id LIMIT {limit:UInt32}`,
      { ...params, ...cursor, limit: search.limit + 1 },
    ),
    cursor
      ? null
      : app.facts.one<{ n: number }>(
          `SELECT count() AS n FROM (
             SELECT DISTINCT communication_id, run_id FROM communication_words WHERE ${where.join(' AND ')} LIMIT {most:UInt32})`,
          { ...params, most: COUNTED + 1 },
        ),
  ])
  const page = found.slice(0, search.limit)
  const last = page.at(-1)
  return {
    rows: await rowsAt(app, page),
    total: counted ? Math.min(counted.n, COUNTED) : null,
    more: counted ? counted.n > COUNTED : false,
    indexing,
    next: found.length > search.limit && last ? cursorOf(last) : null,
  }
}

type Values = Record<string, string | number | number[] | string[]>

/** null: nobody is like that. */
async function conditions(app: App, search: LedgerSearch): Promise<{ where: string[]; params: Values } | null> {
  const where = ['1']
  const params: Values = {}
  for (const name of EQUAL)
    if (search[name] !== '') {
      where.push(`${name} = {${name}:String}`)
      params[name] = search[name]
    }
  if (search.from !== '') where.push("composed_at >= toDateTime64({from:String}, 3, 'UTC')")
  if (search.to !== '') where.push("composed_at < toDateTime64({to:String}, 3, 'UTC') + INTERVAL 1 DAY")
  Object.assign(params, { from: search.from, to: search.to })
  const people = [
    ...(search.customer === undefined ? [] : [search.customer]),
    ...(search.who.trim() === '' ? [] : await peopleLike(app, search.who)),
  ]
  if (search.customer !== undefined || search.who.trim() !== '') {
    if (people.length === 0) return null
    where.push('customer_id IN {people:Array(UInt64)}')
    params['people'] = people
  }
  if (search.words.trim() !== '') {
    const words = [...wordsOf(search.words)]
    if (words.length === 0) throw archiveErrors['archive.words-too-short']({ words: search.words })
    where.push('hasAllTokens(words, {words:Array(String)})')
    params['words'] = words
  }
  if (search.happened !== '') {
    where.push(
      `toString(communication_id) IN (SELECT communication_id FROM events WHERE type = {happened:String} AND communication_id != '')`,
    )
    params['happened'] = search.happened
  }
  return { where, params }
}

const BEHIND = `composed_at <= {at:DateTime64(3, 'UTC')} AND (composed_at < {at:DateTime64(3, 'UTC')} OR communication_id < {id:String})`

const cursorOf = (row: Place & { composed_at: string }): string =>
  Buffer.from(`${row.composed_at} ${row.communication_id}`).toString('base64url')

function readCursor(after: string): { at: Date; id: string } | undefined {
  if (after === '') return undefined
  const [at = '', id = ''] = Buffer.from(after, 'base64url').toString().split(' ')
  const moment = new Date(at)
  if (Number.isNaN(moment.getTime()) || !/^[0-9a-f]{32}$/.test(id)) throw archiveErrors['archive.bad-cursor']()
  return { at: moment, id }
}
