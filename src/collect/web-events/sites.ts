import { randomBytes } from 'node:crypto'
import type { App } from '../../platform/app.ts'
import { webErrors } from './errors.ts'

export interface WebSite {
  siteId: number
  name: string
  siteKey: string
  origins: string[]
  paused: boolean
}

/** `https://shop.example.com`, as browsers say it; anything else is refused. */
function originOf(given: string): string {
  const text = given.trim().replace(/\/$/, '')
  const right =
    URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text.toLowerCase()
  if (!right) throw webErrors['collect.bad-origin']({ origin: given.slice(0, 100) })
  return text.toLowerCase()
}

const columns = ['site_id', 'name', 'site_key', 'origins', 'paused'] as const

const toSite = (row: {
  site_id: number
  name: string
  site_key: string
  origins: string[]
  paused: boolean
}): WebSite => ({
  siteId: row.site_id,
  name: row.name,
  siteKey: row.site_key,
  origins: row.origins,
  paused: row.paused,
})

export async function webSites({ workflow }: App): Promise<WebSite[]> {
  const rows = await workflow.db
    .selectFrom('collect_web_sites')
    .select(columns)
    .where('deleted_at', 'is', null)
    .orderBy('site_id')
    .execute()
  return rows.map(toSite)
}

export async function addSite({ workflow }: App, site: { name: string; origins: readonly string[] }): Promise<WebSite> {
  const row = await workflow.db
    .insertInto('collect_web_sites')
    .values({
      name: site.name,
      site_key: `hys_${randomBytes(12).toString('base64url')}`,
      origins: [...new Set(site.origins.map(originOf))],
      paused: false,
      created_at: new Date(),
      deleted_at: null,
    })
    .returning(columns)
    .executeTakeFirstOrThrow()
  return toSite(row)
}

export async function changeSite(
  { workflow }: App,
  siteId: number,
  change: { name?: string; origins?: readonly string[]; paused?: boolean; deleted?: boolean },
): Promise<void> {
  const { numUpdatedRows } = await workflow.db
    .updateTable('collect_web_sites')
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.origins === undefined ? {} : { origins: [...new Set(change.origins.map(originOf))] }),
      ...(change.paused === undefined ? {} : { paused: change.paused }),
      ...(change.deleted === undefined ? {} : { deleted_at: change.deleted ? new Date() : null }),
    })
    .where('site_id', '=', siteId)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw webErrors['collect.no-site']({ site: siteId })
}
