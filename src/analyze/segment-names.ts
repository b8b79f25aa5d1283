import type { App } from '../platform/app.ts'
import type { Text } from '../platform/text.ts'
import { definitions } from './segments/definitions.ts'

/** Names of the segments by code: those of the newest turn, and of the definitions where they are newer. */
export async function segmentNames(app: App): Promise<Map<string, Text>> {
  const run = await app.runs.latest('segments')
  const used =
    run === null
      ? undefined
      : await app.workflow.db.selectFrom('segment_runs').select('segments').where('run_id', '=', run).executeTakeFirst()
  const all = [...(await definitions(app)), ...(used?.segments ?? [])]
  return new Map(all.map(({ code, name }) => [code, name]))
}
