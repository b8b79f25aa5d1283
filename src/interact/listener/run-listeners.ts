/** Keeps every inbound channel listening while the server runs: looks at the settings every few seconds, starts, stops and restarts. */
import type { App } from '../../platform/app.ts'
import { type ChannelRow, channels } from '../channels/channel-store.ts'
import { tell } from '../queue/notices.ts'
import type { Listen, Listening } from './listener.ts'
import { listenForMail } from './mail-listener.ts'
import { readMailbox } from './mailbox-reader.ts'
import { receiveSms } from './sms-receiver.ts'

/** Kinds of channel that listen, in this process. A new one is one line. */
const listeners: Record<string, Listen> = {
  'mail-listener': listenForMail,
  imap: readMailbox,
  smpp: receiveSms,
}

const LOOK_MS = 5000

interface Running {
  version: string
  listening: Promise<Listening | null>
}

export interface Listeners {
  /** Looks now; resolves when everything that shall listen does. */
  look(): Promise<void>
  addresses(): Promise<Record<number, string>>
  close(): Promise<void>
}

export function runListeners(app: App): Listeners {
  const running = new Map<number, Running>()
  let looking: Promise<void> = Promise.resolve()
  const stop = async (id: number): Promise<void> => {
    const own = running.get(id)
    running.delete(id)
    await (await own?.listening)?.close().catch(() => undefined)
  }
  const start = (row: ChannelRow): Promise<Listening | null> =>
    listeners[row.kind]!(app, row).catch(async error => {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error)
      await tell(app, {
        key: `listener-${row.channel_id}`,
        channelId: row.channel_id,
        text: { en: `${row.name} cannot listen: ${reason}.`, zh: `${row.name} 无法监听：${reason}。` },
      })
      // Tried again at the next look.
      running.delete(row.channel_id)
      return null
    })
  const look = async (): Promise<void> => {
    const wanted = (await channels(app)).filter(row => row.state === 'on' && listeners[row.kind])
    const ids = new Set(wanted.map(row => row.channel_id))
    for (const id of [...running.keys()]) if (!ids.has(id)) await stop(id)
    for (const row of wanted) {
      const version = JSON.stringify([row.settings, row.secrets])
      if (running.get(row.channel_id)?.version === version) continue
      await stop(row.channel_id)
      running.set(row.channel_id, { version, listening: start(row) })
    }
    await Promise.all([...running.values()].map(({ listening }) => listening))
  }
  const next = (): Promise<void> => {
    looking = looking
      .then(look)
      .catch(error => app.log.warn({ err: { message: (error as Error).message } }, 'listeners'))
    return looking
  }
  const timer = setInterval(() => void next(), LOOK_MS)
  timer.unref()
  return {
    look: next,
    async addresses() {
      const found: Record<number, string> = {}
      for (const [id, { listening }] of running) {
        const address = (await listening)?.address
        if (address) found[id] = address
      }
      return found
    },
    async close() {
      clearInterval(timer)
      await looking
      await Promise.all([...running.keys()].map(stop))
    },
  }
}
