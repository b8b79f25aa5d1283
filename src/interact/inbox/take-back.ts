/** What a wrong class had set in motion is taken back where it can be (../take-back); what only an inbox does is here. */
import type { App } from '../../platform/app.ts'
import { unsubscribedId } from '../answers/wishes.ts'
import { addressHash } from '../gate/address-hash.ts'
import type { Done } from '../take-back/done.ts'
import type { Part, Stays } from '../take-back/part.ts'
import * as shared from '../take-back/undoing.ts'
import { keepDone } from './done.ts'
import { type Heard, saidIn } from './follow.ts'

const undoing = (app: App, heard: Heard, userId: number, tell?: boolean): shared.Undoing => {
  const { message, thread, to, customerId } = heard
  return {
    done: message.done,
    customerId,
    userId,
    source: 'inbox-correction',
    key: String(message.message_id),
    evidenceRef: `inbox/${message.thread_id}#${message.message_id}`,
    from: 'message',
    tell,
    told: {
      channel: thread.channel,
      at: message.at,
      communicationId: to?.id ?? '',
      payload: { message: message.message_id, offer: to?.offer ?? '' },
    },
    leftEvent: (channel, moment) => unsubscribedId(saidIn(heard).id, channel, moment),
    stays: async (done: Done): Promise<Stays | null> =>
      done.what === 'address' && (await otherStop(app, heard)) ? 'other-stop' : null,
    undo: async done => {
      if (done.what === 'address') await liftAddress(app, heard, new Date(done.at))
    },
  }
}

/** Part by part, before anything is touched: what would be taken back and what not. */
export const whatWouldGoBack = (app: App, heard: Heard, userId: number): Promise<Part[]> =>
  shared.whatWouldGoBack(app, undoing(app, heard, userId))

/** Another message from there that means stop. */
async function otherStop({ workflow }: App, { message, thread }: Heard): Promise<boolean> {
  const found = await workflow.db
    .selectFrom('inbox_messages')
    .innerJoin('inbox_threads', 'inbox_threads.thread_id', 'inbox_messages.thread_id')
    .select('message_id')
    .where('inbox_threads.channel', '=', thread.channel)
    .where('inbox_threads.address', '=', thread.address)
    .where('message_id', '!=', message.message_id)
    .where(eb => eb.fn.coalesce('inbox_messages.label', 'inbox_messages.class'), '=', 'stop')
    .limit(1)
    .execute()
  return found.length > 0
}

/** Done twice it is done once. Returns what it looked like before. */
export async function takeBack(app: App, heard: Heard, userId: number, tell?: boolean): Promise<Part[]> {
  const parts = await shared.takeBack(app, undoing(app, heard, userId, tell))
  // What stays is not this message's any more: it is the new class that says what follows from it.
  heard.message.done = []
  await keepDone(app, heard.message.message_id, heard.message.done)
  return parts
}

/** Only if nothing was said of the address since. */
async function liftAddress({ workflow }: App, { thread }: Heard, left: Date): Promise<void> {
  await workflow.db
    .deleteFrom('suppressions')
    .where('channel', '=', thread.channel)
    .where('address_hash', '=', addressHash(thread.channel, thread.address))
    .where('reason', '=', 'opt-out')
    .where('at', '<=', left)
    .execute()
}
