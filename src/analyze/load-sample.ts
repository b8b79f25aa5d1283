import { join } from 'node:path'
import type { App, Progress } from '../platform/app.ts'
import { loadCatalogues } from './catalogues/load-sample.ts'
import { loadNeeds } from './needs/load-sample.ts'
import { definitions, readSegmentsFile, saveDefinitions } from './segments/definitions.ts'
import { catalogueOf } from './segments/rule-catalogue.ts'

/** The sample company's segments, when none are defined: what people have edited since is theirs. */
export async function loadSample(app: App, samplesDir: string, progress: Progress): Promise<void> {
  const { domains } = await catalogueOf(app)
  const { segments, ordered } = await readSegmentsFile(join(samplesDir, 'segments.json'), domains)
  if ((await definitions(app)).length === 0) await saveDefinitions(app, segments, { ordered })
  await loadCatalogues(app, join(samplesDir, 'analyze/catalogues.json'))
  await loadNeeds(app, join(samplesDir, 'analyze/needs.json'))
  progress(segments.length, segments.length, 'segments')
}
