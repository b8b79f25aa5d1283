import type { App } from '../../platform/app.ts'

/**
 * Rules that a correction asked for are a draft like any other: somebody may have answered it on the page of the rules. The correction then
 * has that answer too.
 */
export async function settleElsewhere({ workflow }: Pick<App, 'workflow'>): Promise<void> {
  const answered = await workflow.db
    .selectFrom('model_corrections')
    .innerJoin('segment_versions', 'segment_versions.id', 'model_corrections.version_id')
    .select(['model_corrections.id', 'segment_versions.state'])
    .select(['segment_versions.decided_by', 'segment_versions.decided_by_name', 'segment_versions.decided_at'])
    .select('segment_versions.decision_note')
    .where('model_corrections.state', '=', 'asked')
    .where('segment_versions.state', '!=', 'asked')
    .execute()
  for (const { id, state, ...by } of answered)
    await workflow.db
      .updateTable('model_corrections')
      .set({
        state: state === 'approved' ? 'approved' : 'refused',
        ...{ decided_by: by.decided_by, decided_by_name: by.decided_by_name, decided_at: by.decided_at },
        note: by.decision_note,
      })
      .where('id', '=', id)
      .where('state', '=', 'asked')
      .execute()
}
