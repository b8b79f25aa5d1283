/**
 * A mail that came back or in: a bounce, a complaint, an automatic answer, a wish to unsubscribe, a word from a customer. It belongs to the
 * communication that its return path names (signed, so it is proof), else to the one whose Message-ID the report quotes.
 */
import { type CustomerEvent, recordEvents } from '../../collect/index.ts'
import { linkSecret, readLink } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import type { Bounce } from '../bounces/read-bounce.ts'
import { communicationOf } from '../channels/smtp/verp.ts'
import { mails } from '../inbox/mail-reader.ts'
import type { LookedAt, ReadMail } from '../inbox/read-mail.ts'
import { receiveMail } from '../inbox/receive-mail.ts'
import { senderProof } from '../inbox/sender-proof.ts'
import { customersAt } from '../portal/known-by.ts'
import { tell } from '../queue/notices.ts'
import { type Addressee, addressees } from './of-communication.ts'
import { suppress } from './suppress.ts'
import { changeWishes, type WishChannel } from './wishes.ts'

export interface ReturnedMail {
  bytes: Uint8Array
  /** Of the envelope, where it is known. */
  recipients: readonly string[]
  /** The server of ours whose Authentication-Results are believed, by the name it gives itself; '' none. */
  authservId?: string | undefined
}

export type MailAnswer = Bounce['kind'] | 'unsubscribe' | 'reply' | 'unknown'

export async function recordReturned(app: App, mail: ReturnedMail): Promise<MailAnswer> {
  const opened = mails.open(mail.bytes)
  const looked = await opened.look()
  const bounces = await opened.report()
  const found = await belongsTo(app, looked, mail.recipients)
  const proof = senderProof(looked, { authservId: mail.authservId ?? '', signed: found.proven })
  if (found.unsubscribe) {
    const channel = found.to.channel === 'print' ? 'letter' : (found.to.channel as WishChannel)
    await changeWishes(app, found.to, { channels: { [channel]: false } }, 'unsubscribe-mail')
    return 'unsubscribe'
  }
  const first = bounces[0]
  if (!found.to) {
    // New mail of a person: a thread of whoever has the sender's address, else of nobody yet.
    const read = await opened.whole()
    const reports = first !== undefined && (first.kind !== 'other' || first.reason === 'delivered')
    // A customer who complains of a parcel that came back writes like a mail server; only people have their addresses.
    if (reports && (await customersAt(app, { channel: 'email', address: read.from })).length === 0) return 'unknown'
    await receiveMail(app, read, { automatic: first?.kind === 'auto-reply', proof })
    return 'reply'
  }
  // Of a report about several recipients, ours is the one it was for.
  const own =
    bounces.find(({ recipient }) => recipient.toLowerCase() === found.to!.address.toLowerCase()) ?? first ?? null
  if (!own) return 'unknown'
  if (own.kind === 'bounce') await recordBounce(app, found.to, own, found.proven)
  else if (own.kind === 'complaint') await recordComplaint(app, found.to)
  else if (own.kind === 'auto-reply') {
    const read = await opened.whole()
    await recordOther(app, found.to, looked, read, 'auto-replied')
    await receiveMail(app, read, { to: found.to, automatic: true, proof })
  } else if (own.reason === 'delivered') return 'other'
  else {
    const read = await opened.whole()
    await recordOther(app, found.to, looked, read, read.automatic ? 'auto-replied' : 'replied')
    await receiveMail(app, read, { to: found.to, automatic: false, proof })
    return 'reply'
  }
  return own.kind
}

interface Belongs {
  to?: Addressee
  /** A signature of ours says so. */
  proven: boolean
  unsubscribe?: boolean
}

async function belongsTo(
  app: App,
  { subject, addressed, quoted }: LookedAt,
  recipients: readonly string[],
): Promise<
  (Belongs & { unsubscribe?: false }) | (Required<Pick<Belongs, 'to'>> & { proven: true; unsubscribe: true })
> {
  const secret = await linkSecret(app)
  const addresses = [...recipients, ...addressed]
  // The address in List-Unsubscribe: its subject is the token.
  if (addresses.some(address => /^unsubscribe@/i.test(address))) {
    const token = /[\w-]{22}\.[\w-]{22}/.exec(subject)?.[0] ?? ''
    const link = readLink(secret, 'u', token)
    const to = link ? (await addressees(app, [link.id])).get(link.id) : undefined
    if (to) return { to, proven: true, unsubscribe: true }
  }
  for (const address of addresses) {
    const id = communicationOf(secret, address)
    const to = id ? (await addressees(app, [id])).get(id) : undefined
    if (to) return { to, proven: true }
  }
  const known = await addressees(app, quoted)
  const to = quoted.map(id => known.get(id)).find(one => one !== undefined)
  return { ...(to ? { to } : {}), proven: false }
}

const day = (): string => new Date().toISOString().slice(0, 10)

async function recordBounce(app: App, to: Addressee, bounce: Bounce, proven: boolean): Promise<void> {
  const { status, reason, hard } = bounce
  // Without our signature a report must name the very address that was written to, or anybody could close one.
  const sure = proven || bounce.recipient.toLowerCase() === to.address.toLowerCase()
  const event: CustomerEvent = {
    eventId: `bounce:${to.id}:${hard ? 'hard' : `soft:${day()}`}`,
    customerId: to.customer_id,
    // `bounce` closes the channel by the contact policy, so only what is for good is called that.
    type: hard && sure ? 'bounce' : 'bounced-for-now',
    channel: to.channel,
    at: new Date(),
    communicationId: to.id,
    payload: { status, reason, hard, kind: to.kind, offer: to.offer },
  }
  if (hard && sure) await suppress(app, to.channel, to.address, 'bounce')
  await recordEvents(app, [event])
  // Not the address but we are refused: an operator's matter.
  if (status.startsWith('5.7.'))
    await tell(app, {
      key: `reputation-${to.address.split('@')[1]?.toLowerCase()}`,
      channelId: null,
      text: {
        en: `${to.address.split('@')[1]} refuses our mail by policy (${status}). Look at SPF, DKIM, DMARC and complaints.`,
        zh: `${to.address.split('@')[1]} 按策略拒收我方邮件（${status}）。请检查 SPF、DKIM、DMARC 与投诉情况。`,
      },
    })
}

/** Marked as spam: no offers any more, service mail still goes. The event opens the policy's blackout after complaints. */
async function recordComplaint(app: App, to: Addressee): Promise<void> {
  const channel = to.channel === 'print' ? 'letter' : (to.channel as WishChannel)
  await changeWishes(app, to, { channels: { [channel]: false } }, 'complaint')
  await recordEvents(app, [
    {
      eventId: `complaint:${to.id}`,
      customerId: to.customer_id,
      type: 'complaint',
      channel: to.channel,
      at: new Date(),
      communicationId: to.id,
      payload: { how: 'feedback-report', kind: to.kind, offer: to.offer },
    },
  ])
}

async function recordOther(
  app: App,
  to: Addressee,
  { digest }: LookedAt,
  { subject, text }: ReadMail,
  type: 'auto-replied' | 'replied',
): Promise<void> {
  await recordEvents(app, [
    {
      eventId: `${type}:${to.id}:${digest.slice(0, 16)}`,
      customerId: to.customer_id,
      type,
      channel: to.channel,
      at: new Date(),
      communicationId: to.id,
      payload: {
        kind: to.kind,
        offer: to.offer,
        ...(type === 'replied' ? { subject: subject.slice(0, 200), text: text.trim().slice(0, 4000) } : {}),
      },
    },
  ])
}
