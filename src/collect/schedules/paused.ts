import type { App } from '../../platform/app.ts'

/** True too for a source whose schedule was taken away while a job of it was waiting. */
export async function isPaused(app: App, source: string): Promise<boolean> {
  const row = await app.workflow.db
    .selectFrom('collect_schedules')
    .select('paused')
    .where('source', '=', source)
    .executeTakeFirst()
  return row?.paused ?? true
}
