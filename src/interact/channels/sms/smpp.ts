/** Short messages over SMPP 3.4: a window of unanswered messages, back-off when the centre is throttled, long messages in parts. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { PDU } from 'smpp'
import { ChannelDown, type ChannelKind, type Opening, type OutMessage, type Sender, type Verdict } from '../channel.ts'
import { type Bound, bind, smppStatus, status } from './smpp-session.ts'
import { type SmppSettings, smppFields, smppSettings } from './smpp-settings.ts'
import { splitSms } from './split.ts'

/** 3GPP TS 23.038 by hand: type of number and numbering plan of a sender. */
function sourceOf(source: string): Record<string, unknown> {
  if (source === '') return {}
  if (/[A-Za-z\p{L}]/u.test(source)) return { source_addr: source, source_addr_ton: 5, source_addr_npi: 0 }
  const international = source.startsWith('+')
  return {
    source_addr: source.replace('+', ''),
    source_addr_ton: international ? 1 : 3,
    source_addr_npi: international ? 1 : 0,
  }
}

const UDH = 0x40
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
const NUMBER = /^\+?[1-9]\d{5,14}$/

async function open(opening: Opening): Promise<Sender> {
  const settings = opening.settings as SmppSettings
  const source = sourceOf(settings.source)
  let binding: Promise<Bound> | undefined
  let reference = Math.floor(Math.random() * 256)
  let pauseMs = 0
  let freeAt = 0

  const bound = async (): Promise<Bound> => {
    binding ??= bind(opening, 'bind_transmitter').catch(error => {
      binding = undefined
      throw error
    })
    const known = await binding
    if (!known.gone.aborted) return known
    binding = undefined
    return bound()
  }

  /** Waits while the centre is throttled; all lanes rest together. */
  async function rest(): Promise<void> {
    for (let wait = freeAt - Date.now(); wait > 0; wait = freeAt - Date.now()) await sleep(wait)
  }

  /** One PDU until it is taken, refused, or lost. */
  async function submit(pdu: Record<string, unknown>): Promise<PDU | null> {
    for (;;) {
      await rest()
      const { session, ask } = await bound()
      const answer = await ask(done => session.submit_sm(pdu, done))
      const full = answer?.command_status
      if (full !== status('ESME_RTHROTTLED') && full !== status('ESME_RMSGQFUL')) {
        if (answer) pauseMs = 0
        return answer
      }
      // Answers to one burst are one complaint.
      if (Date.now() >= freeAt) {
        pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, pauseMs * 2))
        freeAt = Date.now() + pauseMs
      }
    }
  }

  return {
    window: settings.window,
    async send(message) {
      const to = message.address.replace(/[\s()-]/g, '')
      if (!NUMBER.test(to)) return { state: 'failed', reason: 'bad-address', detail: '' }
      const pdus = pdusOf(message, to, settings, source, reference++)
      const ids: string[] = []
      for (const pdu of pdus) {
        const answer = await submit(pdu).catch(error => {
          // Some parts are out: the message is neither sent nor unsent.
          if (ids.length > 0 && error instanceof ChannelDown) throw new ChannelDown(error.reason, error.detail, false)
          throw error
        })
        // A centre that swallows one message would swallow the next: nothing more goes that way for now.
        if (!answer) throw new ChannelDown('timed-out', ids.join(' '), false)
        if (answer.command_status !== 0) return refusedBy(answer.command_status, ids)
        if (answer.message_id) ids.push(answer.message_id)
      }
      return { state: 'settled', receipt: ids.join(' ') }
    },
    async close() {
      ;(await binding?.catch(() => undefined))?.end()
    },
    abort() {
      void binding?.then(({ session }) => session.destroy()).catch(() => undefined)
    },
  }
}

function refusedBy(code: number, ids: readonly string[]): Verdict {
  const detail = smppStatus(code)
  if (ids.length > 0) return { state: 'uncertain', reason: 'partly-sent', detail: `${detail} ${ids.join(' ')}` }
  if (code === status('ESME_RSYSERR')) return { state: 'deferred', reason: detail, detail, afterMs: 0 }
  if (code === status('ESME_RINVDSTADR')) return { state: 'failed', reason: 'bad-address', detail }
  return { state: 'failed', reason: detail, detail }
}

function pdusOf(
  message: OutMessage,
  to: string,
  settings: SmppSettings,
  source: Record<string, unknown>,
  reference: number,
): Record<string, unknown>[] {
  const text = Buffer.from(message.bytes).toString('utf8')
  const { dataCoding, parts } = splitSms(text, reference)
  const common = {
    ...source,
    destination_addr: to.replace('+', ''),
    dest_addr_ton: to.startsWith('+') ? 1 : 0,
    dest_addr_npi: 1,
    data_coding: dataCoding,
    registered_delivery: 1,
  }
  if (parts.length > 1 && settings.long === 'payload')
    return [{ ...common, short_message: '', message_payload: Buffer.concat(parts.map(part => part.bytes)) }]
  return parts.map(({ bytes, header, at }) => {
    if (!header) return { ...common, short_message: bytes }
    if (settings.long === 'udh') return { ...common, esm_class: UDH, short_message: Buffer.concat([header, bytes]) }
    const sar = { sar_msg_ref_num: reference & 0xffff, sar_total_segments: parts.length, sar_segment_seqnum: at }
    return { ...common, short_message: bytes, ...sar }
  })
}

export const smppChannel: ChannelKind = {
  kind: 'smpp',
  title: { en: 'SMS over SMPP 3.4', zh: '短信（SMPP 3.4）' },
  about: {
    en: 'A session with a message centre: window, throttling, receipts, long messages.',
    zh: '与短信中心的会话：窗口、限流退避、状态报告、长短信。',
  },
  carries: ['sms'],
  works: 'thread',
  module: import.meta.url,
  can: { receipts: true, replies: true, test: true },
  settings: smppSettings,
  secrets: ['password'],
  fields: smppFields,
  open,
  async test(opening) {
    const { end } = await bind(opening, 'bind_transmitter')
    end()
    const { host, port } = opening.settings as SmppSettings
    return `${host}:${port}`
  },
}
