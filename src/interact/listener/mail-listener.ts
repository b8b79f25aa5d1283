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
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= most) chunks.push(chunk)
      })
      stream.on('end', () => {
        if (stream.sizeExceeded || size > most) return done(refused(552, '5.3.4 message too big'))
        const recipients = session.envelope.rcptTo.map(({ address }) => address)
        keepMail(app, { bytes: Buffer.concat(chunks), recipients }).then(
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
