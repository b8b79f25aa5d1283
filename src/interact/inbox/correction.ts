/** What a person is told before correcting a class: this is taken back, this stays and why, and then this follows. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { hadReceipt } from '../cases/had-receipt.ts'
import { shownPart } from '../take-back/part.ts'
import { correctionView } from './api.ts'
import type { ReplyClass } from './classes.ts'
import { inboxErrors } from './errors.ts'
import { type Heard, heardOf, leftChannels, wouldFollow } from './follow.ts'
import { whatWouldGoBack } from './take-back.ts'

/** Only what customers write has a class. */
export async function incoming(app: App, messageId: number): Promise<Heard> {
  const heard = await heardOf(app, messageId)
  if (!heard) throw inboxErrors['inbox.no-message']({ id: String(messageId) })
  if (heard.message.direction === 'out') throw inboxErrors['inbox.not-incoming']({ id: String(messageId) })
  return heard
}

export async function correction(
  app: App,
  messageId: number,
  said: ReplyClass,
  userId: number,
): Promise<z.output<typeof correctionView>> {
  const heard = await incoming(app, messageId)
  const same = (heard.message.label ?? heard.message.class) === said
  const parts = same ? [] : await whatWouldGoBack(app, heard, userId)
  const closes = parts.flatMap(({ done, stays }) => (done.what === 'case' && stays === null ? done.caseId : []))
  return correctionView.parse({
    parts: parts.map(shownPart),
    receipt: await hadReceipt(app, closes),
    follows: wouldFollow(heard, said),
    channels: said === 'stop' && heard.customerId !== 0 ? leftChannels(heard) : [],
  })
}
