/**
 * Asked when an agent is about to get a call, not only when it was planned: is the customer still there and the same, is there a number
 * that may be rung, do consent, lists and policy allow it now. The questions cost the same for one customer as for some dozens, so the
 * next in line are asked with the first; what the customer says in between is noticed and asked again.
 */

import { contactPolicy } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import { cardOf } from '../ahead/cards.ts'
import { refusals } from '../gate/gate.ts'
import { readDeliverySettings } from '../queue/settings.ts'
import { untilOpen } from '../queue/window.ts'
import { nextInLine } from './claim.ts'
import { fatesOf } from './identity-fate.ts'
import { kindOf } from './kinds/index.ts'
import { numbersOf } from './numbers-to-ring.ts'
import type { Task } from './task-table.ts'
import { together } from './together.ts'

/** Next in line that are asked about with one. */
const TOGETHER = 32
/** An answer of the gate holds so long, unless the customer says something. */
const HOLDS_MS = 10 * 60_000

type Verdict =
  | { kind: 'clear'; customerId: number }
  | { kind: 'stop'; reason: string }
  /** Not at this hour. */
  | { kind: 'wait'; until: Date }

const isFresh = ({ cleared_at }: Task): boolean => cleared_at !== null && Date.now() - cleared_at.getTime() < HOLDS_MS

/** Whether the task just claimed may be rung; if not it is put away, with the reason, and so are those behind it. */
export async function clearToCall(app: App, task: Task): Promise<Task | null> {
  if (kindOf(task.kind).askedFor) return task
  if (isFresh(task) && !(await newsSince(app, task))) return task
  const own = await verdictOf(app, task)
  return own.kind === 'clear' ? { ...task, customer_id: own.customerId } : null
}

/** Many agents who ask at once on a busy machine would else each ask about the same dozens. */
const verdictOf = together(async (app, claimed: readonly Task[]) => {
  const verdicts = await lookAt(app, claimed)
  return claimed.map(task => verdicts.get(task.task_id)!)
})

async function lookAt(app: App, claimed: readonly Task[]): Promise<Map<string, Verdict>> {
  const room = TOGETHER - claimed.length
  const behind = room > 0 ? await nextInLine(app, claimed[0]!, room) : []
  const asked = new Date()
  const verdicts = await judge(app, [...claimed, ...behind.filter(task => !isFresh(task))])
  await carryOut(app, new Map(claimed.map(task => [task.task_id, task])), verdicts, asked)
  return verdicts
}

/** Open calls before their turn: those that may not be made are put away. Returns the others, of customers who are still the same. */
export async function judgeLine(app: App, tasks: readonly Task[]): Promise<Task[]> {
  const asked = new Date()
  const verdicts = await judge(app, tasks)
  await carryOut(app, new Map(), verdicts, asked)
  return tasks.filter(task => {
    const verdict = verdicts.get(task.task_id)
    return verdict?.kind === 'clear' && verdict.customerId === task.customer_id
  })
}

/** Something was said by the customer, or done about them, since the gate was asked. */
async function newsSince(app: App, { customer_id, cleared_at }: Task): Promise<boolean> {
  if (await cardOf(app, customer_id, { anew: true, before: cleared_at! })) return false
  const runId = await app.runs.latest('identity')
  const [said, heard] = await Promise.all([
    app.workflow.db
      .selectFrom('consent_ledger')
      .select('id')
      .where('customer_id', '=', customer_id)
      .where('recorded_at', '>=', cleared_at!)
      .limit(1)
      .executeTakeFirst(),
    app.facts.one<{ news: number; there: number }>(
      `SELECT (SELECT count() FROM events WHERE customer_id = {id:UInt64} AND received_at >= {since:DateTime64(3)}) AS news,
         (SELECT count() FROM golden_records WHERE run_id = {runId:UInt64} AND customer_id = {id:UInt64}) AS there`,
      { id: customer_id, since: cleared_at!, runId: runId ?? 0 },
    ),
  ])
  return said !== undefined || heard.news > 0 || heard.there === 0
}

async function judge(app: App, tasks: readonly Task[]): Promise<Map<string, Verdict>> {
  const identityRun = await app.runs.latest('identity')
  const verdicts = new Map<string, Verdict>()
  if (identityRun === null) return new Map(tasks.map(task => [task.task_id, clear(task.customer_id)]))
  const fates = await fatesOf(
    app,
    tasks.map(task => ({ customerId: task.customer_id, since: task.created_at })),
  )
  const there = tasks.flatMap(task => {
    const fate = fates.get(task.customer_id)!
    if (fate.kind === 'erased' || fate.kind === 'gone') {
      verdicts.set(task.task_id, { kind: 'stop', reason: fate.kind })
      return []
    }
    return [{ task, customerId: fate.customerId }]
  })
  const numbers = await numbersOf(app, identityRun, [...new Set(there.map(one => one.customerId))])
  const callable = there.flatMap(one => {
    const its = numbers.get(one.customerId)!
    if (its.refused || its.open.length === 0) {
      const reason = its.refused ? 'suppressed' : its.wrong.length > 0 ? 'wrong-number' : 'no-number'
      verdicts.set(one.task.task_id, { kind: 'stop', reason })
      return []
    }
    return [{ ...one, number: its.open[0]! }]
  })
  const [policy, { hours }] = await Promise.all([contactPolicy(app), readDeliverySettings(app)])
  for (const [asOf, some] of Map.groupBy(callable, one => one.task.as_of)) {
    const refused = await refusals(
      app,
      { identityRun, asOf },
      some.map(({ task, customerId, number }) => ({
        id: task.task_id,
        customerId,
        channel: 'call' as const,
        class: kindOf(task.kind).contact,
        offer: task.offer,
        address: number,
      })),
    )
    for (const { task, customerId } of some) {
      const reason = refused.get(task.task_id)
      if (reason === undefined) verdicts.set(task.task_id, clear(customerId))
      else if (reason === 'quiet-hours')
        verdicts.set(task.task_id, { kind: 'wait', until: quietEnds(task.zone, policy, hours.call) })
      else verdicts.set(task.task_id, { kind: 'stop', reason })
    }
  }
  return verdicts
}

const clear = (customerId: number): Verdict => ({ kind: 'clear', customerId })

/** When ringing begins there again; a customer's own quiet hours are met at the next look, an hour later at the most. */
function quietEnds(
  zone: string,
  policy: Awaited<ReturnType<typeof contactPolicy>>,
  own: { from: string; to: string } | undefined,
): Date {
  const now = new Date()
  const quiet = policy.quiet_hours.find(rule => rule.zone === zone && rule.channels.includes('call'))
  const open = own ?? (quiet ? { from: quiet.to, to: quiet.from } : null)
  const wait = open && zone !== '' ? untilOpen({ ...open, zone }, zone, now) : 0
  return new Date(now.getTime() + Math.max(wait, wait === 0 ? 3600_000 : 60_000))
}

/** Claimed tasks go back or away; of the others only what is still open. `asked`: before anything was read; what is said after it is news. */
async function carryOut(
  { workflow }: App,
  claimed: ReadonlyMap<string, Task>,
  verdicts: ReadonlyMap<string, Verdict>,
  asked: Date,
): Promise<void> {
  const ids = (wanted: (verdict: Verdict) => boolean) => [...verdicts].filter(([, v]) => wanted(v)).map(([id]) => id)
  const cleared = ids(verdict => verdict.kind === 'clear')
  if (cleared.length > 0)
    await workflow.db
      .updateTable('tasks')
      .set({ cleared_at: asked })
      .where('task_id', 'in', cleared)
      .where('state', 'in', ['open', 'held'])
      .execute()
  for (const [taskId, verdict] of verdicts) {
    if (verdict.kind === 'clear') continue
    const own = claimed.get(taskId)
    await workflow.db
      .updateTable('tasks')
      .set({
        ...(verdict.kind === 'stop'
          ? { state: 'stopped' as const, stop_reason: verdict.reason }
          : { state: 'open' as const, due_at: verdict.until }),
        held_by: null,
        held_at: null,
        held_until: null,
      })
      .where('task_id', '=', taskId)
      .where('state', '=', own ? 'held' : 'open')
      .$if(own !== undefined, query => query.where('held_by', '=', own!.held_by))
      .execute()
  }
  for (const [taskId, task] of claimed) {
    const verdict = verdicts.get(taskId)
    if (verdict?.kind === 'clear' && verdict.customerId !== task.customer_id)
      await workflow.db
        .updateTable('tasks')
        .set({ customer_id: verdict.customerId })
        .where('task_id', '=', taskId)
        .execute()
  }
}
