import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { optimizeErrors } from '../errors.ts'
import { contactPolicy, offers, saveSettings } from '../settings.ts'
import { type ContactPolicy, contactPolicySchema } from './contact-policy.ts'

interface Person {
  userId: number
  name: string
}

type Store = Pick<App, 'workflow'>

const newest = (app: Store) =>
  app.workflow.db
    .selectFrom('contact_policy_versions')
    .selectAll()
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Number of the policy in force; one that was loaded from a file gets its number when it is first asked for. */
export async function policyVersion(app: Store): Promise<number> {
  const policy = await contactPolicy(app)
  const last = await newest(app)
  if (last && isDeepStrictEqual(contactPolicySchema.parse(last.body), policy)) return last.version
  return addVersion(app, policy, '', null, null)
}

async function addVersion(
  app: Store,
  policy: ContactPolicy,
  note: string,
  who: Person | null,
  restored: number | null,
): Promise<number> {
  const { version } = await app.workflow.db
    .insertInto('contact_policy_versions')
    .values({
      body: asJson(policy),
      note,
      restored,
      by_user: who?.userId ?? null,
      by_name: who?.name ?? '',
      at: new Date(),
    })
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

/** Releases a policy: turns from now on, and every message that is sent, keep to it. Refused when another release came between. */
export async function releasePolicy(
  app: Store,
  policy: ContactPolicy,
  from: { version: number; note: string; restored?: number },
  who: Person,
): Promise<number> {
  const now = await policyVersion(app)
  if (now !== from.version) throw optimizeErrors['optimize.policy-changed']({ version: now })
  if (isDeepStrictEqual(await contactPolicy(app), policy)) return now
  await saveSettings(app, await offers(app), policy)
  return addVersion(app, policy, from.note, who, from.restored ?? null)
}

export async function policyVersions(app: Store) {
  await policyVersion(app)
  const rows = await app.workflow.db
    .selectFrom('contact_policy_versions')
    .select(['version', 'note', 'restored', 'by_name', 'at'])
    .orderBy('version', 'desc')
    .limit(200)
    .execute()
  return rows.map(row => ({
    version: row.version,
    note: row.note,
    restored: row.restored,
    by: row.by_name,
    at: row.at.toISOString(),
  }))
}

export async function policyAt(app: Store, version: number): Promise<ContactPolicy> {
  const row = await app.workflow.db
    .selectFrom('contact_policy_versions')
    .select('body')
    .where('version', '=', version)
    .executeTakeFirst()
  if (!row) throw optimizeErrors['optimize.no-such-version']({ version })
  return contactPolicySchema.parse(row.body)
}

/** Tells whether two plans were made with the same offers. */
export async function offersVersion(app: Store): Promise<string> {
  return createHash('sha256')
    .update(JSON.stringify(await offers(app)))
    .digest('hex')
    .slice(0, 12)
}
