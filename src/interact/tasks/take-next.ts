/** The next call for an agent: the one in hand, else the best that is free and may be rung this minute. */

import { contactPolicy } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import { thinkAhead } from '../ahead/look-ahead.ts'
import { readDeliverySettings } from '../queue/settings.ts'
import { untilOpen } from '../queue/window.ts'
import { bringTasks } from './bring.ts'
import { claimNext, heldTask, notTaken, takeTask } from './claim.ts'
import { clearToCall } from './clear.ts'
import { deskErrors } from './errors.ts'
import { keptFor } from './kept-for.ts'
import { type Task, taskById } from './task-table.ts'

/** Calls that turn out not to be allowed are put away some dozens at a time; an agent waits for so many rounds at most. */
const ROUNDS = 40

export async function takeNext(app: App, userId: number): Promise<Task | undefined> {
  const held = await heldTask(app, userId)
  if (held) return held
  const open = await openZones(app)
  await bringTasks(app)
  for (let round = 0; round < ROUNDS; round++) {
    const claimed = await claimNext(app, userId, open)
    if (!claimed) return undefined
    const cleared = await clearToCall(app, claimed)
    if (cleared) {
      thinkAhead(app, cleared)
      return cleared
    }
  }
  return undefined
}

/** A call the agent chose from the list: asked about like one that is given out, and refused with the reason. */
export async function takeChosen(app: App, taskId: string, userId: number): Promise<Task> {
  const cleared = await clearToCall(app, await takeTask(app, taskId, userId))
  if (cleared) return cleared
  const now = await taskById(app, taskId)
  if (now.state === 'open') throw deskErrors['desk.not-now']({ task: taskId, at: now.due_at?.toISOString() ?? '–' })
  throw notTaken(now)
}

/** Changed hours hold at the desks after this time; the gate, asked before a call is given out, reads them anew. */
const hoursNow = keptFor(1000, async (app: App) => {
  const [policy, { hours }] = await Promise.all([contactPolicy(app).catch(() => null), readDeliverySettings(app)])
  return { policy, hours }
})

/** Whether it is an hour to ring in a zone: the company's hours for calls, less what the contact policy keeps quiet. */
async function openZones(app: App): Promise<(zone: string) => boolean> {
  const { policy, hours } = await hoursNow(app)
  const now = new Date()
  return zone => {
    if (hours.call && untilOpen(hours.call, zone, now) > 0) return false
    const quiet = policy?.quiet_hours.filter(rule => rule.zone === zone && rule.channels.includes('call')) ?? []
    return quiet.every(({ from, to }) => untilOpen({ from: to, to: from, zone }, zone, now) === 0)
  }
}
