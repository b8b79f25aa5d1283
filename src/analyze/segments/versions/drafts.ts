import type { App } from '../../../platform/app.ts'
import { asJson } from '../../../platform/stores/workflow/index.ts'
import { checkDefinitions } from '../definitions.ts'
import { segmentErrors } from '../errors.ts'
import { catalogueOf } from '../rule-catalogue.ts'
import type { SegmentSet } from '../segment-set.ts'
import { stateName } from './state-name.ts'
import { versionAt, versionRow } from './versions.ts'

export interface Person {
  userId: number
  name: string
}

interface Draft {
  name: string
  note: string
  set: SegmentSet
}

/** A draft of its own: from another version, from what is handed in, or from what holds now. */
export async function startDraft(
  app: App,
  from: { base?: number | undefined; name: string; set?: SegmentSet | undefined },
  who: Person,
): Promise<number> {
  const base =
    from.base === undefined ? await versionAt(app) : { id: from.base, set: (await versionRow(app, from.base)).body }
  const set = from.set ?? base?.set
  if (!set) throw segmentErrors['analyze.no-segments']()
  checkDefinitions(set.segments, 'draft', (await catalogueOf(app)).domains)
  const { id } = await app.workflow.db
    .insertInto('segment_versions')
    .values({
      state: 'draft',
      name: from.name,
      body: asJson(set),
      note: '',
      revision: 1,
      base: base?.id ?? null,
      made_by: who.userId,
      made_by_name: who.name,
      changed_at: new Date(),
      decision_note: '',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Refused when somebody else saved since: nobody's work is written over unseen. Returns the new revision. */
export async function saveDraft(app: App, id: number, seen: number, draft: Draft, who: Person): Promise<number> {
  checkDefinitions(draft.set.segments, 'draft', (await catalogueOf(app)).domains)
  const saved = await app.workflow.db
    .updateTable('segment_versions')
    .set({
      name: draft.name,
      note: draft.note,
      body: asJson(draft.set),
      revision: seen + 1,
      made_by: who.userId,
      made_by_name: who.name,
      changed_at: new Date(),
    })
    .where('id', '=', id)
    .where('state', '=', 'draft')
    .where('revision', '=', seen)
    .where('deleted_at', 'is', null)
    .returning('revision')
    .executeTakeFirst()
  if (saved) return saved.revision
  const row = await versionRow(app, id)
  if (row.state !== 'draft' || row.deleted_at)
    throw segmentErrors['analyze.version-not-draft']({ version: id, state: stateName(row.state) })
  throw segmentErrors['analyze.version-changed']({ version: id, who: row.made_by_name })
}

/** Drafts that are thrown away can be brought back. */
export async function dropDraft(app: App, id: number, dropped: boolean): Promise<void> {
  const row = await versionRow(app, id)
  if (row.state !== 'draft')
    throw segmentErrors['analyze.version-not-draft']({ version: id, state: stateName(row.state) })
  await app.workflow.db
    .updateTable('segment_versions')
    .set({ deleted_at: dropped ? new Date() : null })
    .where('id', '=', id)
    .execute()
}
