/** An SMTP server that takes mail for addresses that we made, and for nobody else: it relays nothing and answers no guesses. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { linkSecret } from '../../personalize/index.ts'
import { openingOf } from '../channels/channel-store.ts'
import type { ListenSettings } from '../channels/inbound.ts'
import { communicationOf } from '../channels/smtp/verp.ts'
import { keepMail, readKeptMail } from './inbound-spool.ts'
import type { Listen } from './listener.ts'

const MEGABYTE = 1 << 20
const AGAIN_MS = 60_000
const MOST_ON_THE_WAY = 256 * MEGABYTE

const refused = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode })

export const listenForMail: Listen = async (app, channel) => {
  const settings = (await openingOf(app, channel)).settings as ListenSettings
  const secret = await linkSecret(app)
  const domains = new Set(settings.domains.map(domain => domain.toLowerCase()))
  const most = settings.mostMegabytes * MEGABYTE
  const isOurs = (address: string): boolean =>
    communicationOf(secret, address) !== null ||
    (/^unsubscribe@/i.test(address) &&
      (domains.size === 0 || domains.has(address.split('@')[1]?.toLowerCase() ?? ''))) ||
    domains.has(address.split('@')[1]?.toLowerCase() ?? '')

  let reading: Promise<unknown> = Promise.resolve()
  const read = () => {
    reading = reading.then(() => readKeptMail(app)).catch(() => undefined)
    return reading
  }
  /** Bytes of mails on their way in: fifty of the largest at once would be all of the memory. */
  let onTheWay = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: most,
    maxClients: 50,
    socketTimeout: 60_000,
    logger: false,
    banner: 'huiyin',
    onRcptTo({ address }, _session, done) {
      done(isOurs(address) ? null : refused(550, '5.1.1 no such address'))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      let size = 0
      let held = 0
      let busy = false
      const letGo = (): void => {
        onTheWay -= held
        held = 0
        chunks.length = 0
      }
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (busy || size > most) return
        busy = onTheWay + chunk.length > MOST_ON_THE_WAY
        if (busy) return letGo()
        held += chunk.length
        onTheWay += chunk.length
        chunks.push(chunk)
      })
      stream.on('close', letGo)
      stream.on('end', () => {
        if (busy) return done(refused(451, '4.3.2 busy, come again'))
        if (stream.sizeExceeded || size > most) return done(refused(552, '5.3.4 message too big'))
        const recipients = session.envelope.rcptTo.map(({ address }) => address)
        const bytes = Buffer.concat(chunks)
        letGo()
        keepMail(app, { bytes, recipients, authservId: settings.authservId }).then(
          () => {
            done()
            void read()
          },
          // The disk may be full: the other side keeps it and comes again.
          () => done(refused(451, '4.3.1 cannot be kept now')),
        )
      })
    },
  })
  server.on('error', error => app.log.warn({ err: { message: (error as Error).message } }, 'mail listener'))
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(settings.port, settings.host, () => resolve())
  })
  await read()
  // What could not be recorded waits for the store to work again.
  const again = setInterval(() => void read(), AGAIN_MS)
  again.unref()
  const { port } = server.server.address() as AddressInfo
  return {
    address: `${settings.host}:${port}`,
    async close() {
      clearInterval(again)
      await new Promise<void>(resolve => server.close(() => resolve()))
      await reading
    },
  }
}
