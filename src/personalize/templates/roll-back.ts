import type { App } from '../../platform/app.ts'
import { fragmentsOn, insertFragment } from '../fragments/fragment-store.ts'
import { offerDrafts, templatesUsing } from '../fragments/offer-drafts.ts'
import { insertVersion, templateVersion } from '../template-store.ts'
import type { Person } from './drafts.ts'
import { contentErrors } from './errors.ts'
import { type ContentKind, contentKind } from './kinds.ts'
import type { FragmentSource } from './source.ts'

/** An older version holds again from a date, as a version of its own: it was approved once, by two people, so that one may. */
export async function rollBack(
  app: App,
  kind: ContentKind,
  id: string,
  { version, from, note }: { version: number; from: string; note: string },
  who: Person,
): Promise<number> {
  const approval = { from, to: null, madeBy: who.name, approvedBy: who, note, restored: version }
  if (kind === 'template') {
    await contentKind(kind).source(app, id, version)
    const { content } = await templateVersion(app, id, version)
    return app.workflow.transaction(tx => insertVersion(tx, content, approval))
  }
  const source = (await contentKind(kind).source(app, id, version)) as FragmentSource
  const number = await app.workflow.transaction(tx => insertFragment(tx, id, source, approval))
  await offerDrafts(app, id, number, from)
  return number
}

/** From now on a version holds on no date; what was sent with it can still be shown. The last one of a fragment in use stays. */
export async function withdraw(app: App, kind: ContentKind, id: string, version: number): Promise<void> {
  await contentKind(kind).source(app, id, version)
  if (kind === 'template') {
    await app.workflow.db
      .updateTable('template_versions')
      .set({ withdrawn_at: new Date() })
      .where('template', '=', id)
      .where('version', '=', version)
      .execute()
    return
  }
  const standing = await app.workflow.db
    .selectFrom('fragment_versions')
    .select('version')
    .where('fragment', '=', id)
    .where('withdrawn_at', 'is', null)
    .where('version', '!=', version)
    .execute()
  const users = standing.length === 0 && (await fragmentsOn(app)).has(id) ? await templatesUsing(app, id) : []
  if (users.length > 0)
    throw contentErrors['personalize.still-used']({
      fragment: id,
      templates: users.map(({ content }) => content.id).join(', '),
    })
  await app.workflow.db
    .updateTable('fragment_versions')
    .set({ withdrawn_at: new Date() })
    .where('fragment', '=', id)
    .where('version', '=', version)
    .execute()
}
