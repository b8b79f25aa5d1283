/**
 * Messages that did not arrive, by the step of a chain: refused or returned, not opened, without a receipt. Only of the last weeks, and
 * only those that have not gone the other way yet.
 */
import { insteadId, type ManifestRow } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import type { FallbackStep } from '../queue/settings.ts'

/** Older ones are history. */
const LOOK_BACK_DAYS = 14

const SIGNS: Record<FallbackStep['when'], { must?: string[]; mustNot?: string[] }> = {
  bounced: { must: ['bounce'] },
  // What a machine fetched was not read.
  unread: { mustNot: ['opened', 'clicked', 'replied', 'unsubscribed', 'complaint'] },
  undelivered: { mustNot: ['delivered', 'replied'] },
}

/** `bounced` also takes what the other side refused at once, and papers whose customer no longer wants them on a screen. */
const MISSED = `
WITH
  handed AS (
    SELECT communication_id, customer_id, max(at) AS last, argMax(state, (attempt, state != 'claimed', at)) AS holds,
      argMax(reason, (attempt, state != 'claimed', at)) AS why
    FROM deliveries
    WHERE channel = {channel:String} AND at > now64(3) - toIntervalDay({days:UInt32} + {back:UInt32})
    GROUP BY communication_id, customer_id
  ),
  told AS (
    SELECT communication_id, groupUniqArray(toString(type)) AS types FROM events FINAL
    WHERE communication_id IN (SELECT communication_id FROM handed) GROUP BY communication_id
  )
SELECT handed.communication_id AS id, handed.customer_id AS customer_id
FROM handed LEFT JOIN told ON toString(handed.communication_id) = told.communication_id
WHERE last < now64(3) - toIntervalDay({days:UInt32})
  AND if({must:String} = '', holds = 'settled' AND NOT hasAny(types, {mustNot:Array(String)}),
    ((holds = 'failed' OR why = 'no-paper-consent') AND {must:String} = 'bounce') OR has(types, {must:String}))`

const ROWS = `
SELECT communication_id, customer_id, toString(kind) AS kind, toString(class) AS class, toString(channel) AS channel,
  toString(offer) AS offer, data, run_id, partition, address
FROM communications
WHERE communication_id IN {ids:Array(FixedString(32))} AND state = 'composed' AND reason != 'erased'
  AND ({class:String} = '' OR class = {class:String})
LIMIT 1 BY communication_id`

/** A statement's parameters hold a megabyte. */
const AT_A_TIME = 5000

export async function missedBy(app: App, step: FallbackStep): Promise<ManifestRow[]> {
  const { must = [], mustNot = [] } = SIGNS[step.when]
  const found = await app.facts.query<{ id: string }>(MISSED, {
    channel: step.from,
    days: step.days,
    back: LOOK_BACK_DAYS,
    must: must[0] ?? '',
    mustNot,
  })
  const missed: ManifestRow[] = []
  for (let from = 0; from < found.length; from += AT_A_TIME) {
    const some = found.slice(from, from + AT_A_TIME).map(({ id }) => id)
    const done = await alreadyThere(
      app,
      some.map(id => insteadId(id, step.to)),
    )
    const left = some.filter(id => !done.has(insteadId(id, step.to)))
    if (left.length > 0) missed.push(...(await app.facts.query<ManifestRow>(ROWS, { ids: left, class: step.class })))
  }
  return missed
}

/** Composed or held: either way it is not tried again. */
async function alreadyThere(app: App, ids: readonly string[]): Promise<Set<string>> {
  const rows = await app.facts.query<{ id: string }>(
    'SELECT DISTINCT communication_id AS id FROM communications WHERE communication_id IN {ids:Array(FixedString(32))}',
    { ids: [...ids] },
  )
  return new Set(rows.map(({ id }) => id))
}
