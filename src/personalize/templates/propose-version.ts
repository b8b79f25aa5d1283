import type { App } from '../../platform/app.ts'
import { liveTemplates } from '../template-store.ts'
import { dropDraft, type Person, startDraft } from './drafts.ts'
import { proposedDate } from './effective.ts'
import { askApproval } from './release.ts'

/**
 * A version of a template is to hold from the next business date: as a draft of it for which approval is asked, so that a second person
 * decides. Null: it is the one that holds already.
 */
export async function proposeVersion(
  app: App,
  { template, version, note }: { template: string; version: number; note: string },
  who: Person,
): Promise<number | null> {
  const from = await proposedDate(app)
  const live = (await liveTemplates(app, from)).find(({ content }) => content.id === template)
  if (live?.number === version) return null
  const draft = await startDraft(app, 'template', template, version, who)
  try {
    await askApproval(app, draft, { from, to: null, note }, who)
  } catch (error) {
    // What cannot be asked for is not left lying about.
    await dropDraft(app, draft, true)
    throw error
  }
  return draft
}
