/** A bound SMPP session that answers, or says why it cannot be had. */
import smpp, { type PDU, type Session } from 'smpp'
import { ChannelDown, type Opening } from '../channel.ts'
import { downOf } from '../smtp/verdict.ts'
import type { SmppSettings } from './smpp-settings.ts'

export const status = (name: string): number => smpp.errors[name] ?? -1

const nameOf = (code: number): string =>
  Object.entries(smpp.errors).find(([, value]) => value === code)?.[0] ?? `0x${code.toString(16).padStart(8, '0')}`

export interface Bound {
  session: Session
  /** Resolves to the answer, or to null when none came: silence, or the connection is gone. */
  ask(send: (onResponse: (pdu: PDU) => void) => boolean): Promise<PDU | null>
  /** Aborted when the connection is gone. */
  gone: AbortSignal
  end(): void
}

export async function bind({ settings, secrets }: Opening, as: 'bind_transmitter' | 'bind_receiver'): Promise<Bound> {
  const own = settings as SmppSettings
  const session = smpp.connect({
    host: own.host,
    port: own.port,
    ...(own.tls ? { tls: true, rejectUnauthorized: own.verify, servername: own.host } : {}),
    auto_enquire_link_period: own.enquireSeconds * 1000,
  })
  const gone = new AbortController()
  let trouble: Error | undefined
  session.on('error', error => {
    trouble ??= error as Error
    session.destroy()
    gone.abort()
  })
  session.on('close', () => gone.abort())
  session.on('unbind', (pdu: PDU) => {
    session.send(pdu.response())
    session.close()
  })
  session.on('enquire_link', (pdu: PDU) => session.send(pdu.response()))
  const ask: Bound['ask'] = send =>
    new Promise(resolve => {
      if (gone.signal.aborted) return resolve(null)
      const silence = setTimeout(() => done(null), own.timeoutSeconds * 1000)
      const lost = () => done(null)
      const done = (pdu: PDU | null) => {
        clearTimeout(silence)
        gone.signal.removeEventListener('abort', lost)
        resolve(pdu)
      }
      gone.signal.addEventListener('abort', lost)
      if (!send(done)) done(null)
    })
  const connected = own.tls ? 'secureConnect' : 'connect'
  await new Promise<void>((resolve, reject) => {
    const silence = setTimeout(
      () => reject(new ChannelDown('timed-out', `${own.host}:${own.port}`)),
      own.timeoutSeconds * 1000,
    )
    const settle = (error?: ChannelDown) => {
      clearTimeout(silence)
      error ? reject(error) : resolve()
    }
    session.once(connected, () => settle())
    gone.signal.addEventListener('abort', () =>
      settle(trouble ? downOf(trouble) : new ChannelDown('unreachable', `${own.host}:${own.port}`)),
    )
  }).catch(error => {
    session.destroy()
    throw error
  })
  const answer = await ask(done =>
    session[as](
      {
        system_id: own.systemId,
        password: secrets['password'] ?? '',
        system_type: own.systemType,
        interface_version: 0x34,
      },
      done,
    ),
  )
  if (answer?.command_status !== 0) {
    session.destroy()
    if (!answer) throw new ChannelDown('timed-out', 'bind')
    const said = nameOf(answer.command_status)
    const refused = [status('ESME_RINVPASWD'), status('ESME_RINVSYSID'), status('ESME_RBINDFAIL')]
    throw new ChannelDown(refused.includes(answer.command_status) ? 'password' : 'refuses', said)
  }
  return {
    session,
    ask,
    gone: gone.signal,
    end() {
      if (gone.signal.aborted) return
      session.unbind(() => session.close())
      setTimeout(() => session.destroy(), 1000).unref()
    },
  }
}

export const smppStatus = nameOf
