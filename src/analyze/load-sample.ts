import { join } from 'node:path'
import type { App, Progress } from '../platform/app.ts'
import { definitions, readSegmentsFile, saveDefinitions } from './segments/definitions.ts'

/** The sample company's segments, when none are defined: what people have edited since is theirs. */
export async function loadSample(app: App, samplesDir: string, progress: Progress): Promise<void> {
  const segments = await readSegmentsFile(join(samplesDir, 'segments.json'))
  if ((await definitions(app)).length === 0) await saveDefinitions(app, segments)
  progress(segments.length, segments.length, 'segments')
}
