/** What a person does with a channel that sends: pause, go on, stop at once, try the connection, send a test. */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { composeExample } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { ChannelDown, type OutMessage } from '../channels/channel.ts'
import { type ChannelRow, channelOf, openingOf } from '../channels/channel-store.ts'
import { channelKind } from '../channels/index.ts'
import { seal, unseal } from '../channels/secrets.ts'
import { dkimRecord } from '../channels/smtp/dkim.ts'
import { errors } from '../errors.ts'
import { downText } from '../queue/notices.ts'
import { sendQueued } from '../queue/send-jobs.ts'
import { readDeliverySettings } from '../queue/settings.ts'
import { haltChannel } from '../senders/pools.ts'

/** `stop` cuts what is under way as well: what was already handed over and not answered becomes uncertain. */
export async function control(app: App, channelId: number, act: 'pause' | 'resume' | 'stop'): Promise<void> {
  const channel = await channelOf(app, channelId)
  const paused = act !== 'resume'
  await app.workflow.db
    .updateTable('delivery_channels')
    .set({ paused, ...(paused ? {} : { not_before: null }) })
    .where('channel_id', '=', channelId)
    .execute()
  if (paused) return haltChannel(app, channelId, act === 'stop')
  // What waits is due now.
  await app.workflow.db
    .updateTable('delivery_parts')
    .set({ next_at: new Date() })
    .where('channel', 'in', [...channelKind(channel.kind).carries])
    .where('state', '=', 'waiting')
    .where('next_at', 'is', null)
    .execute()
  await sendQueued(app)
}

const asError = (error: unknown): Error =>
  error instanceof ChannelDown
    ? errors['interact.channel-down']({ what: downText(error.reason), detail: error.detail }, error)
    : (error as Error)

export async function testChannel(app: App, channel: ChannelRow): Promise<string> {
  const kind = channelKind(channel.kind)
  if (!kind.test) throw errors['interact.cannot-test']({ kind: channel.kind })
  try {
    return await kind.test(await openingOf(app, channel))
  } catch (error) {
    throw asError(error)
  }
}

export interface TestSent {
  to: string
  state: string
  detail: string
}

/** The template's example to one address, or to the channel's seed addresses. */
export async function sendTest(app: App, channel: ChannelRow, to: string, language: string): Promise<TestSent[]> {
  const kind = channelKind(channel.kind)
  const carries = kind.carries.find(one => one === 'email' || one === 'sms')
  if (!kind.open || !carries) throw errors['interact.cannot-test']({ kind: channel.kind })
  const settings = await readDeliverySettings(app)
  const receivers = to !== '' ? [to] : (settings.seeds[carries as 'email' | 'sms'] ?? [])
  const sender = await kind.open(await openingOf(app, channel)).catch(error => {
    throw asError(error)
  })
  try {
    const sent: TestSent[] = []
    for (const address of receivers) {
      const message: OutMessage = {
        id: '0'.repeat(32),
        customerId: 0,
        address,
        kind: carries,
        class: 'service',
        offer: '',
        language,
        returnPath: '',
        bytes: await composeExample(app, carries as 'email' | 'sms', address, language),
      }
      const verdict = await sender.send(message).catch(error => {
        throw asError(error)
      })
      const detail = verdict.state === 'settled' ? verdict.receipt : `${verdict.reason} ${verdict.detail}`.trim()
      sent.push({ to: address, state: verdict.state, detail })
    }
    return sent
  } finally {
    await sender.close()
  }
}

/** Keys that are not there yet are made; what has to stand in the DNS is returned, the private keys stay here. */
export async function dkimKeys(app: App, channel: ChannelRow): Promise<{ name: string; value: string }[]> {
  const domain = String(channel.settings['dkimDomain'] ?? '')
  if (channel.kind !== 'smtp' || domain === '')
    throw errors['interact.bad-setting']({ field: 'dkimDomain', reason: 'empty' })
  const secrets: Record<string, string> = { ...(await unseal(app, channel.secrets)) }
  const pem = { type: 'pkcs8', format: 'pem' } as const
  secrets['dkimRsa'] ||= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export(pem).toString()
  secrets['dkimEd25519'] ||= generateKeyPairSync('ed25519').privateKey.export(pem).toString()
  await app.workflow.db
    .updateTable('delivery_channels')
    .set({ secrets: await seal(app, secrets) })
    .where('channel_id', '=', channel.channel_id)
    .execute()
  const record = (selector: unknown, key: string) => ({
    name: `${String(selector)}._domainkey.${domain}`,
    value: dkimRecord(createPublicKey(createPrivateKey(key))),
  })
  return [
    record(channel.settings['dkimSelector'], secrets['dkimRsa']),
    record(channel.settings['dkimEdSelector'], secrets['dkimEd25519']),
  ]
}
