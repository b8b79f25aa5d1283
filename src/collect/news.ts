import type { App } from '../platform/app.ts'
import { decidedSince } from './decisions/decided-since.ts'
import { sha256Of } from './import/read-text.ts'
import { filesOf, sources } from './sources.ts'

/**
 * Whether a turn would find something that the last one, whose imports ended at `since`, did not: an answer, an import since, a
 * mend taken back, a decision about who is who, or a file not imported yet.
 */
export async function hasNews(app: App, since: Date): Promise<boolean> {
  const { news } = await app.facts.one<{ news: number }>(
    `SELECT (SELECT count() FROM events WHERE type IN ('answer', 'retracted') AND received_at > {since:DateTime64(3)})
      + (SELECT count() FROM import_commits WHERE committed_at > {since:DateTime64(3)}) AS news`,
    { since },
  )
  if (news > 0 || (await decidedSince(app, since))) return true
  const undone = await app.workflow.db
    .selectFrom('collect_mends')
    .select('id')
    .where('undone_at', '>', since)
    .limit(1)
    .executeTakeFirst()
  if (undone) return true
  const committed = await app.workflow.db
    .selectFrom('collect_imports')
    .select(['source', 'sha256'])
    .where('state', '=', 'committed')
    .execute()
  const known = new Set(committed.map(({ source, sha256 }) => `${source} ${sha256}`))
  for (const source of await sources(app)) {
    if (!source.inTurns) continue
    for (const file of await filesOf(source)) {
      if (!known.has(`${source.source} ${await sha256Of(file)}@${source.mapping.version}`)) return true
    }
  }
  return false
}
