import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'
import { contentErrors } from './errors.ts'
import { type ContentKind, contentKind } from './kinds.ts'
import type { FragmentSource, TemplateDraftSource } from './source.ts'
import type { DraftState } from './tables.ts'

export interface Person {
  userId: number
  name: string
}

type Store = Pick<App, 'workflow'>
export type DraftSource = TemplateDraftSource | FragmentSource

export const kindNames: Record<ContentKind, Text> = {
  template: { en: 'template', zh: '模板' },
  fragment: { en: 'fragment', zh: '片段' },
}
export const draftStateNames: Record<DraftState, Text> = {
  draft: { en: 'a draft', zh: '草稿' },
  asked: { en: 'waiting for approval', zh: '待批准' },
  approved: { en: 'approved', zh: '已批准' },
  withdrawn: { en: 'withdrawn', zh: '已撤回' },
}

export async function draftRow(app: Store, id: number) {
  const row = await app.workflow.db.selectFrom('content_drafts').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw contentErrors['personalize.no-draft']({ draft: id })
  return row
}
export type DraftRow = Awaited<ReturnType<typeof draftRow>>

interface NewDraft {
  kind: ContentKind
  object: string
  /** The version it starts from; null: a new template or fragment. */
  base: number | null
  source: DraftSource
  note?: string
  cause?: string
}

export async function insertDraft(app: Store, draft: NewDraft, who: Person | null): Promise<number> {
  const { id } = await app.workflow.db
    .insertInto('content_drafts')
    .values({
      kind: draft.kind,
      object: draft.object,
      base: draft.base,
      state: 'draft',
      revision: 1,
      source: asJson(draft.source),
      note: draft.note ?? '',
      cause: draft.cause ?? '',
      authors: asJson(who ? [who.userId] : []),
      made_by_name: who?.name ?? '',
      changed_at: new Date(),
      decision_note: '',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** A template or fragment that is new: its id must be free, also among drafts. */
export async function startNew(
  app: Store,
  kind: ContentKind,
  object: string,
  source: DraftSource,
  who: Person,
): Promise<number> {
  const { db } = app.workflow
  const drafted = await db
    .selectFrom('content_drafts')
    .select('id')
    .where('kind', '=', kind)
    .where('object', '=', object)
    .where('deleted_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  if (drafted || (await contentKind(kind).newest(app, object)) !== null)
    throw contentErrors['personalize.content-exists']({ kind: kindNames[kind], id: object })
  return insertDraft(app, { kind, object, base: null, source }, who)
}

/** A draft from a version; without one from the newest. */
export async function startDraft(
  app: Store,
  kind: ContentKind,
  object: string,
  base: number | undefined,
  who: Person,
): Promise<number> {
  const { newest, source } = contentKind(kind)
  const from = base ?? (await newest(app, object))
  if (from === null) throw contentErrors['personalize.no-content']({ kind: kindNames[kind], id: object })
  return insertDraft(app, { kind, object, base: from, source: await source(app, object, from) }, who)
}

/** Refused when somebody else saved since. Returns the new revision. */
export async function saveDraft(
  app: Store,
  id: number,
  { revision, source, note }: { revision: number; source: DraftSource; note: string },
  who: Person,
): Promise<number> {
  const before = await draftRow(app, id)
  const authors = [...new Set([...before.authors, who.userId])]
  const saved = await app.workflow.db
    .updateTable('content_drafts')
    .set({
      source: asJson(source),
      note,
      authors: asJson(authors),
      revision: revision + 1,
      made_by_name: who.name,
      changed_at: new Date(),
    })
    .where('id', '=', id)
    .where('state', '=', 'draft')
    .where('revision', '=', revision)
    .where('deleted_at', 'is', null)
    .returning('revision')
    .executeTakeFirst()
  if (saved) return saved.revision
  refuseUnless(before, 'draft')
  throw contentErrors['personalize.draft-changed']({ draft: id, who: before.made_by_name, revision: before.revision })
}

export function refuseUnless(row: DraftRow, wanted: DraftState): void {
  if (row.state !== wanted || row.deleted_at)
    throw contentErrors['personalize.draft-state']({
      draft: row.id,
      state: row.deleted_at ? { en: 'thrown away', zh: '已丢弃' } : draftStateNames[row.state],
      wanted: draftStateNames[wanted],
    })
}

/** Drafts that are thrown away can be brought back. */
export async function dropDraft(app: Store, id: number, dropped: boolean): Promise<void> {
  const row = await draftRow(app, id)
  if (row.state !== 'draft') refuseUnless(row, 'draft')
  await app.workflow.db
    .updateTable('content_drafts')
    .set({ deleted_at: dropped ? new Date() : null })
    .where('id', '=', id)
    .execute()
}
