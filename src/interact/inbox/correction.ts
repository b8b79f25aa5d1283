/** What a person is told before correcting a class: this is taken back, this stays and why, and then this follows. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { correctionView } from './api.ts'
import type { ReplyClass } from './classes.ts'
import { inboxErrors } from './errors.ts'
import { type Heard, heardOf, leftChannels, wouldFollow } from './follow.ts'
import { type Part, whatWouldGoBack } from './take-back.ts'

/** Only what customers write has a class. */
export async function incoming(app: App, messageId: number): Promise<Heard> {
  const heard = await heardOf(app, messageId)
  if (!heard) throw inboxErrors['inbox.no-message']({ id: String(messageId) })
  if (heard.message.direction === 'out') throw inboxErrors['inbox.not-incoming']({ id: String(messageId) })
  return heard
}

export const shownPart = ({ done, channels, stays }: Part): z.input<typeof correctionView>['parts'][number] => ({
  what: done.what === 'event' ? done.type : done.what,
  channels,
  number: done.what === 'case' ? done.caseId : done.what === 'tasks' ? done.ids.length : 0,
  stays,
})

export async function correction(
  app: App,
  messageId: number,
  said: ReplyClass,
  userId: number,
): Promise<z.output<typeof correctionView>> {
  const heard = await incoming(app, messageId)
  const same = (heard.message.label ?? heard.message.class) === said
  return correctionView.parse({
    parts: same ? [] : (await whatWouldGoBack(app, heard, userId)).map(shownPart),
    follows: wouldFollow(heard, said),
    channels: said === 'stop' && heard.customerId !== 0 ? leftChannels(heard) : [],
  })
}
