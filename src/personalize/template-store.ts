import type { App } from '../platform/app.ts'
import { asJson } from '../platform/stores/workflow/index.ts'
import { remember } from './compose/remember.ts'
import { manifestSchema, type TemplateVersion } from './compose/template.ts'
import { errors } from './errors.ts'
import { FROM_THE_BEGINNING, today } from './templates/effective.ts'

/** A version as stored: its number is what the ledger names. */
export interface StoredVersion {
  number: number
  content: TemplateVersion
  liveSince: Date
}

type Store = Pick<App, 'workflow'>

/** Who approved a version (nobody yet: approval is asked), and from when until when it holds. */
export interface Approval {
  from: string
  to: string | null
  madeBy: string
  approvedBy: { userId: number | null; name: string } | null
  note: string
  restored: number | null
}

export const byTheCompany: Approval = {
  from: FROM_THE_BEGINNING,
  to: null,
  madeBy: '',
  approvedBy: { userId: null, name: '' },
  note: '',
  restored: null,
}

/** Stores a template as its newest version, approved by the company itself; content that is there already stays as it is. */
export async function publishTemplate(app: Store, content: TemplateVersion): Promise<number> {
  const same = await app.workflow.db
    .selectFrom('template_versions')
    .select('version')
    .where('template', '=', content.id)
    .where('hash', '=', content.hash)
    .where('approved_at', 'is not', null)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  return same?.version ?? app.workflow.transaction(tx => insertVersion(tx, content, byTheCompany))
}

type Transaction = Parameters<Parameters<App['workflow']['transaction']>[0]>[0]

/** The next version, whatever the ones before hold. */
export async function insertVersion(tx: Transaction, content: TemplateVersion, approval: Approval): Promise<number> {
  const newest = await tx
    .selectFrom('template_versions')
    .select('version')
    .where('template', '=', content.id)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  const version = (newest?.version ?? 0) + 1
  const now = new Date()
  const { assets: _, ...body } = content
  const row = {
    template: content.id,
    version,
    hash: content.hash,
    body: asJson<TemplateVersion>(body),
    created_at: now,
    live_since: approval.approvedBy && now,
    effective_from: approval.from,
    effective_to: approval.to,
    made_by_name: approval.madeBy,
    approved_at: approval.approvedBy && now,
    approved_by: approval.approvedBy?.userId ?? null,
    approved_by_name: approval.approvedBy?.name ?? '',
    note: approval.note,
    restored: approval.restored,
    withdrawn_at: null,
  }
  await tx.insertInto('template_versions').values(row).execute()
  return version
}

interface Row {
  version: number
  body: TemplateVersion
  created_at: Date
  live_since: Date | null
}

/** A version of an older house says nothing of what manifests have learned since: it gets what they say by default. */
const stored = ({ version, body, created_at, live_since }: Row): StoredVersion => ({
  number: version,
  content: { ...body, manifest: manifestSchema.parse(body.manifest) },
  liveSince: live_since ?? created_at,
})

/** The version of each template that holds on a business date: of the approved ones that are valid then the one from the latest date. */
export async function liveTemplates(app: Store, asOf = today()): Promise<StoredVersion[]> {
  const rows = await app.workflow.db
    .selectFrom('template_versions')
    .distinctOn('template')
    .selectAll()
    .where('approved_at', 'is not', null)
    .where('withdrawn_at', 'is', null)
    .where('effective_from', '<=', asOf)
    .where(eb => eb.or([eb('effective_to', 'is', null), eb('effective_to', '>=', asOf)]))
    .orderBy('template')
    .orderBy('effective_from', 'desc')
    .orderBy('version', 'desc')
    .execute()
  return rows.map(stored)
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
  const whole = stored(row)
  known.set(key, whole)
  return whole
}
