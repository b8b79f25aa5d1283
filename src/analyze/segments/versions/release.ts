import type { App } from '../../../platform/app.ts'
import { asJson } from '../../../platform/stores/workflow/index.ts'
import type { Text } from '../../../platform/text.ts'
import { segmentErrors } from '../errors.ts'
import { countHolding } from '../look/count-holding.ts'
import { proveSegments } from '../prove.ts'
import { sendRefresh } from '../refresh/jobs.ts'
import { catalogueOf } from '../rule-catalogue.ts'
import type { SegmentSet } from '../segment-set.ts'
import { segmentSettings } from '../settings.ts'
import type { Person } from './drafts.ts'
import { stateName } from './state-name.ts'
import { versionRow } from './versions.ts'

/** Refuses rules of which it is known that they leave somebody out or take somebody twice; where nothing is proven, the data are counted. */
export async function refuseRefuted(app: App, { ordered, segments }: SegmentSet): Promise<void> {
  const proof = proveSegments(segments, (await catalogueOf(app)).domains, ordered)
  const why: Text[] = []
  const say = (en: string, zh: string) => why.push({ en, zh })
  if (proof.complete === 'refuted') say('somebody would be in no segment', '有客户不属于任何类别')
  if (proof.exclusive === 'refuted') say('somebody would be in two segments', '有客户同时属于两个类别')
  if (why.length === 0 && proof.complete === 'not-proven') {
    const { none, twice } = await countHolding(app, { ordered, segments }, { exact: true })
    if (none > 0) say(`${none} customers are in no segment`, `${none} 位客户不属于任何类别`)
    if (!ordered && twice > 0) say(`${twice} customers are in two segments`, `${twice} 位客户同时属于两个类别`)
  }
  if (why.length > 0)
    throw segmentErrors['analyze.version-refuted']({
      why: { en: why.map(t => t.en).join('; '), zh: why.map(t => t.zh).join('；') },
    })
}

export async function askApproval(
  app: App,
  id: number,
  { from, note }: { from: string; note: string },
  who: Person,
): Promise<void> {
  const row = await versionRow(app, id)
  if (row.state !== 'draft' || row.deleted_at)
    throw segmentErrors['analyze.version-not-draft']({ version: id, state: stateName(row.state) })
  await refuseRefuted(app, row.body)
  await app.workflow.db
    .updateTable('segment_versions')
    .set({
      state: 'asked',
      effective_from: from,
      note,
      asked_by: who.userId,
      asked_by_name: who.name,
      asked_at: new Date(),
      decision_note: '',
    })
    .where('id', '=', id)
    .where('state', '=', 'draft')
    .where('revision', '=', row.revision)
    .execute()
}

export type Answer = 'approve' | 'refuse' | 'withdraw'

/** One person's word. What is refused is a draft again; what is approved holds from its date, at once where that has come. */
export async function answerVersion(app: App, id: number, answer: Answer, note: string, who: Person): Promise<void> {
  const { approval } = await segmentSettings(app)
  await app.workflow.transaction(async tx => {
    const row = await tx.selectFrom('segment_versions').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (!row) throw segmentErrors['analyze.no-such-version']({ version: id })
    const asked = row.state === 'asked'
    if (!asked && !(answer === 'withdraw' && row.state === 'approved'))
      throw segmentErrors['analyze.version-not-asked']({ version: id, state: stateName(row.state) })
    if (answer === 'approve' && approval === 'other' && [row.made_by, row.asked_by].includes(who.userId))
      throw segmentErrors['analyze.version-second-person']({ version: id })
    // Taken back before anybody decided, it is its author's draft again.
    const state = answer === 'approve' ? 'approved' : asked ? 'draft' : 'withdrawn'
    await tx
      .updateTable('segment_versions')
      .set({
        state,
        decided_by: who.userId,
        decided_by_name: who.name,
        decided_at: new Date(),
        decision_note: note,
      })
      .where('id', '=', id)
      .execute()
  })
  if (answer !== 'refuse') await sendRefresh(app, 'rules')
}

/** An approved version holds again from a date, as a version of its own: it was approved once, so that one person may. */
export async function rollBack(
  app: App,
  to: number,
  { from, note }: { from: string; note: string },
  who: Person,
): Promise<number> {
  const row = await versionRow(app, to)
  if (row.state !== 'approved' && row.state !== 'withdrawn')
    throw segmentErrors['analyze.version-not-asked']({ version: to, state: stateName(row.state) })
  await refuseRefuted(app, row.body)
  const { id } = await app.workflow.db
    .insertInto('segment_versions')
    .values({
      state: 'approved',
      name: row.name,
      body: asJson(row.body),
      note,
      revision: 1,
      base: to,
      restored: to,
      made_by: who.userId,
      made_by_name: who.name,
      changed_at: new Date(),
      effective_from: from,
      decided_by: who.userId,
      decided_by_name: who.name,
      decided_at: new Date(),
      decision_note: note,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sendRefresh(app, 'rules')
  return id
}

/** The date that pages propose: of the newest turn, so that the version holds at once; today before the first turn. */
export async function proposedDate(app: App): Promise<string> {
  const run = await app.runs.latest('segments')
  return run === null ? new Date().toISOString().slice(0, 10) : (await app.runs.turnOf(run)).asOf
}
