/**
 * Acts on what customers said to machines of other systems (collect/events/said-events.ts): voice menus, chat programs, terminals. Each
 * consequence has an id made from the event, so that an event heard twice has them once.
 */
import { saidEvents, saidTypes } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { type Consequences, consequences, type Said } from './consequences.ts'

/** Reported late is no wish of today: a backlog of years is history. */
const FRESH_DAYS = 7
const AT_ONCE = 5000

const NEW = `
SELECT event_id AS eventId, customer_id AS customerId, toString(type) AS type, toString(channel) AS channel, at,
  communication_id AS communicationId, payload, received_at AS receivedAt
FROM events FINAL
WHERE (received_at, event_id) > ({from:DateTime64(3)}, {after:String}) AND type IN {types:Array(String)}
  AND at >= now() - INTERVAL ${FRESH_DAYS} DAY
ORDER BY received_at, event_id LIMIT ${AT_ONCE}`

interface Row {
  eventId: string
  customerId: number
  type: keyof Consequences
  channel: string
  at: string
  communicationId: string
  payload: string
  receivedAt: string
}

const running = new WeakMap<App['workflow'], Promise<unknown>>()

/** One after another: who asks meanwhile waits for a pass that sees its event. */
export function hearEvents(app: App): Promise<{ heard: number }> {
  const after = (running.get(app.workflow) ?? Promise.resolve()).catch(() => undefined)
  const pass = after.then(() => hearNew(app))
  running.set(app.workflow, pass)
  return pass
}

async function hearNew(app: App): Promise<{ heard: number }> {
  const { db } = app.workflow
  const known = await db.selectFrom('heard_events').select('up_to').executeTakeFirst()
  const since = known?.up_to ?? new Date(Date.now() - FRESH_DAYS * 86_400_000)
  // Clocks of several processes: a minute is heard again, and what follows has ids.
  let from = new Date(since.getTime() - 60_000)
  const { newest } = await app.facts.one<{ newest: string }>('SELECT max(received_at) AS newest FROM events')
  let heard = 0
  for (let after = ''; ; ) {
    const rows: Row[] = await app.facts.query<Row>(NEW, { from, after, types: [...saidTypes] })
    for (const row of rows) await hearOne(app, row)
    heard += rows.length
    const last = rows.at(-1)
    if (rows.length < AT_ONCE || !last) break
    from = new Date(last.receivedAt)
    after = last.eventId
  }
  const upTo = { up_to: new Date(newest) }
  await db
    .insertInto('heard_events')
    .values({ one: true, ...upTo })
    .onConflict(conflict => conflict.column('one').doUpdateSet(upTo))
    .execute()
  return { heard }
}

/** What cannot be followed (an offer that is no more, a time that is past) stays an event, and the others are heard. */
async function hearOne(app: App, row: Row): Promise<void> {
  const read = saidEvents[row.type].safeParse(JSON.parse(row.payload))
  if (!read.success) return
  const said: Said = {
    eventId: row.eventId,
    customerId: Number(row.customerId),
    channel: row.channel || 'ivr',
    at: new Date(row.at),
    communicationId: row.communicationId,
  }
  const follow = consequences[row.type] as (app: App, said: Said, payload: unknown) => Promise<void>
  await follow(app, said, read.data).catch(error =>
    app.log.warn({ err: error, event: row.eventId }, 'what was said could not be followed'),
  )
}
