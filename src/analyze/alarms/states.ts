import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { AlarmChanged, AlarmKey, alarmState, dismissReason } from './api.ts'
import { alarmErrors } from './errors.ts'
import { withdrawTasks } from './tasks.ts'

type State = z.infer<typeof alarmState>
type Reason = z.infer<typeof dismissReason> | null
type Store = Pick<App, 'workflow'>
export interface Standing {
  state: State
  reason: Reason
  note: string
}

const NEW: Standing = { state: 'new', reason: null, note: '' }
export const keyOf = ({ subject, measure, since }: AlarmKey): string => `${subject} ${measure} ${since}`

/** What people did with the alarms named; without a word of anybody they are new. */
export async function statesOf({ workflow }: Store, keys: readonly AlarmKey[]): Promise<(key: AlarmKey) => Standing> {
  if (keys.length === 0) return () => NEW
  const rows = await workflow.db
    .selectFrom('alarm_states')
    .selectAll()
    .where('subject', 'in', [...new Set(keys.map(key => key.subject))])
    .execute()
  const known = new Map(rows.map(({ state, reason, note, ...key }) => [keyOf(key), { state, reason, note }]))
  return key => known.get(keyOf(key)) ?? NEW
}

/** Sets all alarms named to one state and says what stood before. A dismissal says why. */
export async function changeStates(
  app: Store,
  keys: readonly AlarmKey[],
  to: Standing,
  by: number,
): Promise<AlarmChanged> {
  if (to.state === 'dismissed' && to.reason === null) throw alarmErrors['analyze.alarm-needs-reason']()
  const before = await standing(app, keys)
  await write(
    app,
    keys.map(key => ({ ...key, ...to })),
    by,
  )
  return { changed: keys.length, before }
}

/** Puts back what stood before a change. */
export async function restoreStates(app: Store, before: AlarmChanged['before'], by: number): Promise<AlarmChanged> {
  const now = await standing(app, before)
  await write(app, before, by)
  return { changed: before.length, before: now }
}

async function standing(app: Store, keys: readonly AlarmKey[]): Promise<AlarmChanged['before']> {
  const of = await statesOf(app, keys)
  return keys.map(({ subject, measure, since }) => ({ subject, measure, since, ...of({ subject, measure, since }) }))
}

async function write({ workflow }: Store, rows: readonly (AlarmKey & Standing)[], by: number): Promise<void> {
  await workflow.transaction(async tx => {
    for (const { subject, measure, since, state, reason, note } of rows) {
      const key = { subject, measure, since }
      if (state !== 'task') await withdrawTasks(tx, key)
      if (state === 'new') {
        await tx
          .deleteFrom('alarm_states')
          .where('subject', '=', subject)
          .where('measure', '=', measure)
          .where('since', '=', since)
          .execute()
        continue
      }
      const row = { state, reason: state === 'dismissed' ? reason : null, note, changed_by: by, changed_at: new Date() }
      await tx
        .insertInto('alarm_states')
        .values({ ...key, ...row })
        .onConflict(conflict => conflict.columns(['subject', 'measure', 'since']).doUpdateSet(row))
        .execute()
    }
  })
}

/** Per measure: alarms people gave a verdict on, and those they called normal. */
export async function verdicts({ workflow }: Store): Promise<Map<string, { judged: number; normal: number }>> {
  const rows = await workflow.db
    .selectFrom('alarm_states')
    .select(({ fn }) => ['measure', 'state', 'reason', fn.countAll<number>().as('alarms')])
    .where('state', 'in', ['task', 'dismissed'])
    .groupBy(['measure', 'state', 'reason'])
    .execute()
  const by = new Map<string, { judged: number; normal: number }>()
  for (const { measure, reason, alarms } of rows) {
    const entry = by.get(measure) ?? { judged: 0, normal: 0 }
    entry.judged += Number(alarms)
    if (reason === 'normal') entry.normal += Number(alarms)
    by.set(measure, entry)
  }
  return by
}
