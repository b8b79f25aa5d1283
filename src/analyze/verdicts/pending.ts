import type { App } from '../../platform/app.ts'
import { settleElsewhere } from './settle-elsewhere.ts'

/** A correction that nothing has come of yet: it waits for somebody's word, or was approved and no turn has used it. */
export interface Pending {
  id: number
  target: string
  state: 'asked' | 'approved'
}

export async function pendingCorrections(app: Pick<App, 'workflow' | 'runs'>): Promise<Pending[]> {
  await settleElsewhere(app)
  const run = await app.runs.latest('segments')
  const turn = run === null ? null : await app.runs.turnOf(run)
  const begun = turn
    ? await app.workflow.db.selectFrom('turns').select('started_at').where('id', '=', turn.id).executeTakeFirst()
    : undefined
  const rows = await app.workflow.db
    .selectFrom('model_corrections')
    .select(['id', 'target', 'state', 'decided_at'])
    .where('state', 'in', ['asked', 'approved'])
    .orderBy('id', 'desc')
    .execute()
  return rows.flatMap(({ id, target, state, decided_at }): Pending[] => {
    if (state === 'asked') return [{ id, target, state }]
    return state === 'approved' && decided_at && begun && decided_at > begun.started_at ? [{ id, target, state }] : []
  })
}
