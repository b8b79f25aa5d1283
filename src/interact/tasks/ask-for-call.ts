/** The way in for whoever wants a customer called: the portal, the inbox, a case, an agent who saw an opportunity. */
import { randomUUID } from 'node:crypto'
import type { App } from '../../platform/app.ts'
import { shorten } from '../../platform/shorten.ts'
import type { Text } from '../../platform/text.ts'
import { deskErrors } from './errors.ts'
import { openTasks } from './open-tasks.ts'

/** What is promised for later than this is a slip of the keyboard. */
export const MOST_AHEAD_MS = 366 * 86_400_000

export interface AskedCall {
  kind: 'callback' | 'opportunity'
  customerId: number
  /** What it is about; default: the kind's own name. */
  title?: Text
  /** In the words of whoever asks. */
  reason: string
  /** Not before; default: as soon as somebody is free. */
  at?: Date
  /** What it may be worth, minor units; callbacks come first anyhow. */
  worthMinor?: number
  skill?: string
  language?: string
  /** Only for this agent, until half an hour after its time. */
  forUser?: number
  /** Asked twice under one id, it is one call. */
  id?: string
}

export async function askForCall(app: App, asked: AskedCall): Promise<{ taskId: string }> {
  const reason = asked.reason.trim()
  if (reason === '' && !asked.title) throw deskErrors['desk.bad-reason']()
  if (asked.at && asked.at.getTime() < Date.now() - 60_000)
    throw deskErrors['desk.past-time']({ at: asked.at.toISOString() })
  if (asked.at && asked.at.getTime() > Date.now() + MOST_AHEAD_MS)
    throw deskErrors['desk.far-time']({ at: asked.at.toISOString() })
  const taskId = `${asked.kind}-${asked.id ?? randomUUID()}`
  const title = asked.title ?? { en: shorten(reason, 80), zh: shorten(reason, 80) }
  await openTasks(app, [
    {
      taskId,
      kind: asked.kind,
      rank: asked.kind === 'callback' ? 10 : 25,
      customerId: asked.customerId,
      priority: (asked.worthMinor ?? 0) / 100,
      subject: { title, reason },
      notes: '',
      ...(asked.at ? { dueAt: asked.at } : {}),
      ...(asked.skill ? { skill: asked.skill } : {}),
      ...(asked.language ? { language: asked.language } : {}),
      ...(asked.forUser ? { forUser: asked.forUser, dueAt: asked.at ?? new Date() } : {}),
    },
  ])
  return { taskId }
}
