/** Short messages through a provider's web address: the request is a template, what it answers is read by paths. */
import { z } from 'zod'
import { ChannelDown, type ChannelKind, type Opening, type OutMessage, type Sender, type Verdict } from '../channel.ts'
import { downOf } from '../smtp/verdict.ts'
import { fillTemplate, valueAt } from './http-template.ts'
import { OPT_OUT_WORDS } from './opt-out.ts'

export const smsHttpSettings = z.object({
  url: z.url({ protocol: /^https?$/ }),
  /** JSON with `{{to}}`, `{{text}}`, `{{id}}`, `{{token}}` in its texts; sent as JSON or as form fields. */
  body: z.string().max(10_000).default('{"to":"{{to}}","text":"{{text}}","reference":"{{id}}"}'),
  format: z.enum(['json', 'form']).default('json'),
  /** Header that carries the token, '' for none; `Bearer {{token}}` by default. */
  authHeader: z
    .string()
    .regex(/^[A-Za-z0-9-]{0,60}$/)
    .default('Authorization'),
  authValue: z.string().max(300).default('Bearer {{token}}'),
  /** Where the answer names the message: a dotted path. */
  idPath: z.string().max(100).default('id'),
  /** Where the answer says that it was taken, and what it says then; '' when HTTP 2xx alone says it. */
  okPath: z.string().max(100).default(''),
  okValue: z.string().max(100).default(''),
  /** The number without its plus sign. */
  plainNumber: z.boolean().default(false),
  window: z.number().int().min(1).max(200).default(10),
  perSecond: z.number().min(0).max(100_000).default(0),
  timeoutSeconds: z.number().int().min(1).max(300).default(30),
  country: z.string().length(2).default('CN'),
  optOut: z
    .array(z.string().min(1).max(20))
    .max(50)
    .default([...OPT_OUT_WORDS]),
  /** Of callbacks: the header with the HMAC-SHA256 of the body, in hexadecimal. */
  signatureHeader: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,60}$/)
    .default('x-signature'),
  /** Where a callback's reports and replies are: paths to a list, '' for the body itself. */
  receiptsPath: z.string().max(100).default('receipts'),
  receiptId: z.string().max(100).default('id'),
  receiptState: z.string().max(100).default('status'),
  deliveredWhen: z.array(z.string().max(60)).max(20).default(['DELIVRD', 'delivered']),
  failedWhen: z.array(z.string().max(60)).max(50).default(['UNDELIV', 'REJECTD', 'EXPIRED', 'failed', 'undelivered']),
  repliesPath: z.string().max(100).default('replies'),
  replyFrom: z.string().max(100).default('from'),
  replyText: z.string().max(100).default('text'),
})
export type SmsHttpSettings = z.infer<typeof smsHttpSettings>

const NUMBER = /^\+?[1-9]\d{5,14}$/

interface Answer {
  status: number
  body: unknown
  said: string
  retryAfterMs: number
}

async function post({ settings, secrets }: Opening, values: Record<string, string>): Promise<Answer> {
  const own = settings as SmsHttpSettings
  const filled = fillTemplate(JSON.parse(own.body), values)
  const headers: Record<string, string> = {
    'content-type': own.format === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
    'user-agent': 'huiyin',
    // The same message has the same key, for providers that look at it.
    'idempotency-key': values['id'] ?? '',
  }
  if (own.authHeader !== '')
    headers[own.authHeader.toLowerCase()] = own.authValue.replaceAll('{{token}}', secrets['token'] ?? '')
  const body =
    own.format === 'json'
      ? JSON.stringify(filled)
      : new URLSearchParams(Object.entries(filled as object).map(([name, value]) => [name, String(value)])).toString()
  const answer = await fetch(own.url, {
    method: 'POST',
    body,
    headers,
    redirect: 'error',
    signal: AbortSignal.timeout(own.timeoutSeconds * 1000),
  })
  const text = (await answer.text()).slice(0, 20_000)
  return {
    status: answer.status,
    body: readJson(text),
    said: `HTTP ${answer.status} ${text.slice(0, 200)}`.trim(),
    retryAfterMs: (Number(answer.headers.get('retry-after')) || 0) * 1000,
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const NEVER_LEFT =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT|SELF_SIGNED|ALTNAME|UND_ERR_CONNECT_TIMEOUT/

async function send(opening: Opening, message: OutMessage): Promise<Verdict> {
  const settings = opening.settings as SmsHttpSettings
  const to = message.address.replace(/[\s()-]/g, '')
  if (!NUMBER.test(to)) return { state: 'failed', reason: 'bad-address', detail: '' }
  const values = {
    to: settings.plainNumber ? to.replace('+', '') : to,
    text: Buffer.from(message.bytes).toString('utf8'),
    id: message.id,
    token: opening.secrets['token'] ?? '',
  }
  let answer: Answer
  try {
    answer = await post(opening, values)
  } catch (error) {
    const cause = (error as Error & { cause?: NodeJS.ErrnoException }).cause
    if (cause?.code && NEVER_LEFT.test(cause.code)) throw downOf(cause)
    // Who swallows one message would swallow the next: nothing more goes that way for now.
    throw new ChannelDown('timed-out', cause?.code ?? (error as Error).name, false)
  }
  const { status, body, said } = answer
  if (status === 401 || status === 403) throw new ChannelDown('password', said)
  if (status === 429 || status === 503)
    return { state: 'deferred', reason: `http-${status}`, detail: said, afterMs: answer.retryAfterMs || 5000 }
  if (status >= 500) return { state: 'uncertain', reason: `http-${status}`, detail: said }
  if (status >= 300) return { state: 'failed', reason: `http-${status}`, detail: said }
  if (settings.okPath !== '' && String(valueAt(body, settings.okPath) ?? '') !== settings.okValue)
    return { state: 'failed', reason: String(valueAt(body, settings.okPath) ?? 'no-answer').slice(0, 60), detail: said }
  return { state: 'settled', receipt: String(valueAt(body, settings.idPath) ?? '').slice(0, 100) }
}

export const smsHttp: ChannelKind = {
  kind: 'sms-http',
  title: { en: 'SMS through a web address', zh: '短信（HTTP 接口）' },
  about: {
    en: "A provider's interface over HTTP: a request made from a template, receipts and replies by signed callback.",
    zh: '通过服务商的 HTTP 接口：按模板生成请求，状态报告与上行短信经签名回调返回。',
  },
  carries: ['sms'],
  works: 'thread',
  module: import.meta.url,
  can: { receipts: true, replies: true, test: false },
  settings: smsHttpSettings,
  secrets: ['token', 'callbackSecret'],
  fields: [
    { name: 'url', label: { en: 'Address', zh: '地址' }, kind: 'text' },
    {
      name: 'body',
      label: { en: 'Request', zh: '请求内容' },
      help: {
        en: 'JSON with {{to}}, {{text}}, {{id}}, {{token}}.',
        zh: 'JSON，可用 {{to}}、{{text}}、{{id}}、{{token}}。',
      },
      kind: 'long-text',
      fallback: '{"to":"{{to}}","text":"{{text}}","reference":"{{id}}"}',
    },
    {
      name: 'format',
      label: { en: 'Sent as', zh: '发送格式' },
      kind: 'choice',
      fallback: 'json',
      choices: [
        { value: 'json', label: { en: 'JSON', zh: 'JSON' } },
        { value: 'form', label: { en: 'Form fields', zh: '表单字段' } },
      ],
    },
    { name: 'token', label: { en: 'Token', zh: '令牌' }, kind: 'secret' },
    {
      name: 'authHeader',
      label: { en: 'Header of the token', zh: '令牌请求头' },
      kind: 'text',
      fallback: 'Authorization',
    },
    {
      name: 'authValue',
      label: { en: 'Value of that header', zh: '请求头内容' },
      kind: 'text',
      fallback: 'Bearer {{token}}',
    },
    { name: 'idPath', label: { en: 'Path of the message id', zh: '消息编号路径' }, kind: 'text', fallback: 'id' },
    { name: 'okPath', label: { en: 'Path of the result', zh: '结果路径' }, kind: 'text', fallback: '' },
    { name: 'okValue', label: { en: 'Result when taken', zh: '成功时的结果' }, kind: 'text', fallback: '' },
    { name: 'plainNumber', label: { en: 'Numbers without +', zh: '号码不带 +' }, kind: 'switch', fallback: false },
    { name: 'window', label: { en: 'Requests at a time', zh: '并发请求数' }, kind: 'number', fallback: 10 },
    { name: 'perSecond', label: { en: 'Messages a second', zh: '每秒条数' }, kind: 'number', fallback: 0 },
    {
      name: 'callbackSecret',
      label: { en: 'Secret of callbacks', zh: '回调密钥' },
      help: {
        en: 'Callbacks come to /sms/callback/<number of this channel> with the HMAC-SHA256 of the body.',
        zh: '回调地址为 /sms/callback/<本渠道编号>，须带正文的 HMAC-SHA256。',
      },
      kind: 'secret',
    },
    {
      name: 'signatureHeader',
      label: { en: 'Header of the signature', zh: '签名请求头' },
      kind: 'text',
      fallback: 'x-signature',
    },
    { name: 'country', label: { en: 'Country of numbers', zh: '号码所属国家' }, kind: 'text', fallback: 'CN' },
    {
      name: 'optOut',
      label: { en: 'Words that refuse', zh: '退订关键词' },
      kind: 'lines',
      fallback: [...OPT_OUT_WORDS],
    },
  ],
  open: async (opening): Promise<Sender> => {
    const { window } = opening.settings as SmsHttpSettings
    return { window, send: message => send(opening, message), close: async () => undefined, abort: () => undefined }
  },
}
