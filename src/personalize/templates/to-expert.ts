import type { App } from '../../platform/app.ts'
import { type DraftRow, draftRow, type Person, refuseUnless, saveDraft } from './drafts.ts'
import { proposedDate } from './effective.ts'
import { builtOf } from './release.ts'
import type { TemplateDraftSource } from './source.ts'

/** From now on an expert writes this draft's own files, beginning with what its blocks were compiled to. */
export async function toExpert(app: App, id: number, revision: number, who: Person): Promise<number> {
  const row: DraftRow = await draftRow(app, id)
  refuseUnless(row, 'draft')
  const source = row.source as TemplateDraftSource
  if (row.kind !== 'template' || !source.design) return row.revision
  const built = await builtOf(app, row.object, source, await proposedDate(app))
  const { 'huiyin.typ': _, ...files } = built.files
  const { design: __, ...rest } = source
  const { charts, slots, languages } = built.manifest
  const expert = { ...rest, manifest: { ...source.manifest, charts, slots, languages }, files }
  return saveDraft(app, id, { revision, source: expert, note: row.note }, who)
}
