/** What is used of the package `smpp` 0.5, which brings no types of its own. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Server as NetServer, Socket } from 'node:net'

  export interface PDU {
    command: string
    command_status: number
    sequence_number: number
    message_id?: string
    source_addr?: string
    destination_addr?: string
    short_message?: { udh?: Buffer[]; message: string | Buffer } | string
    message_payload?: { udh?: Buffer[]; message: string | Buffer } | string
    esm_class?: number
    data_coding?: number
    system_id?: string
    password?: string
    receipted_message_id?: string
    message_state?: number
    [field: string]: unknown
    isResponse(): boolean
    response(options?: Record<string, unknown>): PDU
  }

  export class Session extends EventEmitter {
    socket: Socket
    send(pdu: PDU, onResponse?: (pdu: PDU) => void, onSent?: (pdu: PDU) => void): boolean
    bind_transceiver(options: Record<string, unknown>, onResponse: (pdu: PDU) => void): boolean
    bind_transmitter(options: Record<string, unknown>, onResponse: (pdu: PDU) => void): boolean
    bind_receiver(options: Record<string, unknown>, onResponse: (pdu: PDU) => void): boolean
    submit_sm(options: Record<string, unknown>, onResponse: (pdu: PDU) => void): boolean
    deliver_sm(options: Record<string, unknown>, onResponse?: (pdu: PDU) => void): boolean
    enquire_link(onResponse?: (pdu: PDU) => void): boolean
    unbind(onResponse?: (pdu: PDU) => void): boolean
    close(done?: () => void): void
    destroy(done?: () => void): void
  }

  export interface ConnectOptions {
    host: string
    port: number
    tls?: boolean
    rejectUnauthorized?: boolean
    servername?: string
    auto_enquire_link_period?: number
  }

  interface Smpp {
    connect(options: ConnectOptions): Session
    createServer(listener: (session: Session) => void): NetServer & { sessions: Session[] }
    encodings: Record<'ASCII' | 'UCS2', { encode(text: string): Buffer; decode(bytes: Buffer): string }>
    errors: Record<string, number>
  }
  const smpp: Smpp
  export default smpp
}
