/** Who a visitor is, proven by us: a signed token in links of our letters, mails and the portal. A bare e-mail in a page proves nothing. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { App } from '../../platform/app.ts'

const NAME = 'visitor-token'
const DAYS = 30

async function secretOf({ workflow }: Pick<App, 'workflow'>): Promise<string> {
  const read = () =>
    workflow.db.selectFrom('collect_secrets').select('secret').where('name', '=', NAME).executeTakeFirst()
  const found = await read()
  if (found) return found.secret
  await workflow.db
    .insertInto('collect_secrets')
    .values({ name: NAME, secret: randomBytes(32).toString('base64url') })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  return (await read())!.secret
}

const sign = (secret: string, body: string): string =>
  createHmac('sha256', secret).update(`huiyin-visitor ${body}`).digest('base64url')

/** `customer.expiry.signature`, all URL-safe: `https://shop.example.com/?hy_t=…`; the script takes it out of the address bar. */
export async function visitorToken(app: Pick<App, 'workflow'>, customerId: number, days = DAYS): Promise<string> {
  const expires = Math.floor(Date.now() / 1000) + days * 86_400
  const body = `${customerId.toString(36)}.${expires.toString(36)}`
  return `${body}.${sign(await secretOf(app), body)}`
}

/** The customer of a token that we signed and that has not run out; else null. */
export async function customerOfToken(app: Pick<App, 'workflow'>, token: string): Promise<number | null> {
  const match = /^([0-9a-z]{1,12})\.([0-9a-z]{1,8})\.([\w-]{43})$/.exec(token)
  if (!match) return null
  const [, customer = '', expires = '', given = ''] = match
  const right = Buffer.from(sign(await secretOf(app), `${customer}.${expires}`))
  if (!timingSafeEqual(right, Buffer.from(given))) return null
  if (Number.parseInt(expires, 36) < Date.now() / 1000) return null
  return Number.parseInt(customer, 36)
}
