/**
 * One message of the house itself, to one address, now: a code to sign in with, an answer in a thread. It goes by the channel that
 * carries such messages, or by the local transport, and is no part of any turn.
 */
import { randomBytes } from 'node:crypto'
import nodemailer from 'nodemailer'
import { mailSender, smsSize } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { textIn } from '../../platform/text.ts'
import type { OutMessage, Verdict } from '../channels/channel.ts'
import { carrierOf, openingOf } from '../channels/channel-store.ts'
import { channelKind } from '../channels/index.ts'
import { maildir } from '../transports/maildir.ts'
import { smsSpool } from '../transports/sms-spool.ts'

export interface DirectMessage {
  /** 32 hex digits; sent twice under one id, a local transport writes it once. Default: a new one. */
  id?: string
  customerId: number
  language: string
  kind: string
  to: { channel: 'email' | 'sms'; address: string }
  /** Of an e-mail. */
  subject?: string
  text: string
  from?: { name: string; address: string }
  /** Message-IDs of the thread, oldest first. */
  references?: readonly string[]
}

export interface DirectlySent {
  id: string
  verdict: Verdict
  /** Of an e-mail. */
  messageId: string
}

/** Throws ChannelDown when the whole way is out of order; a single refusal is a verdict. */
export async function sendDirect(app: App, message: DirectMessage): Promise<DirectlySent> {
  const id = message.id ?? randomBytes(16).toString('hex')
  const { channel, address } = message.to
  const from = await senderOf(app, message)
  const messageId = `<${id}@${from.address.split('@')[1] ?? 'huiyin.invalid'}>`
  const bytes = channel === 'email' ? await mailOf(message, from, messageId) : Buffer.from(message.text)
  const carrier = await carrierOf(app, channel)
  const open = carrier ? channelKind(carrier.kind).open : undefined
  if (!carrier || !open) return { id, messageId, verdict: await writeLocally(app, id, message, bytes) }
  const sender = await open(await openingOf(app, carrier))
  const out: OutMessage = {
    id,
    customerId: message.customerId,
    address,
    kind: message.kind,
    class: 'service',
    offer: '',
    language: message.language,
    returnPath: '',
    bytes,
  }
  try {
    return { id, messageId, verdict: await sender.send(out) }
  } finally {
    await sender.close()
  }
}

const composer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' })

interface Sender {
  name: string
  address: string
  replyTo?: string
}

/** As the company's other mail says it: a name and a domain that the receiver knows, and that the server signs for. */
async function senderOf(app: App, { from, language }: DirectMessage): Promise<Sender> {
  const own = from ? null : await mailSender(app)
  if (!own) return from ?? { name: '', address: 'nobody@huiyin.invalid' }
  return { ...own, name: textIn(own.name, language === 'en' ? 'en' : 'zh-CN') }
}

async function mailOf(
  { to, subject, text, references }: DirectMessage,
  { replyTo, ...from }: Sender,
  messageId: string,
): Promise<Buffer> {
  const { message } = await composer.sendMail({
    to: { name: '', address: to.address },
    from,
    ...(replyTo ? { replyTo } : {}),
    subject: subject ?? '',
    text,
    messageId,
    ...(references?.length ? { references: [...references], inReplyTo: references.at(-1)! } : {}),
    headers: { 'Auto-Submitted': references?.length ? 'no' : 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return message as Buffer
}

/** The local transports write under the id alone; there is no run to speak of. */
const NO_RUN = { turnId: 0, asOf: '', runId: 0, composeRun: 0, identityRun: 0, campaignRun: 0 }

async function writeLocally(app: App, id: string, message: DirectMessage, bytes: Buffer): Promise<Verdict> {
  const { customerId, kind, language, to } = message
  const transport = to.channel === 'email' ? maildir : smsSpool
  const segments = to.channel === 'sms' ? smsSize(message.text).segments : 0
  const out = { id, customerId, address: to.address, kind, offer: '', language, bytes, sha256: '', pages: 0, segments }
  const [receipt] = await transport.deliver({ app, ...NO_RUN }, [out])
  return receipt!.state === 'settled'
    ? { state: 'settled', receipt: receipt!.receipt }
    : { state: 'failed', reason: receipt!.reason, detail: '' }
}
