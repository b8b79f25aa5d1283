import type { App } from '../platform/app.ts'
import type { Data } from './compose/check-data.ts'
import type { Script } from './compose/script.ts'
import { composers } from './composers.ts'
import { errors } from './errors.ts'
import { manifestOf } from './ledger.ts'
import { show } from './show.ts'
import { templateVersion } from './template-store.ts'

/** A call's script said in the words of another version of its template, from the data it was composed with. The ledger stays as it is. */
export async function scriptAs(app: App, communicationId: string, version: number): Promise<Script> {
  const row = await manifestOf(app, communicationId)
  if (row.template_version === version || row.state === 'held' || row.reason !== '')
    return JSON.parse(Buffer.from((await show(app, communicationId)).bytes).toString()) as Script
  const { content } = await templateVersion(app, row.template, version)
  const [outcome] = await composers(app).compose(content, [JSON.parse(row.data) as Data])
  if (outcome?.state !== 'composed')
    throw errors['personalize.held-back']({ id: communicationId, reason: outcome?.detail ?? '' })
  return JSON.parse(Buffer.from(outcome.bytes).toString()) as Script
}

/** Approved versions of call scripts, the newest first. */
export async function scriptVersions({
  workflow,
}: Pick<App, 'workflow'>): Promise<{ template: string; name: { en: string; zh: string }; versions: number[] }[]> {
  const rows = await workflow.db
    .selectFrom('template_versions')
    .select(['template', 'version', 'body'])
    .where('approved_at', 'is not', null)
    .where('withdrawn_at', 'is', null)
    .orderBy('template')
    .orderBy('version', 'desc')
    .execute()
  const scripts = rows.filter(row => row.body.manifest.channel === 'call')
  return [...Map.groupBy(scripts, row => row.template)].map(([template, some]) => ({
    template,
    name: some[0]!.body.manifest.title,
    versions: some.map(row => row.version),
  }))
}
