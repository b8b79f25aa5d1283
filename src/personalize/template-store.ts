import type { App } from '../platform/app.ts'
import { asJson } from '../platform/stores/workflow/index.ts'
import { remember } from './compose/remember.ts'
import type { TemplateVersion } from './compose/template.ts'
import { errors } from './errors.ts'

/** A version as stored: its number is what the ledger names. */
export interface StoredVersion {
  number: number
  content: TemplateVersion
  liveSince: Date
}

type Store = Pick<App, 'workflow'>

/** Stores a template as its newest version and makes it live; content that is there already stays as it is. */
export async function publishTemplate(app: Store, content: TemplateVersion): Promise<number> {
  return app.workflow.transaction(async tx => {
    const rows = await tx
      .selectFrom('template_versions')
      .select(['version', 'hash'])
      .where('template', '=', content.id)
      .orderBy('version', 'desc')
      .execute()
    const same = rows.find(row => row.hash === content.hash)
    if (same) return same.version
    const version = (rows[0]?.version ?? 0) + 1
    const now = new Date()
    const row = {
      template: content.id,
      version,
      hash: content.hash,
      body: asJson(content),
      created_at: now,
      live_since: now,
    }
    await tx.insertInto('template_versions').values(row).execute()
    return version
  })
}

/** The live version of each template: the newest that has gone live. */
export async function liveTemplates(app: Store): Promise<StoredVersion[]> {
  const rows = await app.workflow.db
    .selectFrom('template_versions')
    .distinctOn('template')
    .selectAll()
    .where('live_since', '<=', new Date())
    .orderBy('template')
    .orderBy('version', 'desc')
    .execute()
  return rows.map(row => ({ number: row.version, content: row.body, liveSince: row.live_since ?? row.created_at }))
}

/** Versions never change, so each is read once a process. */
const read = new WeakMap<App['workflow'], Map<string, StoredVersion>>()

export async function templateVersion(app: Store, template: string, version: number): Promise<StoredVersion> {
  const known = remember(read, app.workflow, () => new Map<string, StoredVersion>())
  const key = `${template}/${version}`
  const found = known.get(key)
  if (found) return found
  const row = await app.workflow.db
    .selectFrom('template_versions')
    .selectAll()
    .where('template', '=', template)
    .where('version', '=', version)
    .executeTakeFirst()
  if (!row) throw errors['personalize.version-missing']({ template, version })
  const stored = { number: row.version, content: row.body, liveSince: row.live_since ?? row.created_at }
  known.set(key, stored)
  return stored
}
