/** What became of customer numbers, written down so that nobody has to compare runs to know. */
import type { App } from '../../platform/app.ts'

export interface IdentityEvent {
  kind: 'merge' | 'split' | 'new' | 'redirect'
  oldIds: number[]
  newIds: number[]
}

export async function recordIdentityEvents(
  app: App,
  runId: number,
  events: readonly IdentityEvent[],
  by: { actor: string; reason: string },
): Promise<void> {
  if (events.length === 0) return
  const at = new Date()
  const each = <T>(of: (event: IdentityEvent) => T): T[] => events.map(of)
  await app.facts.insertColumns('identity_events', {
    run_id: { type: 'UInt64', values: each(() => runId) },
    kind: { type: 'LowCardinality(String)', values: each(event => event.kind) },
    old_ids: { type: 'Array(UInt64)', values: each(event => event.oldIds) },
    new_ids: { type: 'Array(UInt64)', values: each(event => event.newIds) },
    actor: { type: 'String', values: each(() => by.actor) },
    reason: { type: 'String', values: each(() => by.reason) },
    at: { type: "DateTime64(3, 'UTC')", values: each(() => at) },
  })
}
