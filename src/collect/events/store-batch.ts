/** One batch into the store: what is there already is left out, what has a customer is an event, the rest waits. */
import type { Facts } from '../../platform/stores/facts/index.ts'
import type { EventBatch } from './batch.ts'
import { idHash } from './id-hash.ts'
import type { Resolver } from './resolve.ts'

export interface Stored {
  /** Of each event of the batch. */
  fate: ('stored' | 'waiting' | 'duplicate')[]
}

const HASHES_AT_A_TIME = 40_000
const KNOWN = 'SELECT event_id FROM event_ids PREWHERE id_hash IN {hashes:Array(UInt64)}'

/**
 * Ids are noted after the events they belong to: killed in between, the sender, who was not answered, sends again, and the
 * event lies there twice under one key, which the engine makes one.
 */
export async function storeBatch(facts: Facts, resolver: Resolver, batch: EventBatch): Promise<Stored> {
  const { rows, eventId } = batch
  const hashes = new BigUint64Array(rows)
  for (let i = 0; i < rows; i++) hashes[i] = idHash(eventId[i]!)
  const seen = await knownIds(facts, hashes)
  const fate = new Array<Stored['fate'][number]>(rows)
  const fresh: number[] = []
  for (let i = 0; i < rows; i++) {
    const id = eventId[i]!
    if (seen.has(id)) fate[i] = 'duplicate'
    else {
      seen.add(id)
      fresh.push(i)
    }
  }
  if (fresh.length === 0) return { fate }
  const customers = await resolver.customersOf(batch)
  const known = fresh.filter(i => customers[i]! > 0)
  const waiting = fresh.filter(i => customers[i] === 0)
  for (const i of known) fate[i] = 'stored'
  for (const i of waiting) fate[i] = 'waiting'
  // Mostly every event is new and its customer known: then nothing is copied.
  const of = <T>(values: readonly T[], rows: readonly number[]): readonly T[] =>
    rows.length === values.length ? values : rows.map(i => values[i]!)
  const columns = (rows: readonly number[]) => ({
    event_id: { type: 'String', values: of(eventId, rows) },
    type: { type: 'LowCardinality(String)', values: of(batch.type, rows) },
    channel: { type: 'LowCardinality(String)', values: of(batch.channel, rows) },
    at: { type: "DateTime64(3, 'UTC')", values: of(batch.at, rows) },
    communication_id: { type: 'String', values: of(batch.communicationId, rows) },
    task_id: { type: 'String', values: of(batch.taskId, rows) },
    payload: { type: 'String', values: of(batch.payload, rows) },
  })
  await Promise.all([
    facts.insertColumns('events', {
      ...columns(known),
      customer_id: { type: 'UInt64', values: Float64Array.from(known, i => customers[i]!) },
    }),
    waiting.length > 0 &&
      facts.insertColumns('waiting_events', {
        ...columns(waiting),
        key_kind: { type: 'LowCardinality(String)', values: of(batch.keyKind, waiting) },
        key: { type: 'String', values: of(batch.key, waiting) },
        key_source: { type: 'LowCardinality(String)', values: of(batch.keySource, waiting) },
      }),
  ])
  await facts.insertColumns('event_ids', {
    id_hash: { type: 'UInt64', values: BigUint64Array.from(fresh, i => hashes[i]!) },
    event_id: { type: 'String', values: of(eventId, fresh) },
  })
  return { fate }
}

async function knownIds(facts: Facts, hashes: BigUint64Array): Promise<Set<string>> {
  const found = new Set<string>()
  for (let from = 0; from < hashes.length; from += HASHES_AT_A_TIME) {
    const some = Array.from(hashes.subarray(from, from + HASHES_AT_A_TIME))
    for (const id of (await facts.columns(KNOWN, { hashes: some })).str('event_id')) found.add(id)
  }
  return found
}
