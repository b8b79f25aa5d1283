import type { App } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { daysBefore } from '../models/dates.ts'
import { newestReleased, setState } from '../needs/versions.ts'
import { trainModelsJob } from '../registry/jobs.ts'
import { championOf } from '../registry/versions.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import { dropDraft, type Person } from '../segments/versions/drafts.ts'
import { answerVersion } from '../segments/versions/release.ts'
import { versionAt, versionRow } from '../segments/versions/versions.ts'
import { forgetVerdict } from './customer-model.ts'
import { verdictErrors } from './errors.ts'
import { settleElsewhere } from './settle-elsewhere.ts'
import type { HeldBefore } from './workflow-tables.ts'

export async function correctionRow(app: Pick<App, 'workflow'>, id: number) {
  const row = await app.workflow.db.selectFrom('model_corrections').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw verdictErrors['analyze.no-such-correction']({ correction: id })
  return row
}
export type CorrectionRow = Awaited<ReturnType<typeof correctionRow>>

/** Another person's word. What is approved holds from the next turn on. */
export async function decideCorrection(
  app: App,
  id: number,
  answer: 'approve' | 'refuse',
  note: string,
  who: Person,
): Promise<void> {
  await settleElsewhere(app)
  const row = await correctionRow(app, id)
  if (row.state !== 'asked') throw verdictErrors['analyze.correction-decided']({ correction: id })
  if (answer === 'approve' && row.made_by === who.userId)
    throw verdictErrors['analyze.correction-second-person']({ correction: id })
  const before = answer === 'approve' ? await readyToHold(app, row) : row.held_before
  // Four eyes of the segment rules' own, too: who asked may not approve.
  if (row.version_id !== null) {
    await answerVersion(app, row.version_id, answer, note, who)
    if (answer === 'refuse') await dropDraft(app, row.version_id, true)
  }
  await app.workflow.transaction(async tx => {
    const decided = await tx
      .updateTable('model_corrections')
      .set({
        state: answer === 'approve' ? 'approved' : 'refused',
        ...{ decided_by: who.userId, decided_by_name: who.name, decided_at: new Date(), note },
        held_before: before ? asJson(before) : null,
      })
      .where('id', '=', id)
      .where('state', '=', 'asked')
      .returning('id')
      .executeTakeFirst()
    if (!decided) throw verdictErrors['analyze.correction-decided']({ correction: id })
    if (answer === 'refuse') return
    if (row.kind === 'retrain')
      await app.jobs.send(
        trainModelsJob,
        { model: 'churn', approvedBy: who.name, correction: id },
        { tx, group: 'models/churn' },
      )
    if (row.kind === 'withdraw-need')
      await setState(tx, { code: row.target, version: before!.needVersion! }, 'withdrawn')
  })
  forgetVerdict(app)
  await audit(app, { userId: who.userId, action: `models.correction-${answer}`, object: `model/correction/${id}` })
}

/** Nothing has changed under it since it was asked for; and it holds from the turn after the newest, whatever turns there were meanwhile. */
async function readyToHold(app: App, row: CorrectionRow): Promise<HeldBefore | null> {
  const outdated = verdictErrors['analyze.correction-outdated']
  const { asOf } = await runsOfTurn(app)
  if (row.kind === 'segment-rule') {
    const [draft, inForce] = await Promise.all([versionRow(app, row.version_id!), versionAt(app)])
    if (draft.base !== inForce?.id) throw outdated({ correction: row.id, subject: row.target })
    const from = daysBefore(asOf, -1)
    if (draft.effective_from !== null && draft.effective_from < from)
      await app.workflow.db
        .updateTable('segment_versions')
        .set({ effective_from: from })
        .where('id', '=', draft.id)
        .where('state', '=', 'asked')
        .execute()
    return row.held_before
  }
  if (row.kind === 'withdraw-need') {
    const newest = await newestReleased(app, row.target)
    if (newest?.state !== 'released' || newest.version !== row.held_before?.needVersion)
      throw outdated({ correction: row.id, subject: row.target })
    return row.held_before
  }
  const champion = await championOf(app.workflow, 'churn', asOf)
  return champion ? { modelVersion: champion.id } : null
}
