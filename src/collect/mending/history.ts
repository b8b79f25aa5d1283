import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { mendHistory } from './api.ts'

/** Names of users by number; 0 is the command line. */
export async function userNames(app: App): Promise<Map<number, string>> {
  const rows = await app.workflow.db.selectFrom('users').select(['id', 'name']).execute()
  return new Map([[0, 'huiyin'], ...rows.map(({ id, name }) => [id, name] as const)])
}

export async function mendsMade(app: App, limit = 100): Promise<z.output<typeof mendHistory>> {
  const names = await userNames(app)
  const rows = await app.workflow.db
    .selectFrom('collect_mends')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return {
    rows: rows.map(row => ({
      mendId: row.id,
      kind: row.kind,
      state: row.state,
      words: row.rule,
      sources: row.sources,
      rows: row.rows,
      stored: row.stored,
      duplicates: row.duplicates,
      refused: row.refused,
      madeBy: names.get(row.made_by) ?? '',
      madeAt: row.made_at.toISOString(),
      undoneBy: row.undone_by === null ? '' : (names.get(row.undone_by) ?? ''),
      undoneAt: row.undone_at?.toISOString() ?? null,
    })),
  }
}
