import type { App } from '../../platform/app.ts'
import type { ParamValue } from '../../platform/stores/facts/index.ts'

/**
 * Events of many customers at once, counted and written by the engine: the statement gives event_id, customer_id, type, channel, at and
 * payload (JSON). Idempotent by event id, like `recordEvents`; for events that say nothing a customer told us (no consents, no answers).
 */
export const recordEventsFrom = (
  app: Pick<App, 'facts'>,
  select: string,
  params: Record<string, ParamValue>,
): Promise<unknown> =>
  app.facts.exec(`INSERT INTO events (event_id, customer_id, type, channel, at, payload)\n${select}`, params)
