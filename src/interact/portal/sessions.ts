/** Who is signed in where. The browser holds 256 random bits, of which we keep the hash. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { App } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import type { WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import type { ReadLang } from '../preference-centre/page.ts'
import { fatesOf } from '../tasks/identity-fate.ts'
import type { Place } from './place.ts'

export type Session = Selectable<WorkflowSchema['portal_sessions']>
type Store = Pick<App, 'workflow'>

export const newToken = (): string => randomBytes(32).toString('base64url')

export interface NewSession {
  place: Place
  /** Who has the address; one of several says which they are. */
  customers: readonly number[]
  lang: ReadLang
  kioskId?: number
}

export async function openSession(
  { workflow }: Store,
  { place, customers, lang, kioskId }: NewSession,
  now = new Date(),
): Promise<{ token: string; session: Session }> {
  const token = newToken()
  const [only] = customers
  await workflow.db.deleteFrom('portal_sessions').where('expires_at', '<', now).execute()
  const session = await workflow.db
    .insertInto('portal_sessions')
    .values({
      token_hash: sha256Of(token),
      place: place.name,
      kiosk_id: kioskId ?? null,
      customer_id: customers.length === 1 && only !== undefined ? only : 0,
      candidates: customers.length === 1 ? [] : [...customers],
      tries: 0,
      csrf: newToken(),
      lang,
      opened_at: now,
      seen_at: now,
      expires_at: new Date(now.getTime() + place.mostMs),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { token, session }
}

/** null: nobody is signed in, was idle for too long, or is no customer any more. Follows a merge. */
export async function sessionOf(
  app: App,
  place: Place,
  token: string | undefined,
  now = new Date(),
): Promise<Session | null> {
  if (!token) return null
  const session = await app.workflow.db
    .updateTable('portal_sessions')
    .set({ seen_at: now })
    .where('token_hash', '=', sha256Of(token))
    .where('place', '=', place.name)
    .where('expires_at', '>', now)
    .where('seen_at', '>', new Date(now.getTime() - place.idleMs))
    .returningAll()
    .executeTakeFirst()
  if (!session || session.customer_id === 0) return session ?? null
  const { customer_id: customerId, opened_at: since } = session
  const fate = (await fatesOf(app, [{ customerId, since }])).get(customerId)!
  if (fate.kind === 'same') return session
  if (fate.kind !== 'merged') {
    // Of several people nobody knows which one holds the browser.
    await closeSession(app, session)
    return null
  }
  await change(app, session, { customer_id: fate.customerId })
  return { ...session, customer_id: fate.customerId }
}

export const closeSession = ({ workflow }: Store, { token_hash }: Pick<Session, 'token_hash'>): Promise<unknown> =>
  workflow.db.deleteFrom('portal_sessions').where('token_hash', '=', token_hash).execute()

export const change = (
  { workflow }: Store,
  { token_hash }: Session,
  set: Partial<Pick<Session, 'customer_id' | 'candidates' | 'tries' | 'lang'>>,
): Promise<unknown> =>
  workflow.db.updateTable('portal_sessions').set(set).where('token_hash', '=', token_hash).execute()

export function isOurs(session: Session, csrf: string | null): boolean {
  const [a, b] = [Buffer.from(session.csrf), Buffer.from(csrf ?? '')]
  return a.length === b.length && timingSafeEqual(a, b)
}
