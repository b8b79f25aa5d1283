import { contactPolicy } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { sendingMoment } from '../gate/quiet-hours.ts'
import { readDeliverySettings } from '../queue/settings.ts'
import { zoneOf } from '../queue/window.ts'
import { forgetGroups } from './claim.ts'
import { openLists } from './open-lists.ts'
import type { TaskSubject } from './tables.ts'

/** A call for the agents' list; what is not said is found out or has no meaning for it. */
export interface NewTask {
  taskId: string
  /** Of `kinds/index.ts`. */
  kind: string
  customerId: number
  priority: number
  /** Default: the kind, or the offer of a campaign. */
  list?: string
  skill?: string
  /** Where its list stands among the others when this is its first call; the lowest is worked first. */
  rank?: number
  offer?: string
  language?: string
  notes?: string
  subject?: TaskSubject
  dueAt?: Date
  forUser?: number
  runId?: number
  asOf?: string
}

const AT_A_TIME = 500
const LAST = 50

/** Puts calls into the agents' lists, with their customers' languages and zones; those that are there already stay as they are. */
export async function openTasks(app: App, tasks: readonly NewTask[]): Promise<void> {
  if (tasks.length === 0) return
  const [people, policy, { hours }, turn] = await Promise.all([
    peopleOf(app, [...new Set(tasks.map(task => task.customerId))]),
    contactPolicy(app).catch(() => null),
    readDeliverySettings(app),
    app.runs.latestTurn(),
  ])
  const today = new Date().toISOString().slice(0, 10)
  const rows = tasks.map(task => {
    const person = people.get(task.customerId)
    const asOf = task.asOf ?? turn?.asOf ?? today
    const replayed = 'replayed' in sendingMoment(asOf, new Date())
    return {
      task_id: task.taskId,
      run_id: task.runId ?? 0,
      as_of: asOf,
      customer_id: task.customerId,
      offer: task.offer ?? '',
      language: task.language ?? person?.language ?? 'zh-CN',
      priority: task.priority,
      state: 'open' as const,
      due_at: task.dueAt ?? null,
      attempts: 0,
      notes: task.notes ?? '',
      created_at: new Date(),
      kind: task.kind,
      list: task.list ?? (task.offer ? `${task.kind}:${task.offer}` : task.kind),
      zone: replayed || !policy ? '' : zoneOf(policy, person?.country ?? '', hours.call?.zone ?? DEFAULT_ZONE),
      for_user: task.forUser ?? null,
      subject: task.subject ? asJson(task.subject) : null,
    }
  })
  const skills = await openLists(
    app,
    rows.map((row, i) => ({ ...row, rank: tasks[i]!.rank ?? LAST })),
  )
  const skilled = rows.map((row, i) => ({ ...row, skill: tasks[i]!.skill ?? skills.get(row.list) ?? '' }))
  for (let from = 0; from < skilled.length; from += AT_A_TIME)
    await app.workflow.db
      .insertInto('tasks')
      .values(skilled.slice(from, from + AT_A_TIME))
      .onConflict(conflict => conflict.column('task_id').doNothing())
      .execute()
  forgetGroups(app)
}

/** Of customers whose country is not known and for whom nobody set hours. */
const DEFAULT_ZONE = 'Asia/Shanghai'

async function peopleOf(app: App, ids: readonly number[]): Promise<Map<number, { language: string; country: string }>> {
  const runId = await app.runs.latest('identity')
  if (runId === null) return new Map()
  const rows = await app.facts.query<{ customer_id: number; language: string; country: string }>(
    `SELECT customer_id, toString(language) AS language, toString(country) AS country FROM golden_records
     WHERE run_id = {runId:UInt64} AND customer_id IN {ids:Array(UInt64)}`,
    { runId, ids: [...ids] },
  )
  return new Map(rows.map(row => [row.customer_id, row]))
}
