import type { App } from '../../platform/app.ts'

/** Whether people decided, undid or chose anything about who is who that a run since then has not taken up. */
export async function decidedSince(app: App, since: Date): Promise<boolean> {
  const { db } = app.workflow
  const [action, threshold] = await Promise.all([
    db
      .selectFrom('collect_identity_actions')
      .select('id')
      .where(where => where.or([where('at', '>', since), where('revoked_at', '>', since)]))
      .limit(1)
      .executeTakeFirst(),
    db.selectFrom('collect_identity_thresholds').select('id').where('at', '>', since).limit(1).executeTakeFirst(),
  ])
  return action !== undefined || threshold !== undefined
}
