import type { App } from '../../platform/app.ts'

export const waitingCounts = (app: App): Promise<{ kind: string; events: number; names: number }[]> =>
  app.facts.query(
    `SELECT key_kind AS kind, uniqExact(event_id) AS events, uniq(key) AS names FROM waiting_events GROUP BY kind ORDER BY events DESC`,
  )
