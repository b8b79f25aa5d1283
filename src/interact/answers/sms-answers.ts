/** What comes back by SMS: receipts of the network, replies of customers. */
import { createHash } from 'node:crypto'
import { recordEvents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import type { ChannelRow } from '../channels/channel-store.ts'
import { e164 } from '../channels/sms/numbers.ts'
import { isOptOut } from '../channels/sms/opt-out.ts'
import { type SmsReceipt, writtenAs } from '../channels/sms/receipt.ts'
import { receiveReply } from '../inbox/receive-reply.ts'
import { todaysNumber } from '../inbox/todays-number.ts'
import { takeSmsRating } from '../surveys/sms-rating.ts'
import { type Addressee, addressees } from './of-communication.ts'
import { suppress } from './suppress.ts'

/** Returns how many belonged to messages of ours. */
export async function recordReceipts(
  app: App,
  channel: Pick<ChannelRow, 'channel_id'>,
  receipts: readonly SmsReceipt[],
): Promise<number> {
  const over = receipts.filter(({ state }) => state !== 'under-way')
  if (over.length === 0) return 0
  const forms = new Map(over.flatMap(receipt => writtenAs(receipt.providerId).map(id => [id, receipt] as const)))
  const rows = await app.workflow.db
    .selectFrom('delivery_provider_ids')
    .select(['provider_id', 'communication_id', 'customer_id'])
    .where('channel_id', '=', channel.channel_id)
    .where('provider_id', 'in', [...forms.keys()])
    .execute()
  await recordEvents(
    app,
    rows.map(row => {
      const receipt = forms.get(row.provider_id)!
      const type = receipt.state === 'delivered' ? 'delivered' : 'undelivered'
      return {
        eventId: `${type}:${row.communication_id}:${row.provider_id}`,
        customerId: row.customer_id,
        type,
        channel: 'sms',
        at: new Date(),
        communicationId: row.communication_id,
        payload: { said: receipt.said },
      }
    }),
  )
  return rows.length
}

export interface SmsReply {
  from: string
  text: string
  /** The provider's, where there is one: told twice, it is one. */
  id?: string
}

/** Which of our messages a number answers: the newest that went to it. */
async function lastTo(app: App, number: string): Promise<Addressee | undefined> {
  const [row] = await app.facts.query<{ id: string }>(
    `SELECT communication_id AS id FROM communications
     WHERE channel = 'sms' AND state = 'composed' AND address IN {forms:Array(String)} ORDER BY composed_at DESC LIMIT 1`,
    { forms: [number, number.replace('+', ''), number.replace(/^\+86/, '')] },
  )
  return row ? (await addressees(app, [row.id])).get(row.id) : undefined
}

export async function recordReply(
  app: App,
  channel: ChannelRow,
  reply: SmsReply,
): Promise<'opt-out' | 'reply' | 'unknown'> {
  const country = String(channel.settings['country'] ?? 'CN')
  const number = e164(reply.from, country)
  const refuses = isOptOut(reply.text, (channel.settings['optOut'] as string[] | undefined) ?? [])
  const to = number === '' ? undefined : await lastTo(app, number)
  if (!refuses && number !== '') {
    const after = to ? new Date(to.sent_at) : null
    const rating = await takeSmsRating(app, { from: number, text: reply.text, key: keyOf(reply, number), after })
    if (rating) {
      // What else was said is for a person.
      if (rating.words !== '') await inInbox(app, channel, reply, number, { to })
      return 'reply'
    }
  }
  if (!to) {
    // Nobody of ours that we know, but a refusal is one.
    if (refuses && number !== '') await suppress(app, 'sms', number, 'opt-out')
    else if (number !== '') await inInbox(app, channel, reply, number)
    return refuses ? 'opt-out' : 'unknown'
  }
  // First of all, because a refusal among it holds from now on: the inbox records it and what follows, once.
  await inInbox(app, channel, reply, number, { to, refuses })
  const key = reply.id ?? createHash('sha256').update(`${number} ${reply.text}`).digest('hex').slice(0, 16)
  await recordEvents(app, [
    {
      eventId: `replied:${to.id}:${key}`,
      customerId: to.customer_id,
      type: 'replied',
      channel: 'sms',
      at: new Date(),
      communicationId: to.id,
      payload: { text: reply.text.slice(0, 500), optOut: refuses, kind: to.kind, offer: to.offer },
    },
  ])
  return refuses ? 'opt-out' : 'reply'
}

/** Providers without ids tell a reply again within minutes; the same words on another day are said again. */
const keyOf = (reply: SmsReply, from: string): string =>
  reply.id ?? `${from} ${new Date().toISOString().slice(0, 10)} ${reply.text}`

async function inInbox(
  app: App,
  { settings }: ChannelRow,
  reply: SmsReply,
  from: string,
  { to, refuses }: { to?: Addressee | undefined; refuses?: boolean } = {},
): Promise<void> {
  await receiveReply(app, {
    channel: 'sms',
    customerId: to ? await todaysNumber(app, to.customer_id) : 0,
    text: reply.text,
    about: to?.id,
    from,
    language: to?.language,
    key: keyOf(reply, from),
    stopWords: settings['optOut'] as string[] | undefined,
    stop: refuses,
  })
}
