import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { App, Progress } from '../platform/app.ts'
import { loadRulesFile } from './quality/rules-file.ts'
import { readMapping, registerSource } from './sources.ts'

/** Registers the sample company's files with their saved mappings. Doing it twice changes nothing. */
export async function loadSample(app: App, samplesDir: string, progress: Progress): Promise<void> {
  const folder = join(samplesDir, 'mappings')
  const files = (await readdir(folder)).filter(name => name.endsWith('.json')).sort()
  for (const [index, name] of files.entries()) {
    progress(index, files.length, name)
    await registerSource(app, await readMapping(join(folder, name)), join(samplesDir, 'data'))
  }
  await loadRulesFile(app, join(samplesDir, 'quality-rules.json'))
  progress(files.length, files.length)
}
