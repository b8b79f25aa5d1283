/** A receiving SMPP session: receipts come up to three days after the message, replies at any time. Acknowledged when they are recorded. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { PDU } from 'smpp'
import type { App } from '../../platform/app.ts'
import { recordReceipts, recordReply } from '../answers/sms-answers.ts'
import { ChannelDown } from '../channels/channel.ts'
import { type ChannelRow, openingOf } from '../channels/channel-store.ts'
import { readReceipt } from '../channels/sms/receipt.ts'
import { type Bound, bind, status } from '../channels/sms/smpp-session.ts'
import { channelDownNotice, over, tell } from '../queue/notices.ts'
import type { Listen } from './listener.ts'

const PAUSES = [1, 2, 5, 15, 30, 60, 120]
/** esm_class, bits 5-2: a delivery receipt (SMPP 3.4, 5.2.12). */
const RECEIPT = 0x3c

export const receiveSms: Listen = async (app, channel) => {
  const stopped = new AbortController()
  let bound: Bound | undefined
  const running = (async () => {
    let tries = 0
    while (!stopped.signal.aborted) {
      try {
        bound = await bind(await openingOf(app, channel), 'bind_receiver')
        tries = 0
        await over(app, `receiver-${channel.channel_id}`)
        await listen(app, channel, bound, stopped.signal)
      } catch (error) {
        if (stopped.signal.aborted) return
        const down = error instanceof ChannelDown ? error : new ChannelDown('unreachable', String(error))
        const text = channelDownNotice(`${channel.name} (receipts)`, down.reason, down.detail)
        await tell(app, { key: `receiver-${channel.channel_id}`, channelId: channel.channel_id, text }).catch(
          () => undefined,
        )
      }
      const pause = PAUSES[Math.min(tries++, PAUSES.length - 1)]!
      await sleep(pause * 1000, undefined, { signal: stopped.signal }).catch(() => undefined)
    }
  })()
  return {
    async close() {
      stopped.abort()
      bound?.end()
      await running
    },
  }
}

async function listen(app: App, channel: ChannelRow, { session, gone }: Bound, stopped: AbortSignal): Promise<void> {
  session.on('deliver_sm', (pdu: PDU) => {
    take(app, channel, pdu).then(
      () => session.send(pdu.response()),
      // Not recorded: the centre keeps it and tries again.
      error => {
        app.log.error({ err: { message: (error as Error).message } }, 'sms receipt or reply')
        session.send(pdu.response({ command_status: status('ESME_RSYSERR') }))
      },
    )
  })
  await new Promise<void>(resolve => {
    if (gone.aborted || stopped.aborted) return resolve()
    gone.addEventListener('abort', () => resolve())
    stopped.addEventListener('abort', () => resolve())
  })
  if (!stopped.aborted) throw new ChannelDown('unreachable', 'the session was closed')
}

async function take(app: App, channel: ChannelRow, pdu: PDU): Promise<void> {
  const text = textOf(pdu)
  if (((pdu.esm_class ?? 0) & RECEIPT) !== 0 || pdu.receipted_message_id) {
    const receipt = readReceipt({ text, receiptedId: pdu.receipted_message_id, messageState: pdu.message_state })
    if (receipt) await recordReceipts(app, channel, [receipt])
    return
  }
  const { source_addr: from = '' } = pdu
  await recordReply(app, channel, { from, text })
}

function textOf({ short_message: own, message_payload: payload }: PDU): string {
  const read = (field: PDU['short_message']): string => {
    const message = typeof field === 'object' ? field.message : (field ?? '')
    return typeof message === 'string' ? message : message.toString('utf8')
  }
  return read(own) || read(payload)
}
