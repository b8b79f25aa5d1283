import { createHash } from 'node:crypto'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'
import type { Fragments } from '../design/compile/expand.ts'
import type { FragmentContent } from '../design/design.ts'
import { type Approval, byTheCompany } from '../template-store.ts'
import { today } from '../templates/effective.ts'
import type { FragmentSource } from '../templates/source.ts'

type Store = Pick<App, 'workflow'>
type Transaction = Parameters<Parameters<App['workflow']['transaction']>[0]>[0]

export const hashOf = (source: FragmentSource): string =>
  createHash('sha256').update(JSON.stringify(source)).digest('hex')

/** The version of each fragment that holds on a business date, as templates are compiled with them. */
export async function fragmentsOn(app: Store, asOf = today()): Promise<Fragments> {
  const rows = await heldOn(app, asOf)
  return new Map(rows.map(({ fragment, version, body }) => [fragment, { version, content: body.content }]))
}

const heldOn = (app: Store, asOf: string) =>
  app.workflow.db
    .selectFrom('fragment_versions')
    .distinctOn('fragment')
    .select(['fragment', 'version', 'body'])
    .where('approved_at', 'is not', null)
    .where('withdrawn_at', 'is', null)
    .where('effective_from', '<=', asOf)
    .where(eb => eb.or([eb('effective_to', 'is', null), eb('effective_to', '>=', asOf)]))
    .orderBy('fragment')
    .orderBy('effective_from', 'desc')
    .orderBy('version', 'desc')
    .execute()

export interface Objection {
  /** Of the fragment. */
  id: string
  version: number
  says: Text
  /** None: heard of every offer. */
  offers: readonly string[]
  reply: FragmentContent
}

/** What customers say against offers, and what to answer: fragments written, versioned and approved like all others. */
export async function objectionsOn(app: Store, asOf = today()): Promise<Objection[]> {
  const rows = await heldOn(app, asOf)
  return rows.flatMap(({ fragment, version, body: { objection, title, content } }) =>
    objection ? [{ id: fragment, version, says: title, offers: objection.offers, reply: content }] : [],
  )
}

/** The next version of a fragment. */
export async function insertFragment(
  tx: Transaction,
  id: string,
  source: FragmentSource,
  approval: Approval,
): Promise<number> {
  const newest = await tx
    .selectFrom('fragment_versions')
    .select('version')
    .where('fragment', '=', id)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  const version = (newest?.version ?? 0) + 1
  const now = new Date()
  await tx
    .insertInto('fragment_versions')
    .values({
      fragment: id,
      version,
      hash: hashOf(source),
      body: asJson(source),
      created_at: now,
      effective_from: approval.from,
      effective_to: approval.to,
      made_by_name: approval.madeBy,
      approved_at: approval.approvedBy && now,
      approved_by: approval.approvedBy?.userId ?? null,
      approved_by_name: approval.approvedBy?.name ?? '',
      note: approval.note,
      restored: approval.restored,
      withdrawn_at: null,
    })
    .execute()
  return version
}

/** A fragment that comes with the company's files, approved by the company itself; content that is there already stays as it is. */
export async function publishFragment(app: Store, id: string, source: FragmentSource): Promise<number> {
  const same = await app.workflow.db
    .selectFrom('fragment_versions')
    .select('version')
    .where('fragment', '=', id)
    .where('hash', '=', hashOf(source))
    .where('approved_at', 'is not', null)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  return same?.version ?? app.workflow.transaction(tx => insertFragment(tx, id, source, byTheCompany))
}
