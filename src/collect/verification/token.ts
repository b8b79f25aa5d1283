/**
 * A link that cannot be guessed and does not last: number and expiry, signed with HMAC-SHA256 under a key of this installation. Nothing
 * personal stands in it.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { App } from '../../platform/app.ts'
import { verificationErrors } from './errors.ts'

type Store = Pick<App, 'workflow'>
const NAME = 'verification-link'

async function secretOf({ workflow }: Store): Promise<string> {
  const { db } = workflow
  const read = () =>
    db.selectFrom('collect_verify_secrets').select('secret').where('name', '=', NAME).executeTakeFirst()
  const known = await read()
  if (known) return known.secret
  await db
    .insertInto('collect_verify_secrets')
    .values({ name: NAME, secret: randomBytes(32).toString('base64url') })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  return (await read())!.secret
}

const sign = (secret: string, body: string): string =>
  createHmac('sha256', secret).update(`verify ${body}`).digest('base64url')

export async function makeToken(store: Store, verificationId: number, expires: Date): Promise<string> {
  const body = `${verificationId.toString(36)}.${Math.floor(expires.getTime() / 1000).toString(36)}`
  return `${body}.${sign(await secretOf(store), body)}`
}

/** The verification's number; throws for a token that is not ours or whose time is over. */
export async function readToken(store: Store, token: string, now = new Date()): Promise<number> {
  const parts = /^([0-9a-z]{1,11})\.([0-9a-z]{1,9})\.([\w-]{43})$/.exec(token)
  if (!parts) throw verificationErrors['verification.link-bad']()
  const [, id = '', expires = '', given = ''] = parts
  const wanted = sign(await secretOf(store), `${id}.${expires}`)
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(wanted))) throw verificationErrors['verification.link-bad']()
  if (Number.parseInt(expires, 36) * 1000 < now.getTime()) throw verificationErrors['verification.link-expired']()
  return Number.parseInt(id, 36)
}
