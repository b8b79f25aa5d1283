import type { App } from '../../platform/app.ts'
import type { Mapping } from '../mapping.ts'

/**
 * Up to where a table has been read with this very mapping; a changed one reads everything again. An import that was killed between
 * its commit and this mark is read again too, and its rows are duplicates then.
 */
export async function lastCursor(app: App, mapping: Mapping): Promise<string | undefined> {
  if (mapping.cursor === undefined) return undefined
  const row = await app.workflow.db
    .selectFrom('collect_imports')
    .select('cursor')
    .where('source', '=', mapping.source)
    .where('state', '=', 'committed')
    .where('sha256', 'like', `%@${mapping.version}`)
    .where('cursor', 'is not', null)
    .orderBy('import_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.cursor ?? undefined
}
