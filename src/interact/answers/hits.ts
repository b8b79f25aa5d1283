/**
 * Opens and clicks on their way into the events. They are held for some seconds, because only what follows a click tells a person
 * from a scanner, and written together: a picture fetched must not cost an insert. A process killed meanwhile loses those seconds of
 * opens and clicks; what customers decide (unsubscribing, wishes) never waits here.
 */
import { type CustomerEvent, recordEvents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { type Hit, machineTogether } from './machine-hit.ts'
import { type Addressee, addressees } from './of-communication.ts'

const HOLD_MS = 5000
const MOST = 20_000

export interface Hits {
  add(hit: Hit): void
  /** Writes all that is held, however young. */
  flush(): Promise<void>
  close(): Promise<void>
}

const kept = new WeakMap<App['workflow'], Hits>()

export function hitsOf(app: App): Hits {
  const known = kept.get(app.workflow)
  if (known) return known
  const fresh = collectHits(app)
  kept.set(app.workflow, fresh)
  return fresh
}

function collectHits(app: App): Hits {
  let held: Hit[] = []
  let writing: Promise<void> = Promise.resolve()
  const write = (some: Hit[]): Promise<void> => {
    writing = writing
      .then(() => recordHits(app, some))
      .catch(error => app.log.error({ err: { message: (error as Error).message } }, 'opens and clicks'))
    return writing
  }
  const timer = setInterval(() => {
    const now = Date.now()
    const ripe = new Set(held.filter(hit => now - hit.at >= HOLD_MS).map(({ id }) => id))
    // A communication is judged when its youngest hit is old enough, so that a burst is seen whole.
    for (const hit of held) if (now - hit.at < HOLD_MS) ripe.delete(hit.id)
    if (ripe.size === 0) return
    const some = held.filter(({ id }) => ripe.has(id))
    held = held.filter(({ id }) => !ripe.has(id))
    void write(some)
  }, 1000)
  timer.unref()
  const flush = (): Promise<void> => {
    const some = held
    held = []
    return write(some)
  }
  return {
    add(hit) {
      held.push(hit)
      if (held.length >= MOST) void flush()
    },
    flush,
    async close() {
      clearInterval(timer)
      kept.delete(app.workflow)
      await flush()
    },
  }
}

export async function recordHits(app: App, hits: readonly Hit[]): Promise<void> {
  if (hits.length === 0) return
  const known = await addressees(
    app,
    hits.map(({ id }) => id),
  )
  const handed = await handedOver(app, [...known.keys()])
  const events: CustomerEvent[] = []
  for (const [id, own] of Map.groupBy(hits, hit => hit.id)) {
    const to = known.get(id)
    if (!to) continue
    const why = machineTogether(own, handed.get(id) ?? 0)
    for (const [at, hit] of own.entries()) events.push(eventOf(hit, to, why[at] ?? null))
  }
  await recordEvents(app, events)
}

function eventOf(hit: Hit, to: Addressee, why: string | null): CustomerEvent {
  const act = hit.use === 'open' ? 'opened' : 'clicked'
  const type = why === null ? act : `${act}-by-machine`
  const minute = Math.floor(hit.at / 60_000)
  const target = hit.target === '' ? '' : sha256Of(hit.target).slice(0, 12)
  return {
    // The same picture or link again within the minute says nothing new.
    eventId: `${type}:${hit.id}:${target}:${minute}`,
    customerId: to.customer_id,
    type,
    channel: to.channel,
    at: new Date(hit.at),
    communicationId: hit.id,
    payload: {
      kind: to.kind,
      offer: to.offer,
      ...(hit.target === '' ? {} : { target: hit.target }),
      ...(why === null ? {} : { why }),
    },
  }
}

async function handedOver(app: Pick<App, 'facts'>, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await app.facts.query<{ id: string; at: string }>(
    `SELECT communication_id AS id, max(at) AS at FROM deliveries
     WHERE communication_id IN {ids:Array(FixedString(32))} AND state = 'settled' GROUP BY communication_id`,
    { ids: [...ids] },
  )
  return new Map(rows.map(row => [row.id, Date.parse(row.at)]))
}
