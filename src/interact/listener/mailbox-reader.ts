/**
 * A mailbox read as mail comes (IMAP IDLE), again from where it stopped after any loss of the connection. A mail is marked or moved only
 * when what it says is recorded.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ImapFlow } from 'imapflow'
import type { App } from '../../platform/app.ts'
import { type ReturnedMail, recordReturned } from '../answers/returned-mail.ts'
import { type ChannelRow, openingOf } from '../channels/channel-store.ts'
import { type ImapSettings, imapClient, imapDown } from '../channels/inbound.ts'
import { channelDownNotice, downKey, over, tell } from '../queue/notices.ts'
import { keepMail, TRIED_FOR_MS } from './inbound-spool.ts'
import type { Listen } from './listener.ts'

/** Seconds to the next try. */
const PAUSES = [1, 2, 5, 15, 30, 60, 120]
/** Asked for new mail this often at least: a server need not tell. */
const LOOK_EVERY_MS = 60_000
/** Of a bigger one the beginning: 25 MB of files are 35 as they travel. */
const MOST_MAIL = 40 * (1 << 20)

export const readMailbox: Listen = async (app, channel) => {
  const stopped = new AbortController()
  const running = readUntilStopped(app, channel, stopped.signal)
  return {
    async close() {
      stopped.abort()
      await running
    },
  }
}

async function readUntilStopped(app: App, channel: ChannelRow, stopped: AbortSignal): Promise<void> {
  let tries = 0
  while (!stopped.aborted) {
    try {
      await readOnce(app, channel, stopped, async () => {
        tries = 0
        await over(app, downKey(channel.channel_id))
      })
    } catch (error) {
      if (stopped.aborted) return
      const { reason, detail } = imapDown(error as Error)
      const text = channelDownNotice(channel.name, reason, detail)
      await tell(app, { key: downKey(channel.channel_id), channelId: channel.channel_id, text }).catch(() => undefined)
    }
    const pause = PAUSES[Math.min(tries++, PAUSES.length - 1)]!
    await sleep(pause * 1000, undefined, { signal: stopped }).catch(() => undefined)
  }
}

async function readOnce(
  app: App,
  channel: ChannelRow,
  stopped: AbortSignal,
  connected: () => Promise<void>,
): Promise<void> {
  const opening = await openingOf(app, channel)
  const { mailbox, moveTo, authservId } = opening.settings as ImapSettings
  const client = imapClient(opening)
  /** Mails that could not be recorded, and since when. */
  const failing = new Map<number, number>()
  let lost: Error | undefined
  let wake: () => void = () => undefined
  client.on('error', error => {
    lost = error as Error
    wake()
  })
  client.on('close', () => {
    lost ??= new Error('the connection was closed')
    wake()
  })
  client.on('exists', () => wake())
  const stop = () => {
    wake()
    client.close()
  }
  stopped.addEventListener('abort', stop)
  try {
    await client.connect()
    await client.mailboxOpen(mailbox)
    await connected()
    while (!stopped.aborted && !lost) {
      const next = new Promise<void>(resolve => {
        wake = () => resolve()
      })
      await readUnseen(app, client, { moveTo, authservId }, failing)
      // Said at once: left to itself the client begins to wait for news after fifteen idle seconds only. The next search ends it.
      client.idle().catch(() => undefined)
      await Promise.race([next, sleep(LOOK_EVERY_MS, undefined, { ref: false })])
    }
    if (lost && !stopped.aborted) throw lost
  } finally {
    stopped.removeEventListener('abort', stop)
    client.close()
  }
}

/**
 * False: the store did not take it, and the mail stays unread until the next look. One that fails for a day is put aside with the other
 * inbound mail, so that it stops nothing.
 */
async function isRecorded(app: App, mail: ReturnedMail, uid: number, failing: Map<number, number>): Promise<boolean> {
  try {
    await recordReturned(app, mail)
  } catch (error) {
    app.log.error({ err: { message: (error as Error).message } }, 'returned mail')
    const since = failing.get(uid) ?? Date.now()
    failing.set(uid, since)
    if (Date.now() - since < TRIED_FOR_MS) return false
    await keepMail(app, mail)
  }
  failing.delete(uid)
  return true
}

async function readUnseen(
  app: App,
  client: ImapFlow,
  { moveTo, authservId }: Pick<ImapSettings, 'moveTo' | 'authservId'>,
  failing: Map<number, number>,
): Promise<void> {
  const unseen = await client.search({ seen: false }, { uid: true })
  for (const uid of unseen || []) {
    const mail = await client.fetchOne(String(uid), { source: { start: 0, maxLength: MOST_MAIL } }, { uid: true })
    // Gone meanwhile, or the connection was lost on its way: it is not read, so it is not marked as read.
    const source = mail ? mail.source : undefined
    if (!source || !(await isRecorded(app, { bytes: source, recipients: [], authservId }, uid, failing))) continue
    await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true })
    if (moveTo !== '') await client.messageMove(String(uid), moveTo, { uid: true })
  }
}
