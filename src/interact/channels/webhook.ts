/** Any message to an address of another system, signed as the web hooks of giving back are: `t=<seconds>,v1=<hex>` over `<t>.<body>`. */
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { ChannelDown, type ChannelKind, type Opening, type OutMessage, type Verdict } from './channel.ts'
import { downOf } from './smtp/verdict.ts'

export const webhookSettings = z.object({
  url: z.url({ protocol: /^https?$/ }),
  window: z.number().int().min(1).max(100).default(5),
  perSecond: z.number().min(0).max(100_000).default(0),
  timeoutSeconds: z.number().int().min(1).max(300).default(30),
})

export const webhookSignature = (secret: string, seconds: number, body: string): string =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`

async function post(
  { settings, secrets }: Opening,
  id: string,
  body: string,
): Promise<{ status: number; said: string }> {
  const { url, timeoutSeconds } = settings as z.infer<typeof webhookSettings>
  const answer = await fetch(url, {
    method: 'POST',
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutSeconds * 1000),
    headers: {
      'content-type': 'application/json',
      'user-agent': 'huiyin',
      // The receiver keeps it: the same message may come again after a lost answer.
      'x-huiyin-delivery': id,
      'x-huiyin-signature': webhookSignature(secrets['secret'] ?? '', Math.floor(Date.now() / 1000), body),
    },
  })
  return { status: answer.status, said: `HTTP ${answer.status} ${(await answer.text()).slice(0, 200)}`.trim() }
}

async function send(opening: Opening, message: OutMessage): Promise<Verdict> {
  const { id, customerId, address, kind, class: legal, offer, language, bytes } = message
  const content = Buffer.from(bytes).toString('base64')
  const body = JSON.stringify({ id, customerId, address, kind, class: legal, offer, language, content })
  try {
    const { status, said } = await post(opening, id, body)
    if (status >= 200 && status < 300) return { state: 'settled', receipt: said.slice(0, 100) }
    if (status === 401 || status === 403) throw new ChannelDown('password', said)
    if (status === 429 || status >= 500)
      return { state: 'deferred', reason: `http-${status}`, detail: said, afterMs: 0 }
    return { state: 'failed', reason: `http-${status}`, detail: said }
  } catch (error) {
    if (error instanceof ChannelDown) throw error
    // The receiver tells the same message by its id: what got no answer is simply sent again.
    throw downOf((error as Error & { cause?: NodeJS.ErrnoException }).cause ?? (error as NodeJS.ErrnoException))
  }
}

export const webhook: ChannelKind = {
  kind: 'webhook',
  title: { en: 'Web hook', zh: 'Webhook' },
  about: {
    en: 'Hands messages to an address of another system, signed; the receiver tells repetitions by their id.',
    zh: '把消息签名后交给其他系统的地址；接收方按编号识别重复。',
  },
  carries: ['email', 'sms', 'print'],
  works: 'thread',
  module: import.meta.url,
  can: { receipts: false, replies: false, test: true },
  settings: webhookSettings,
  secrets: ['secret'],
  fields: [
    { name: 'url', label: { en: 'Address', zh: '地址' }, kind: 'text' },
    { name: 'secret', label: { en: 'Secret of the signature', zh: '签名密钥' }, kind: 'secret' },
    { name: 'window', label: { en: 'Requests at a time', zh: '并发请求数' }, kind: 'number', fallback: 5 },
    { name: 'perSecond', label: { en: 'Messages a second', zh: '每秒条数' }, kind: 'number', fallback: 0 },
  ],
  open: async opening => ({
    window: (opening.settings as z.infer<typeof webhookSettings>).window,
    send: message => send(opening, message),
    close: async () => undefined,
    abort: () => undefined,
  }),
  async test(opening) {
    const { status, said } = await post(opening, 'test', JSON.stringify({ test: true })).catch(error => {
      throw downOf((error as Error & { cause?: NodeJS.ErrnoException }).cause ?? (error as NodeJS.ErrnoException))
    })
    if (status >= 300) throw new ChannelDown(status === 401 || status === 403 ? 'password' : 'refuses', said)
    return said
  },
}
