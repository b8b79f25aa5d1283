import type { App } from '../../platform/app.ts'

/** The version that was approved last before this one: what customers get until this one goes live. */
export async function baseVersion(
  app: Pick<App, 'workflow'>,
  template: string,
  version: number,
): Promise<number | null> {
  const row = await app.workflow.db
    .selectFrom('template_versions')
    .select('version')
    .where('template', '=', template)
    .where('version', '!=', version)
    .where('version', '<', version)
    .where('live_since', 'is not', null)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  return row?.version ?? null
}
