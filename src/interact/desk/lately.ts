/** What happened with the customer of late: the events, read once for everything the desk draws from them. */
import type { App } from '../../platform/app.ts'

export interface Happened {
  type: string
  channel: string
  at: string
  communicationId: string
  payload: Record<string, unknown>
}

export interface Lately {
  rows: Happened[]
  /** The last complaint; null: none ever. Open: nothing came after it that settled it. */
  complaint: { at: string; open: boolean } | null
}

const SHOWN = 80

/** One row of each customer with whom anything happened. Parameters: `ids`, `resolvedBy`. */
export const LATELY = `
SELECT
  customer_id AS id,
  countIf(type = 'complaint') AS complaints, toString(toDate(maxIf(at, type = 'complaint'))) AS day,
  maxIf(at, type = 'complaint') > maxIf(at, has({resolvedBy:Array(String)}, type)) AS open,
  groupArraySorted(${SHOWN})((-toUnixTimestamp64Milli(at), concat(replaceOne(toString(at), ' ', 'T'), 'Z'), toString(type), toString(channel), communication_id, payload)) AS newest
FROM events FINAL WHERE customer_id IN {ids:Array(UInt64)} GROUP BY customer_id`

type Row = [minus: number, at: string, type: string, channel: string, communicationId: string, payload: string]

export interface LatelyRow {
  complaints: number
  day: string
  open: number
  newest: Row[]
}

export const NOTHING_YET: LatelyRow = { complaints: 0, day: '', open: 0, newest: [] }

export const latelyOf = ({ complaints, day, open, newest }: LatelyRow): Lately => ({
  complaint: complaints > 0 ? { at: day, open: open === 1 } : null,
  rows: newest.map(([, at, type, channel, communicationId, payload]) => ({
    type,
    channel,
    at,
    communicationId,
    payload: JSON.parse(payload) as Record<string, unknown>,
  })),
})

/** Events that settle a complaint are the contact policy's. */
export const SETTLED_BY: readonly string[] = ['complaint-resolved']

export const lately = async (app: App, id: number): Promise<Lately> =>
  latelyOf((await app.facts.query<LatelyRow>(LATELY, { ids: [id], resolvedBy: [...SETTLED_BY] }))[0] ?? NOTHING_YET)
