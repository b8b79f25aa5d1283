/** What a customer was sent: what went out, by the channels that are read here; nothing that was held back or is still to come. */
import { type ManifestRow, manifestOf } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { HuiyinError } from '../../platform/errors.ts'
import { numbersOf } from './known-by.ts'
import type { Place } from './place.ts'
import { type Guest, notYours } from './visit.ts'
import type { PortalWord } from './words-en.ts'

export interface Paper {
  id: string
  kind: string
  channel: string
  subject: string
  language: string
  at: string
}

const PAPERS = `
WITH
  went AS (
    SELECT communication_id, min(at) AS sent_at FROM deliveries
    WHERE customer_id IN {ids:Array(UInt64)} AND state IN ('settled', 'uncertain') GROUP BY communication_id
  ),
  papers AS (
    SELECT communication_id AS id, toString(kind) AS kind, toString(channel) AS channel, subject, toString(language) AS language, sent_at AS at
    FROM communications INNER JOIN went USING (communication_id)
    WHERE customer_id IN {ids:Array(UInt64)} AND state = 'composed' AND reason != 'erased' AND channel IN {channels:Array(String)}
    ORDER BY communication_id, run_id LIMIT 1 BY communication_id
  )
SELECT *, count() OVER () AS total FROM papers ORDER BY at DESC, id LIMIT {limit:UInt32} OFFSET {offset:UInt32}`

export async function papersOf(
  app: App,
  place: Place,
  customerId: number,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ total: number; rows: Paper[] }> {
  const rows = await app.facts.query<Paper & { total: number }>(PAPERS, {
    ids: await numbersOf(app, customerId),
    channels: [...place.channels],
    offset,
    limit,
  })
  return { total: rows[0]?.total ?? 0, rows }
}

const WENT = `
SELECT count() AS n FROM deliveries
WHERE customer_id = {customer:UInt64} AND communication_id = {id:FixedString(32)} AND state IN ('settled', 'uncertain')`

/** Theirs, sent, and read here; whatever else is asked for is not there. */
export async function ownPaper(guest: Guest, id: string): Promise<ManifestRow> {
  const row = await manifestOf(guest.app, id).catch(error => {
    if (error instanceof HuiyinError && error.status === 404) return null
    throw error
  })
  const ids = await numbersOf(guest.app, guest.customerId)
  if (!row || !ids.includes(row.customer_id) || !guest.place.channels.includes(row.channel)) return notYours(guest, id)
  const { n } = await guest.app.facts.one<{ n: number }>(WENT, { customer: row.customer_id, id })
  return n > 0 ? row : notYours(guest, id)
}

export const wayOf = (channel: string): PortalWord => {
  const known = ['print', 'letter', 'email', 'sms', 'call', 'portal', 'kiosk', 'desk', 'inbox', 'agent'] as const
  const found = known.find(way => way === channel)
  return found ? `way.${found}` : 'way.other'
}
