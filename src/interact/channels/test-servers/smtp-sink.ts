/** For tests: a mail server on a free port of this machine that counts what it took and misbehaves on request. */
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface Taken {
  to: string
  from: string
  text: string
}

export interface SmtpSink {
  port: number
  taken: Taken[]
  /** Recipient → how often it was taken. */
  counts: Map<string, number>
  close(): Promise<void>
}

export interface Behaviour {
  options?: SMTPServerOptions
  /** Throws with a responseCode to refuse. */
  onRcpt?(address: string): void
  /** Awaited before the message is taken; throws with a responseCode to refuse. */
  onMessage?(to: string): Promise<void> | void
  port?: number
  keepTexts?: boolean
}

export const refusal = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode })

export async function smtpSink(behaviour: Behaviour = {}): Promise<SmtpSink> {
  const taken: Taken[] = []
  const counts = new Map<string, number>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    hidePIPELINING: false,
    logger: false,
    closeTimeout: 100,
    ...behaviour.options,
    onRcptTo({ address }, _session, done) {
      try {
        behaviour.onRcpt?.(address)
        done()
      } catch (error) {
        done(error as Error)
      }
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      const { mailFrom, rcptTo } = session.envelope
      const to = rcptTo[0]?.address ?? ''
      stream.on('data', (chunk: Buffer) => void (behaviour.keepTexts && chunks.push(chunk)))
      stream.on('end', () => {
        void (async () => {
          try {
            await behaviour.onMessage?.(to)
            counts.set(to, (counts.get(to) ?? 0) + 1)
            if (behaviour.keepTexts)
              taken.push({ to, from: mailFrom ? mailFrom.address : '', text: Buffer.concat(chunks).toString('latin1') })
            done()
          } catch (error) {
            done(error as Error)
          }
        })()
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>(resolve => server.listen(behaviour.port ?? 0, '127.0.0.1', () => resolve()))
  const { port } = server.server.address() as AddressInfo
  return { port, taken, counts, close: () => new Promise(resolve => server.close(() => resolve())) }
}
