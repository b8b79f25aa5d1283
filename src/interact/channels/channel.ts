/** What a way out of the house is: one file a kind, one line in `index.ts`. */
import type { z } from 'zod'
import type { Text } from '../../platform/text.ts'
import type { Secrets } from './secrets.ts'

export type Carries = 'print' | 'email' | 'sms' | 'call'

/** One message on its way through a sender thread. */
export interface OutMessage {
  id: string
  customerId: number
  address: string
  kind: string
  class: string
  offer: string
  language: string
  /** Return path of an e-mail (VERP), '' of others. */
  returnPath: string
  bytes: Uint8Array
}

/**
 * What became of one message. `deferred`: it certainly was not taken, and may be tried again. `uncertain`: it may have been taken,
 * and is not sent again unless a person says so.
 */
export type Verdict =
  | { state: 'settled'; receipt: string }
  | { state: 'failed'; reason: string; detail: string }
  | { state: 'deferred'; reason: string; detail: string; afterMs: number }
  | { state: 'uncertain'; reason: string; detail: string }

/** The whole way is out of order: wrong password, no route, a certificate. No message is at fault; all wait. */
export class ChannelDown extends Error {
  readonly reason: DownReason
  readonly detail: string
  /** True when nothing was handed over: the message at hand may be sent again. */
  readonly untouched: boolean

  constructor(reason: DownReason, detail: string, untouched = true) {
    super(`${reason}: ${detail}`)
    this.reason = reason
    this.detail = detail
    this.untouched = untouched
  }
}

export type DownReason =
  | 'unreachable'
  | 'timed-out'
  | 'password'
  | 'certificate'
  | 'certificate-expired'
  | 'no-tls'
  | 'refuses'
  | 'disk-full'

/** Sends from a thread of its own; `send` is called for up to `window` messages at once. */
export interface Sender {
  readonly window: number
  send(message: OutMessage): Promise<Verdict>
  /** Ends what is idle at once; what is under way may finish. */
  close(): Promise<void>
  /** Cuts everything now. */
  abort(): void
}

export interface Opening {
  settings: Record<string, unknown>
  secrets: Secrets
}

/** A setting as a form shows it. */
export interface SettingField {
  name: string
  label: Text
  help?: Text
  kind: 'text' | 'number' | 'choice' | 'switch' | 'secret' | 'long-secret' | 'lines' | 'long-text'
  choices?: readonly { value: string; label: Text }[]
  fallback?: unknown
}

export interface ChannelKind {
  kind: string
  title: Text
  about: Text
  /** What it carries; inbound ones carry nothing. */
  carries: readonly Carries[]
  /** thread: one message after the other by `open` · house: in the process that delivers · inbound: listens. */
  works: 'thread' | 'house' | 'inbound'
  can: { receipts: boolean; replies: boolean; test: boolean }
  settings: z.ZodType<Record<string, unknown>>
  /** Names among the fields that are kept sealed. */
  secrets: readonly string[]
  fields: readonly SettingField[]
  /** Of kind thread: this file's own address, because a sender thread loads it alone (.2 s instead of 1.3 s with the whole list). */
  module?: string
  open?(opening: Opening): Promise<Sender>
  /** Tries the connection without sending; returns what answered, throws ChannelDown. */
  test?(opening: Opening): Promise<string>
}
