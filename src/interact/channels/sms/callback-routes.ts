/** Receipts and replies of a provider that calls us: taken only with the HMAC of the body under the channel's secret. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { App, Http } from '../../../platform/app.ts'
import { recordReceipts, recordReply } from '../../answers/sms-answers.ts'
import { errors } from '../../errors.ts'
import { channelOf, openingOf } from '../channel-store.ts'
import { valueAt } from './http-template.ts'
import type { SmsReceipt } from './receipt.ts'
import type { SmsHttpSettings } from './sms-http.ts'

export function smsCallbackRoutes(http: Http, app: App): void {
  http.post('/sms/callback/:channel', { schema: { hide: true } }, async (req, reply) => {
    const number = Number((req.params as { channel: string }).channel)
    const channel = Number.isSafeInteger(number) ? await channelOf(app, number) : undefined
    if (channel?.kind !== 'sms-http') throw errors['interact.no-channel']({ channel: number })
    const { settings, secrets } = await openingOf(app, channel)
    const own = settings as SmsHttpSettings
    const body = String(req.body ?? '')
    if (!isSigned(body, String(req.headers[own.signatureHeader.toLowerCase()] ?? ''), secrets['callbackSecret']))
      throw errors['interact.callback-refused']()
    const parsed = read(body, String(req.headers['content-type'] ?? ''))
    await recordReceipts(app, channel, receiptsIn(parsed, own))
    for (const one of listAt(parsed, own.repliesPath)) {
      const from = String(valueAt(one, own.replyFrom) ?? '')
      if (from !== '') await recordReply(app, channel, { from, text: String(valueAt(one, own.replyText) ?? '') })
    }
    return reply.code(200).send({ ok: true })
  })
}

export const callbackSignature = (secret: string, body: string): string =>
  createHmac('sha256', secret).update(body).digest('hex')

function isSigned(body: string, given: string, secret: string | undefined): boolean {
  if (!secret) return false
  const right = Buffer.from(callbackSignature(secret, body))
  const said = Buffer.from(given.replace(/^sha256=/, '').toLowerCase())
  return right.length === said.length && timingSafeEqual(right, said)
}

function read(body: string, type: string): unknown {
  if (type.includes('form-urlencoded')) return Object.fromEntries(new URLSearchParams(body))
  try {
    return JSON.parse(body)
  } catch (error) {
    throw errors['interact.bad-callback']({ reason: (error as Error).message }, error)
  }
}

/** A list, or one thing where a provider sends a single one. */
function listAt(body: unknown, path: string): unknown[] {
  const value = valueAt(body, path)
  if (Array.isArray(value)) return value
  return typeof value === 'object' && value !== null ? [value] : []
}

function receiptsIn(body: unknown, own: SmsHttpSettings): SmsReceipt[] {
  return listAt(body, own.receiptsPath).flatMap(one => {
    const providerId = String(valueAt(one, own.receiptId) ?? '')
    const said = String(valueAt(one, own.receiptState) ?? '')
    if (providerId === '') return []
    const state = own.deliveredWhen.includes(said)
      ? 'delivered'
      : own.failedWhen.includes(said)
        ? 'failed'
        : 'under-way'
    return [{ providerId, state, said: said.slice(0, 60) }]
  })
}
