import type { App } from '../../../platform/app.ts'

/** The last times segments were computed anew outside a turn. */
export async function refreshList(app: App) {
  const rows = await app.workflow.db
    .selectFrom('segment_refreshes')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(10)
    .execute()
  return rows.map(({ at, reason, as_of, customers, moved, seconds }) => ({
    at: at.toISOString(),
    reason,
    asOf: as_of,
    customers,
    moved,
    seconds,
  }))
}
