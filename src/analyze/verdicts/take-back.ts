import type { App } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { daysBefore } from '../models/dates.ts'
import { newestReleased, setState } from '../needs/versions.ts'
import { decideVersion } from '../registry/decide.ts'
import { championOf } from '../registry/versions.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import type { Rule } from '../segments/rule.ts'
import type { SegmentSet } from '../segments/segment-set.ts'
import type { Person } from '../segments/versions/drafts.ts'
import { refuseRefuted } from '../segments/versions/release.ts'
import { saveDefinitions, versionAt, versionRow } from '../segments/versions/versions.ts'
import { forgetVerdict } from './customer-model.ts'
import { type CorrectionRow, correctionRow } from './decide-correction.ts'
import { verdictErrors } from './errors.ts'

/**
 * What held before a correction holds again, from the next turn on; past turns keep what they were made with. It had been approved once, so
 * that one person may. Refused where it has been changed again since: that would be undone with it.
 */
export async function takeBackCorrection(app: App, id: number, who: Person): Promise<void> {
  const row = await correctionRow(app, id)
  if (row.state !== 'approved') throw verdictErrors['analyze.correction-not-in-force']({ correction: id })
  if (row.kind === 'segment-rule') await rulesBack(app, row, who)
  if (row.kind === 'retrain') await modelBack(app, row, who)
  const need = row.kind === 'withdraw-need' ? await needBack(app, row) : null
  await app.workflow.transaction(async tx => {
    await tx
      .updateTable('model_corrections')
      .set({ state: 'taken-back', taken_back_by_name: who.name, taken_back_at: new Date() })
      .where('id', '=', id)
      .execute()
    if (need) await setState(tx, need, 'released')
  })
  forgetVerdict(app)
  await audit(app, { userId: who.userId, action: 'models.correction-take-back', object: `model/correction/${id}` })
}

const overtaken = ({ id, target }: CorrectionRow) =>
  verdictErrors['analyze.correction-overtaken']({ correction: id, subject: target })

const ruleOf = (set: SegmentSet | undefined, code: string): Rule | undefined =>
  set?.segments.find(one => one.code === code)?.rule
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The one segment's rule as it was, in the rules as they are: corrections of other segments stay. */
async function rulesBack(app: App, row: CorrectionRow, who: Person): Promise<void> {
  const corrected = await versionRow(app, row.version_id!)
  const [inForce, base] = await Promise.all([versionAt(app), versionRow(app, corrected.base!)])
  const [now, was] = [ruleOf(inForce?.set, row.target), ruleOf(base.body, row.target)]
  // A process that was killed in between had done it already.
  if (was && same(now, was)) return
  if (!inForce || !was || !same(now, ruleOf(corrected.body, row.target))) throw overtaken(row)
  const segments = inForce.set.segments.map(one => (one.code === row.target ? { ...one, rule: was } : one))
  const set = { ...inForce.set, segments }
  await refuseRefuted(app, set)
  const { asOf } = await runsOfTurn(app)
  const from = [daysBefore(asOf, -1), (await versionRow(app, inForce.id)).effective_from ?? ''].sort().at(-1)!
  await saveDefinitions(app, segments, { ordered: set.ordered, from, by: who.name, base: inForce.id })
}

async function modelBack(app: App, row: CorrectionRow, who: Person): Promise<void> {
  // Not trained yet: the job finds the correction taken back. Nothing came of it: the version before is in use.
  if (!row.outcome?.version) return
  const { asOf } = await runsOfTurn(app)
  const champion = await championOf(app.workflow, 'churn', asOf)
  if (champion?.id !== row.outcome.version) throw overtaken(row)
  const before = row.held_before?.modelVersion
  if (before === undefined) throw verdictErrors['analyze.nothing-before']({ correction: row.id, subject: row.target })
  await decideVersion(app, 'churn', before, 'approve', who)
}

async function needBack(app: App, row: CorrectionRow): Promise<{ code: string; version: number }> {
  const newest = await newestReleased(app, row.target)
  if (newest?.state !== 'withdrawn' || newest.version !== row.held_before?.needVersion) throw overtaken(row)
  return { code: row.target, version: newest.version }
}
