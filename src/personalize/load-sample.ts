import { join } from 'node:path'
import type { App, Progress } from '../platform/app.ts'
import { loadTemplate, templateIds } from './compose/load-template.ts'
import { publishTemplate } from './template-store.ts'

/** The templates of the sample company, as versions; one that is there already is not stored again. */
export async function loadSample(app: App, samplesDir: string, progress: Progress): Promise<void> {
  const root = join(samplesDir, 'templates')
  const ids = await templateIds(root)
  for (const [index, id] of ids.entries()) {
    await publishTemplate(app, await loadTemplate(root, id))
    progress(index + 1, ids.length)
  }
}
