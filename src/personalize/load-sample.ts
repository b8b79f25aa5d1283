import { join } from 'node:path'
import type { App, Progress } from '../platform/app.ts'
import { loadTemplate, templateIds } from './compose/load-template.ts'
import { fragmentsOn, publishFragment } from './fragments/fragment-store.ts'
import { readFragments } from './fragments/fragments-folder.ts'
import { publishTemplate } from './template-store.ts'
import { FROM_THE_BEGINNING } from './templates/effective.ts'

/** The templates of the sample company with their fragments, as versions; one that is there already is not stored again. */
export async function loadSample(app: App, samplesDir: string, progress: Progress): Promise<void> {
  const root = join(samplesDir, 'templates')
  for (const { id, ...fragment } of await readFragments(root)) await publishFragment(app, id, fragment)
  const fragments = await fragmentsOn(app, FROM_THE_BEGINNING)
  const ids = await templateIds(root)
  for (const [index, id] of ids.entries()) {
    await publishTemplate(app, await loadTemplate(root, id, fragments))
    progress(index + 1, ids.length)
  }
}
