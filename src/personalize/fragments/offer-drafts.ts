import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { allBlocks } from '../design/compile/expand.ts'
import { liveTemplates } from '../template-store.ts'
import { insertDraft } from '../templates/drafts.ts'
import { sourceOf } from '../templates/kinds.ts'
import type { FragmentSource } from '../templates/source.ts'

/** Live templates in which a fragment stands, itself or inside another. */
export async function templatesUsing(app: Pick<App, 'workflow'>, fragment: string, asOf?: string) {
  return (await liveTemplates(app, asOf)).filter(({ content }) => content.fragments?.some(({ id }) => id === fragment))
}

/**
 * A live template keeps the fragment it was approved with. When a newer one is approved, each template that uses it is offered as a
 * draft, for somebody to look at and ask approval; one offered before and not touched since is offered again with the newest.
 */
export async function offerDrafts(app: App, fragment: string, version: number, day: string): Promise<number[]> {
  const cause = `fragment/${fragment}/${version}`
  const offered: number[] = []
  for (const { number, content } of await templatesUsing(app, fragment, day)) {
    const untouched = await app.workflow.db
      .updateTable('content_drafts')
      .set({ cause, base: number, source: asJson(sourceOf(content)), changed_at: new Date() })
      .where('kind', '=', 'template')
      .where('object', '=', content.id)
      .where('state', '=', 'draft')
      .where('deleted_at', 'is', null)
      .where('cause', 'like', `fragment/${fragment}/%`)
      .where('revision', '=', 1)
      .returning('id')
      .execute()
    if (untouched.length > 0) offered.push(...untouched.map(({ id }) => id))
    else
      offered.push(
        await insertDraft(
          app,
          { kind: 'template', object: content.id, base: number, source: sourceOf(content), cause },
          null,
        ),
      )
  }
  return offered
}

/** Fragments that stand directly in a fragment. */
export const fragmentsIn = ({ content }: FragmentSource): string[] =>
  allBlocks(content.blocks).flatMap(block => (block.type === 'fragment' ? [block.fragment] : []))
