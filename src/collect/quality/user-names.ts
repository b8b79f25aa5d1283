import type { App } from '../../platform/app.ts'

/** Names of colleagues by number; 0 is the command line, or the house itself. */
export async function userNames(app: Pick<App, 'workflow'>, ids: readonly number[]): Promise<(id: number) => string> {
  const asked = [...new Set(ids)].filter(id => id > 0)
  const rows =
    asked.length === 0
      ? []
      : await app.workflow.db.selectFrom('users').select(['id', 'name']).where('id', 'in', asked).execute()
  const names = new Map(rows.map(row => [row.id, row.name]))
  return id => (id === 0 ? 'Huiyin' : (names.get(id) ?? String(id)))
}
