import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { App } from '../app.ts'
import { sha256Of } from '../sha256.ts'
import type { User } from './users.ts'

const SECONDS = 12 * 3600

/** A new session's token (256 random bits), to be kept in a cookie; only its hash is stored. */
export async function openSession(
  { workflow }: Pick<App, 'workflow'>,
  userId: number,
): Promise<{ token: string; seconds: number }> {
  const token = randomBytes(32).toString('base64url')
  await workflow.db.deleteFrom('sessions').where('expires_at', '<', new Date()).execute()
  await workflow.db
    .insertInto('sessions')
    .values({ token_hash: sha256Of(token), user_id: userId, expires_at: new Date(Date.now() + SECONDS * 1000) })
    .execute()
  return { token, seconds: SECONDS }
}

export async function closeSession({ workflow }: Pick<App, 'workflow'>, token: string): Promise<void> {
  const hash = sha256Of(token)
  await workflow.db.deleteFrom('sessions').where('token_hash', '=', hash).execute()
  ended.emit(hash)
}

const ended = new EventEmitter().setMaxListeners(0)

/** Of this process, at once; what is open elsewhere asks now and then. Returns what takes the wish back. */
export function whenSignedOut(token: string, tell: () => void): () => void {
  const hash = sha256Of(token)
  ended.once(hash, tell)
  return () => void ended.off(hash, tell)
}

/** The user of a token; null when it is forged, expired, or the user was disabled. */
export async function sessionUser({ workflow }: Pick<App, 'workflow'>, token: string): Promise<User | null> {
  const row = await workflow.db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['users.id', 'users.login', 'users.name', 'users.roles', 'users.lang'])
    .where('sessions.token_hash', '=', sha256Of(token))
    .where('sessions.expires_at', '>', new Date())
    .where('users.disabled', '=', false)
    .executeTakeFirst()
  return row ? { userId: row.id, login: row.login, name: row.name, roles: row.roles, lang: row.lang } : null
}
