import { sql } from 'kysely'
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { assetUses } from './api.ts'
import { asset } from './asset-store.ts'
import { errors } from './errors.ts'

type Uses = z.infer<typeof assetUses>['rows']

/** Every version ever made counts: what was once sent must come out the same for years. */
export async function usesOf(app: Pick<App, 'workflow'>, id: string): Promise<Uses> {
  const named = sql<boolean>`position(${id} in body::text) > 0`
  const versions = await app.workflow.db
    .selectFrom('template_versions')
    .select(['template', 'version', 'live_since'])
    .where(named)
    .orderBy('template')
    .orderBy('version', 'desc')
    .execute()
  const now = new Date()
  const newest = new Set<string>()
  return versions.map(({ template, version, live_since }) => {
    const live = live_since !== null && live_since <= now && !newest.has(template)
    if (live) newest.add(template)
    return { what: 'template' as const, id: template, version, live }
  })
}

export async function removeAsset(app: Pick<App, 'workflow'>, id: string): Promise<void> {
  const { name } = await asset(app, id)
  const [use] = await usesOf(app, id)
  if (use) throw errors['assets.in-use']({ name, where: use.version === null ? use.id : `${use.id} ${use.version}` })
  await app.workflow.db.deleteFrom('content_assets').where('id', '=', id).execute()
}
