/** Who may take a saved outcome back, and how long: whoever leads a team longer than the agent who saved it. */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import type { HuiyinError } from '../../platform/errors.ts'
import { caseSettings } from '../cases/settings.ts'
import { dayIn } from '../cases/working-hours.ts'
import type { Task } from '../tasks/task-table.ts'
import type { Ending } from './endings.ts'
import { outcomeErrors } from './errors.ts'

/** Whatever came of it has been planned with by then. */
export const LEAD_DAYS = 14
/** Saved just before midnight, it is seen after it. */
const AGENT_LEAST_MS = 3600_000
/** What was begun and not finished so long ago is dead, as in `../tasks/ending.ts`. */
export const DEAD_MS = 30_000

/** `lead`: of the team, who may for everybody. */
export interface By {
  userId: number
  lead: boolean
}

/** The company's own day, as its cases count it. */
export const companyZone = async (app: App): Promise<string> => (await caseSettings(app)).hours.zone

type Now = Pick<Task, 'task_id' | 'state' | 'held_by' | 'outcome_id' | 'ending'>

/** Why not; null: it may be taken back. */
export function whyNot(
  ending: Ending,
  task: Now | undefined,
  by: By,
  zone: string,
  now = new Date(),
): HuiyinError | null {
  const { at, user_id, task_id, outcome_id, begun_at, taken_back_at } = ending
  const day = dayIn(zone, at)
  const age = now.getTime() - at.getTime()
  if (!by.lead && user_id !== by.userId) return outcomeErrors['outcomes.not-yours']()
  if (taken_back_at) return outcomeErrors['outcomes.taken-back']({ task: task_id })
  if (age > LEAD_DAYS * 86_400_000) return outcomeErrors['outcomes.too-old']({ days: LEAD_DAYS, day })
  if (!by.lead && age > AGENT_LEAST_MS && day !== dayIn(zone, now)) return outcomeErrors['outcomes.too-late']({ day })
  if (!task || task.ending !== null) return outcomeErrors['outcomes.underway']()
  if (task.outcome_id !== outcome_id) return outcomeErrors['outcomes.later']({ task: task_id })
  // Held by whoever had begun to take it back, and was cut off.
  if (task.state === 'held' && !(begun_at && task.held_by === by.userId))
    return outcomeErrors['outcomes.in-hand']({ task: task_id })
  return null
}

/** Kept no longer than they may be used: what was typed in the call goes with them. Those taken back stay, without it. */
export async function forgetOldEndings({ workflow }: Pick<App, 'workflow'>): Promise<void> {
  const old = sql<boolean>`at < now() - make_interval(days => ${LEAD_DAYS + 1})`
  await workflow.db.deleteFrom('desk_endings').where(old).where('taken_back_at', 'is', null).execute()
  await workflow.db.updateTable('desk_endings').set({ draft: null }).where(old).where('draft', 'is not', null).execute()
}
