import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import * as shapes from './api.ts'
import { customerAlarms } from './customer-view.ts'
import { alarmErrors } from './errors.ts'
import { customerMeasures } from './measure.ts'
import { saveSettings, settingsOf } from './settings.ts'
import { changeStates, keyOf, restoreStates } from './states.ts'
import { openTasks } from './tasks.ts'
import { alarmList, groupAlarms } from './view.ts'

const tags = ['analyze']

export function alarmRoutes(http: Http, app: App): void {
  http.get(
    '/alarms',
    {
      config: { permission: 'insight.read' },
      schema: {
        tags,
        summary: 'Customers who behave unlike themselves, with what was expected and what is at stake',
        querystring: z.object({
          measure: z.enum(customerMeasures).optional(),
          segment: z.string().max(40).optional(),
          state: z.enum([...shapes.alarmState.options, 'open']).optional(),
          order: z.enum(['stake', 'surprise', 'since']).default('stake'),
          offset: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(2000).default(50),
        }),
        response: { 200: shapes.alarmList },
      },
    },
    req => alarmList(app, req.query),
  )
  http.get(
    '/alarms/segments',
    {
      config: { permission: 'insight.read' },
      schema: {
        tags,
        summary: 'Segments against what was expected of their members',
        response: { 200: shapes.groupAlarmList },
      },
    },
    () => groupAlarms(app),
  )
  http.get(
    '/alarms/customers/:id',
    {
      config: { permission: 'insight.read' },
      schema: {
        tags,
        summary: 'Alarms of one customer and the windows behind them',
        params: z.object({ id: z.coerce.number().int().positive() }),
        response: { 200: shapes.customerAlarms },
      },
    },
    req => customerAlarms(app, req.params.id),
  )
  http.get(
    '/alarms/settings',
    {
      config: { permission: 'insight.read' },
      schema: {
        tags,
        summary: 'What is watched, at which rate of false alarms',
        response: { 200: shapes.alarmSettings },
      },
    },
    () => settingsOf(app),
  )
  http.put(
    '/alarms/settings',
    {
      config: { permission: 'alarms.write' },
      schema: {
        tags,
        summary: 'Changes what is watched from the next turn on',
        body: shapes.alarmSettings,
        response: { 200: shapes.alarmSettings },
      },
    },
    async req => {
      const saved = await saveSettings(app, req.body, req.user.userId)
      await audit(app, { userId: req.user.userId, action: 'alarms.settings', object: 'alarms', detail: { ...saved } })
      return saved
    },
  )
  http.post(
    '/alarms/states',
    {
      config: { permission: 'alarms.write' },
      schema: {
        tags,
        summary: 'Marks alarms as seen, dismisses them with a reason, or makes them tasks',
        body: shapes.alarmChange,
        response: { 200: shapes.alarmChanged },
      },
    },
    async req => {
      const { keys, state, reason, note } = req.body
      if (state === 'task') await makeTasks(app, keys, note, req.user.userId)
      const changed = await changeStates(app, keys, { state, reason, note }, req.user.userId)
      await audit(app, {
        userId: req.user.userId,
        action: `alarms.${state}`,
        object: 'alarms',
        detail: { alarms: keys.length, ...(reason ? { reason } : {}) },
      })
      return changed
    },
  )
  http.post(
    '/alarms/states/restore',
    {
      config: { permission: 'alarms.write' },
      schema: {
        tags,
        summary: 'Takes a change back: every alarm is what it was before',
        body: shapes.alarmRestore,
        response: { 200: shapes.alarmChanged },
      },
    },
    async req => {
      const { before } = req.body
      const again = before.filter(({ state }) => state === 'task')
      if (again.length > 0) await makeTasks(app, again, again[0]!.note, req.user.userId)
      const changed = await restoreStates(app, before, req.user.userId)
      await audit(app, {
        userId: req.user.userId,
        action: 'alarms.restore',
        object: 'alarms',
        detail: { alarms: before.length },
      })
      return changed
    },
  )
}

async function makeTasks(app: App, keys: readonly shapes.AlarmKey[], note: string, by: number): Promise<void> {
  const segment = keys.find(({ subject }) => !/^\d+$/.test(subject))
  if (segment) throw alarmErrors['analyze.alarm-task-of-segment']()
  const known = new Map<string, shapes.AlarmRow>()
  const all = await alarmList(app, { order: 'stake', offset: 0, limit: Number.MAX_SAFE_INTEGER })
  for (const row of all.rows) known.set(keyOf(row), row)
  const alarms = keys.map(key => {
    const alarm = known.get(keyOf(key))
    if (!alarm) throw alarmErrors['analyze.alarm-unknown']({ ...key })
    return alarm
  })
  await openTasks(app, alarms, note, by)
}
