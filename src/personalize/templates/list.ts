import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { ruleFeaturesOf } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { whenInWords } from '../design/block-words.ts'
import { fragmentsIn } from '../fragments/offer-drafts.ts'
import type * as api from './api.ts'
import { type DraftRow, type DraftSource, draftRow, kindNames, type Person } from './drafts.ts'
import { proposedDate, statesOn, type VersionState } from './effective.ts'
import { contentErrors } from './errors.ts'
import { type ContentKind, sourceOf } from './kinds.ts'
import type { VersionColumns } from './tables.ts'

type VersionRow = z.infer<typeof api.versionRow>
type DraftSummary = z.infer<typeof api.draftSummary>

export const titleOf = (source: DraftSource): Text => ('content' in source ? source.title : source.manifest.title)

/** All versions, the newest first, as they stand on a day. */
async function versionsOf(
  app: App,
  kind: ContentKind,
  id: string,
  day: string,
): Promise<{ title: Text | null; rows: VersionRow[] }> {
  if (kind === 'template') {
    const rows = await app.workflow.db
      .selectFrom('template_versions')
      .selectAll()
      .where('template', '=', id)
      .orderBy('version', 'desc')
      .execute()
    const states = statesOn(rows, day)
    return {
      title: rows[0]?.body.manifest.title ?? null,
      rows: rows.map(row => versionRow(row, states.get(row.version) ?? 'past', row.body.fragments ?? [])),
    }
  }
  const rows = await app.workflow.db
    .selectFrom('fragment_versions')
    .selectAll()
    .where('fragment', '=', id)
    .orderBy('version', 'desc')
    .execute()
  const states = statesOn(rows, day)
  return {
    title: rows[0]?.body.title ?? null,
    rows: rows.map(row =>
      versionRow(
        row,
        states.get(row.version) ?? 'past',
        fragmentsIn(row.body).map(each => ({ id: each, version: 0 })),
      ),
    ),
  }
}

const versionRow = (
  row: Selectable<VersionColumns>,
  state: VersionState,
  fragments: VersionRow['fragments'],
): VersionRow => ({
  version: row.version,
  state,
  hash: row.hash,
  createdAt: row.created_at.toISOString(),
  effectiveFrom: row.effective_from,
  effectiveTo: row.effective_to,
  madeBy: row.made_by_name,
  approvedBy: row.approved_by_name,
  approvedAt: row.approved_at?.toISOString() ?? null,
  note: row.note,
  restored: row.restored,
  fragments,
})

export async function contentVersions(
  app: App,
  kind: ContentKind,
  id: string,
  who: Person,
): Promise<z.infer<typeof api.versionList>> {
  const proposedFrom = await proposedDate(app)
  const [{ title, rows }, drafts] = await Promise.all([
    versionsOf(app, kind, id, proposedFrom),
    draftsOf(app, { kind, object: id }, who),
  ])
  const name = title ?? drafts[0]?.title
  if (!name) throw contentErrors['personalize.no-content']({ kind: kindNames[kind], id })
  return { id, title: name, proposedFrom, versions: rows, drafts }
}

/** One version: what it was made from, its files, and its rules in words. */
export async function versionOf(
  app: App,
  kind: ContentKind,
  id: string,
  version: number,
): Promise<z.infer<typeof api.versionDetail>> {
  const { rows } = await versionsOf(app, kind, id, await proposedDate(app))
  const row = rows.find(each => each.version === version)
  if (!row) throw contentErrors['personalize.no-content-version']({ id, version })
  if (kind === 'fragment') {
    const { body } = await app.workflow.db
      .selectFrom('fragment_versions')
      .select('body')
      .where('fragment', '=', id)
      .where('version', '=', version)
      .executeTakeFirstOrThrow()
    return { ...row, source: body, files: {}, rules: [] }
  }
  const [{ body }, features] = await Promise.all([
    app.workflow.db
      .selectFrom('template_versions')
      .select('body')
      .where('template', '=', id)
      .where('version', '=', version)
      .executeTakeFirstOrThrow(),
    ruleFeaturesOf(app),
  ])
  const rules = Object.entries(body.rules ?? {}).map(([key, rule]) => ({
    key,
    words: whenInWords({ by: 'rule', rule }, features),
  }))
  return { ...row, source: sourceOf(body), files: body.files, rules }
}

/** Drafts, the newest first; without an object of everything. Those thrown away only when asked for. */
export async function draftsOf(
  app: App,
  {
    kind,
    object,
    deleted = false,
    open = false,
  }: { kind?: ContentKind; object?: string; deleted?: boolean; open?: boolean },
  who: Person,
): Promise<DraftSummary[]> {
  let query = app.workflow.db
    .selectFrom('content_drafts')
    .selectAll('content_drafts')
    .select(eb =>
      eb
        .selectFrom('content_comments')
        .select(each => each.fn.countAll<number>().as('comments'))
        .whereRef('content_comments.draft', '=', 'content_drafts.id')
        .where('content_comments.resolved_at', 'is', null)
        .as('comments'),
    )
    .where('deleted_at', deleted ? 'is not' : 'is', null)
    .orderBy('id', 'desc')
    .limit(500)
  if (kind) query = query.where('kind', '=', kind)
  if (object !== undefined) query = query.where('object', '=', object)
  if (open) query = query.where('state', 'in', ['draft', 'asked'])
  return (await query.execute()).map(row => summary(row, Number(row.comments ?? 0), who))
}

function summary(row: DraftRow, comments: number, who: Person): DraftSummary {
  const [, fragment, version] = /^fragment\/(.+)\/(\d+)$/.exec(row.cause) ?? []
  return {
    id: row.id,
    kind: row.kind,
    object: row.object,
    title: titleOf(row.source),
    base: row.base,
    state: row.state,
    revision: row.revision,
    note: row.note,
    cause: fragment === undefined ? null : { id: fragment, version: Number(version) },
    madeBy: row.made_by_name,
    changedAt: row.changed_at.toISOString(),
    askedBy: row.asked_by_name,
    effectiveFrom: row.effective_from,
    effectiveTo: row.effective_to,
    decidedBy: row.decided_by_name,
    decisionNote: row.decision_note,
    version: row.version,
    deleted: row.deleted_at !== null,
    comments,
    mayApprove: row.state === 'asked' && !row.authors.includes(who.userId) && row.asked_by !== who.userId,
  }
}

export async function draftOf(app: App, id: number, who: Person): Promise<z.infer<typeof api.draftDetail>> {
  const row = await draftRow(app, id)
  const { comments } = await app.workflow.db
    .selectFrom('content_comments')
    .select(eb => eb.fn.countAll<number>().as('comments'))
    .where('draft', '=', id)
    .where('resolved_at', 'is', null)
    .executeTakeFirstOrThrow()
  return { ...summary(row, Number(comments), who), source: row.source, proposedFrom: await proposedDate(app) }
}
