/** Merges, splits and undone ones reach the live index within a second: their events say whose records moved. */
import type { App } from '../../platform/app.ts'
import type { Lookup } from './lookup.ts'
import { recordNumbers } from './record-numbers.ts'

const MOVED = `
SELECT at, arrayDistinct(arrayConcat(old_ids, new_ids)) AS ids FROM identity_events
WHERE run_id = {runId:UInt64} AND actor != 'run' AND at > {since:DateTime64(3, 'UTC')} ORDER BY at`

const RECORDS = `
SELECT source, row_key AS rowKey, customer_id AS customerId FROM record_links
WHERE run_id = {runId:UInt64} AND customer_id IN {ids:Array(UInt64)}`

const LOOK_EVERY_MS = 1000

interface State {
  looked: number
  since: string
  looking: Promise<void> | null
}
const states = new WeakMap<Lookup, State>()

/** Looks for moves at most once a second; the question that asks does not wait for it. */
export function followLinks(app: App, lookup: Lookup): void {
  let state = states.get(lookup)
  if (!state) {
    state = { looked: 0, since: '1970-01-01 00:00:00', looking: null }
    states.set(lookup, state)
  }
  if (state.looking || performance.now() - state.looked < LOOK_EVERY_MS) return
  const current = state
  current.looking = follow(app, lookup, current)
    .catch(error => app.log.warn({ error: (error as Error).message }, 'the match index could not follow the links'))
    .finally(() => {
      current.looked = performance.now()
      current.looking = null
    })
}

async function follow(app: App, lookup: Lookup, state: State): Promise<void> {
  const moved = await app.facts.query<{ at: string; ids: number[] }>(MOVED, { runId: lookup.runId, since: state.since })
  const last = moved.at(-1)
  if (!last) return
  const ids = [...new Set(moved.flatMap(event => event.ids))]
  const records = await app.facts.query<{ source: string; rowKey: string; customerId: number }>(RECORDS, {
    runId: lookup.runId,
    ids,
  })
  const numbers = await recordNumbers(app, lookup, records)
  await lookup.ask({
    do: 'customers',
    changes: records.flatMap(({ customerId }, r) => (numbers[r] == null ? [] : [[numbers[r], customerId]])) as [
      number,
      number,
    ][],
  })
  state.since = last.at.replace('T', ' ').replace('Z', '')
}
