import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { liveTemplates } from '../template-store.ts'
import type * as api from '../templates/api.ts'
import { byPrecedence, holdsOn, proposedDate, statesOn } from '../templates/effective.ts'

/** Every fragment by the version that holds, else its newest; and the live templates it stands in. */
export async function fragmentList(app: App): Promise<z.infer<typeof api.fragmentList>['rows']> {
  const day = await proposedDate(app)
  const { db } = app.workflow
  const [rows, live, drafts] = await Promise.all([
    db.selectFrom('fragment_versions').selectAll().orderBy('fragment').orderBy('version', 'desc').execute(),
    liveTemplates(app, day),
    db
      .selectFrom('content_drafts')
      .select(eb => ['object', eb.fn.countAll<number>().as('drafts')])
      .where('kind', '=', 'fragment')
      .where('state', 'in', ['draft', 'asked'])
      .where('deleted_at', 'is', null)
      .groupBy('object')
      .execute(),
  ])
  const open = new Map(drafts.map(each => [each.object, Number(each.drafts)]))
  return [...Map.groupBy(rows, row => row.fragment)].map(([id, versions]) => {
    const shown = versions.filter(each => holdsOn(each, day)).sort(byPrecedence)[0] ?? versions[0]!
    const { title, owner, content } = shown.body
    return {
      id,
      title,
      owner,
      languages: content.languages,
      version: shown.version,
      state: statesOn(versions, day).get(shown.version) ?? 'past',
      effectiveFrom: shown.effective_from,
      effectiveTo: shown.effective_to,
      templates: live.flatMap(each => (each.content.fragments?.some(use => use.id === id) ? [each.content.id] : [])),
      drafts: open.get(id) ?? 0,
    }
  })
}
