import type { Step } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { fillBoard } from '../board/fill-board.ts'
import { fillSevenP } from '../seven-p/fill/fill.ts'
import { sevenPTables } from '../seven-p/tables.ts'
import { boardFigures, segmentMembers } from '../tables.ts'
import { segmentErrors } from './errors.ts'
import { fillMembers } from './fill-members.ts'
import { rowsSeen } from './refresh/rows-seen.ts'
import { versionAt } from './versions/versions.ts'

/** The rules that hold on the date of the turn. */
export const segmentsStep: Step = {
  id: 'segments',
  title: { en: 'Segments', zh: '客户类别' },
  resumes: false,
  writes: [segmentMembers, boardFigures, ...sevenPTables],
  async run({ app, turn, runId, runOf, progress }) {
    const version = await versionAt(app, turn.asOf)
    if (!version || version.set.segments.length === 0) throw segmentErrors['analyze.no-segments']()
    progress(1, 4, 'proof')
    const featuresRun = runOf('features')
    const modelsRun = runOf('models')
    const { proof, used, customers } = await fillMembers(app, version.set, { runId, featuresRun, modelsRun })
    progress(2, 4, 'members')
    const seen = await rowsSeen(app, { identityRun: runOf('identity'), asOf: turn.asOf })
    const values = { proof: asJson(proof), segments: asJson(used), as_of: turn.asOf, version: version.id, seen }
    await app.workflow.db
      .insertInto('segment_runs')
      .values({ run_id: runId, ...values })
      .onConflict(conflict => conflict.column('run_id').doUpdateSet(values))
      .execute()
    progress(3, 4, 'board')
    await fillBoard(app.facts, { runId, featuresRun, modelsRun, segmentsRun: runId })
    const identityRun = runOf('identity')
    await fillSevenP(app, {
      runId,
      asOf: turn.asOf,
      identityRun,
      featuresRun,
      modelsRun,
      segmentsRun: runId,
      customers,
    })
    progress(4, 4)
    return {
      customers,
      segments: Object.fromEntries(used.map(segment => [segment.name.en, segment.customers])),
      exclusive: proof.exclusive,
      complete: proof.complete,
    }
  },
}
