import type { App } from '../../platform/app.ts'
import { draftRow, type Person } from './drafts.ts'
import { contentErrors } from './errors.ts'

type Store = Pick<App, 'workflow'>

export interface Comment {
  id: number
  block: string
  text: string
  by: string
  at: string
  resolvedBy: string | null
  resolvedAt: string | null
}

/** What reviewers say of a draft and its blocks, in the order in which it was said. */
export async function commentsOf(app: Store, draft: number): Promise<Comment[]> {
  const rows = await app.workflow.db
    .selectFrom('content_comments')
    .selectAll()
    .where('draft', '=', draft)
    .orderBy('id')
    .limit(1000)
    .execute()
  return rows.map(row => ({
    id: row.id,
    block: row.block,
    text: row.text,
    by: row.by_name,
    at: row.at.toISOString(),
    resolvedBy: row.resolved_by_name,
    resolvedAt: row.resolved_at?.toISOString() ?? null,
  }))
}

export async function comment(
  app: Store,
  draft: number,
  said: { block: string; text: string },
  who: Person,
): Promise<number> {
  await draftRow(app, draft)
  const { id } = await app.workflow.db
    .insertInto('content_comments')
    .values({ draft, ...said, by_user: who.userId, by_name: who.name, at: new Date() })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Settled, or open again. */
export async function resolveComment(
  app: Store,
  draft: number,
  id: number,
  resolved: boolean,
  who: Person,
): Promise<void> {
  const found = await app.workflow.db
    .updateTable('content_comments')
    .set({ resolved_by_name: resolved ? who.name : null, resolved_at: resolved ? new Date() : null })
    .where('draft', '=', draft)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  if (!found) throw contentErrors['personalize.no-draft']({ draft: `${draft}/${id}` })
}
