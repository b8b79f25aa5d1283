/** For tests and the benchmark: a message centre on a free port of this machine. */
import type { AddressInfo } from 'node:net'
import smpp, { type PDU, type Session } from 'smpp'

export interface SmppCentre {
  port: number
  /** What was submitted, in order. */
  submitted: PDU[]
  count: number
  /** Most without an answer at a time. */
  mostOpen: number
  /** Sends to whoever is bound as receiver. */
  deliver(pdu: Record<string, unknown>): Promise<PDU>
  receivers: number
  /** Cuts every session; new ones are taken. */
  drop(): void
  close(): Promise<void>
}

export interface CentreBehaviour {
  password?: string
  keep?: boolean
  /** Milliseconds before an answer. */
  slow?: number
  /** Status of the nth submission. */
  status?(at: number, pdu: PDU): number
}

export async function smppCentre(behaviour: CentreBehaviour = {}): Promise<SmppCentre> {
  const receiving = new Set<Session>()
  let open = 0
  const centre: SmppCentre = {
    port: 0,
    submitted: [],
    count: 0,
    mostOpen: 0,
    receivers: 0,
    deliver: pdu =>
      new Promise((resolve, reject) => {
        const [session] = receiving
        if (!session) return reject(new Error('no receiver is bound'))
        session.deliver_sm(pdu, resolve)
      }),
    drop: () => undefined,
    close: async () => undefined,
  }
  const server = smpp.createServer(session => {
    session.on('error', () => undefined)
    const bind = (pdu: PDU) => {
      const wrong = behaviour.password !== undefined && pdu.password !== behaviour.password
      session.send(pdu.response(wrong ? { command_status: smpp.errors['ESME_RINVPASWD'] } : {}))
      if (wrong) return session.close()
      if (pdu.command === 'bind_receiver') {
        receiving.add(session)
        centre.receivers++
      }
    }
    for (const command of ['bind_transmitter', 'bind_receiver']) session.on(command, bind)
    session.on('enquire_link', (pdu: PDU) => session.send(pdu.response()))
    session.on('unbind', (pdu: PDU) => {
      session.send(pdu.response())
      session.close()
    })
    session.on('close', () => receiving.delete(session))
    session.on('submit_sm', (pdu: PDU) => {
      const at = centre.count++
      open++
      centre.mostOpen = Math.max(centre.mostOpen, open)
      const answer = () => {
        open--
        const command_status = behaviour.status?.(at, pdu) ?? 0
        if (command_status === 0 && behaviour.keep) centre.submitted.push(pdu)
        session.send(pdu.response(command_status ? { command_status } : { message_id: (0x1000 + at).toString(16) }))
      }
      if (behaviour.slow) setTimeout(answer, behaviour.slow).unref()
      else answer()
    })
  })
  server.on('error', () => undefined)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  centre.port = (server.address() as AddressInfo).port
  centre.drop = () => {
    for (const session of server.sessions) session.destroy()
  }
  centre.close = () =>
    new Promise(resolve => {
      for (const session of server.sessions) session.destroy()
      server.close(() => resolve())
    })
  return centre
}
