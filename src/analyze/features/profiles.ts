import type { App } from '../../platform/app.ts'
import type { FeatureProfile } from './profile.ts'

/** The newest committed features run of an earlier date, with its profiles: a turn done again is compared with what the first was. */
export async function lastProfiles(
  { workflow }: Pick<App, 'workflow'>,
  runId: number,
  asOf: string,
): Promise<{ run: number; profile: FeatureProfile[] } | null> {
  const row = await workflow.db
    .selectFrom('feature_runs')
    .innerJoin('runs', 'runs.id', 'feature_runs.run_id')
    .select(['feature_runs.run_id', 'feature_runs.profile'])
    .where('runs.state', '=', 'committed')
    .where('feature_runs.run_id', '<', runId)
    .where('feature_runs.as_of', '<', asOf)
    .orderBy('feature_runs.run_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { run: Number(row.run_id), profile: row.profile } : null
}

/** What was noted of a run: its profiles, the own features it was made with, what was odd about its rows. */
export const featureRun = ({ workflow }: Pick<App, 'workflow'>, runId: number) =>
  workflow.db.selectFrom('feature_runs').selectAll().where('run_id', '=', runId).executeTakeFirst()
