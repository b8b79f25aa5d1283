import type { App } from '../../platform/app.ts'
import { readProof } from './proof-view.ts'

/** Marks differences of a proof as intended or not; the same difference in a later proof is known by its fingerprint. */
export async function markDifferences(
  app: Pick<App, 'workflow'>,
  template: string,
  run: number,
  members: readonly number[],
  intended: boolean,
  by: string,
): Promise<number> {
  await readProof(app, template, run)
  const rows = await app.workflow.db
    .selectFrom('proof_results')
    .select(['member_id', 'fingerprint'])
    .where('run_id', '=', run)
    .where('member_id', 'in', [...members])
    .where('fingerprint', '!=', '')
    .execute()
  const at = new Date()
  if (rows.length > 0)
    await app.workflow.db
      .insertInto('proof_verdicts')
      .values(rows.map(row => ({ template, member_id: row.member_id, fingerprint: row.fingerprint, intended, by, at })))
      .onConflict(conflict =>
        conflict.columns(['template', 'member_id', 'fingerprint']).doUpdateSet({ intended, by, at }),
      )
      .execute()
  return rows.length
}
