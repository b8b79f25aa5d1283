/** All that is typed in a call lies with its task on the server, so that a browser that dies loses nothing. */
import { sql } from 'kysely'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { errors } from '../errors.ts'
import { keepTask } from './claim.ts'
import { deskErrors } from './errors.ts'
import { type Store, taskById } from './task-table.ts'

export interface Draft {
  revision: number
  body: Record<string, unknown>
  savedAt: string
  /** Who typed it: another agent sees what was typed before. */
  userId: number
}

/** Bytes of one draft; a note has 4,000 letters at most. */
const MOST = 64 * 1024

export async function draftOf({ workflow }: Store, taskId: string): Promise<Draft | null> {
  const row = await workflow.db.selectFrom('desk_drafts').selectAll().where('task_id', '=', taskId).executeTakeFirst()
  if (!row) return null
  return { revision: row.revision, body: row.body, savedAt: row.saved_at.toISOString(), userId: row.user_id }
}

/**
 * Keeps what was typed so far and renews the lease. Of two saves the one with the higher revision stands, whichever comes last: the
 * answer is the revision that stands.
 */
export async function saveDraft(
  app: Store,
  taskId: string,
  userId: number,
  { revision, body }: Pick<Draft, 'revision' | 'body'>,
): Promise<{ revision: number }> {
  const text = asJson(body)
  if (Buffer.byteLength(text) > MOST) throw deskErrors['desk.draft-too-large']({ most: MOST / 1024 })
  if (!(await keepTask(app, taskId, userId))) {
    await taskById(app, taskId)
    throw errors['interact.task-not-held']({ task: taskId })
  }
  const { rows } = await sql<{ revision: number }>`
    INSERT INTO desk_drafts (task_id, user_id, revision, body, saved_at) VALUES (${taskId}, ${userId}, ${revision}, ${text}::json, now())
    ON CONFLICT (task_id) DO UPDATE SET
      user_id = CASE WHEN excluded.revision > desk_drafts.revision THEN excluded.user_id ELSE desk_drafts.user_id END,
      body = CASE WHEN excluded.revision > desk_drafts.revision THEN excluded.body ELSE desk_drafts.body END,
      saved_at = CASE WHEN excluded.revision > desk_drafts.revision THEN excluded.saved_at ELSE desk_drafts.saved_at END,
      revision = greatest(excluded.revision, desk_drafts.revision)
    RETURNING revision`.execute(app.workflow.db)
  return { revision: rows[0]!.revision }
}

export async function dropDraft({ workflow }: Store, taskId: string): Promise<void> {
  await workflow.db.deleteFrom('desk_drafts').where('task_id', '=', taskId).execute()
}
