/** The face towards the call centre: alarms that became work, in words, and what came of them. */
import type { App } from '../../platform/app.ts'
import type { WorkflowTransaction } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'
import type { AlarmKey, AlarmRow } from './api.ts'
import { alarmErrors } from './errors.ts'
import { type CustomerMeasure, measureNames } from './measure.ts'

type Store = Pick<App, 'workflow'>

export interface AlarmTask {
  alarmTaskId: number
  customerId: number
  measure: CustomerMeasure
  name: Text
  /** Category it is about, if any. */
  about: string
  since: string
  note: string
  priority: number
  open: boolean
}

/** Makes a call of each alarm; one that was taken back is opened again. */
export async function openTasks(
  { workflow }: Store,
  alarms: readonly Pick<AlarmRow, 'customerId' | 'measure' | 'since' | 'about' | 'stakeMinor'>[],
  note: string,
  by: number,
): Promise<void> {
  await workflow.transaction(async tx => {
    for (const { customerId, measure, since, about, stakeMinor } of alarms) {
      const row = {
        priority: stakeMinor / 100,
        note,
        state: 'open' as const,
        outcome: null,
        event_id: null,
        created_by: by,
        settled_at: null,
      }
      await tx
        .insertInto('alarm_tasks')
        .values({ customer_id: customerId, measure, since, about, created_at: new Date(), ...row })
        .onConflict(conflict =>
          conflict
            .columns(['customer_id', 'measure', 'since'])
            .doUpdateSet(row)
            .where('alarm_tasks.state', '!=', 'done'),
        )
        .execute()
    }
  })
}

export async function withdrawTasks(tx: WorkflowTransaction, { subject, measure, since }: AlarmKey): Promise<void> {
  if (!/^\d+$/.test(subject)) return
  await tx
    .updateTable('alarm_tasks')
    .set({ state: 'withdrawn' })
    .where('customer_id', '=', Number(subject))
    .where('measure', '=', measure)
    .where('since', '=', since)
    .where('state', '=', 'open')
    .execute()
}

/** Open ones; interact turns them into tasks when agents look for work. */
export async function openAlarmTasks({ workflow }: Store): Promise<AlarmTask[]> {
  const rows = await workflow.db
    .selectFrom('alarm_tasks')
    .selectAll()
    .where('state', '=', 'open')
    .orderBy('priority', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(taskOf)
}

export async function alarmTasksNamed({ workflow }: Store, ids: readonly number[]): Promise<Map<number, AlarmTask>> {
  if (ids.length === 0) return new Map()
  const rows = await workflow.db
    .selectFrom('alarm_tasks')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(row => [row.id, taskOf(row)]))
}

/** After the call: how it ended, and the event that says so. */
export async function settleAlarmTask(
  { workflow }: Store,
  id: number,
  { outcome, eventId }: { outcome: string; eventId: string },
): Promise<void> {
  const row = await workflow.db
    .updateTable('alarm_tasks')
    .set({ state: 'done', outcome, event_id: eventId, settled_at: new Date() })
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  if (!row) throw alarmErrors['analyze.alarm-task-unknown']({ task: id })
}

/** The call that settled it was written down wrongly: it is to be made again. */
export async function reopenAlarmTask({ workflow }: Store, id: number, eventId: string): Promise<void> {
  await workflow.db
    .updateTable('alarm_tasks')
    .set({ state: 'open', outcome: null, event_id: null, settled_at: null })
    .where('id', '=', id)
    .where('state', '=', 'done')
    .where('event_id', '=', eventId)
    .execute()
}

const taskOf = (row: {
  id: number
  customer_id: number
  measure: string
  about: string
  since: string
  note: string
  priority: number
  state: string
}): AlarmTask => ({
  alarmTaskId: row.id,
  customerId: Number(row.customer_id),
  measure: row.measure as CustomerMeasure,
  name: measureNames[row.measure as CustomerMeasure],
  about: row.about,
  since: row.since,
  note: row.note,
  priority: row.priority,
  open: row.state === 'open',
})
