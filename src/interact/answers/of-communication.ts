/** Whom communications were for: one question for many ids. */
import type { App } from '../../platform/app.ts'

export interface Addressee {
  id: string
  customer_id: number
  channel: string
  class: string
  kind: string
  offer: string
  language: string
  address: string
  sent_at: string
}

/** By id; the erased and the unknown are not there. */
export async function addressees(app: Pick<App, 'facts'>, ids: readonly string[]): Promise<Map<string, Addressee>> {
  const known = [...new Set(ids)].filter(id => /^[0-9a-f]{32}$/.test(id))
  if (known.length === 0) return new Map()
  const rows = await app.facts.query<Addressee>(
    `SELECT communication_id AS id, customer_id, toString(channel) AS channel, toString(class) AS class, toString(kind) AS kind,
       toString(offer) AS offer, toString(language) AS language, address, composed_at AS sent_at
     FROM communications WHERE communication_id IN {ids:Array(FixedString(32))} AND state = 'composed' AND reason != 'erased'
     LIMIT 1 BY communication_id`,
    { ids: known },
  )
  return new Map(rows.map(row => [row.id, row]))
}
