import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { customerMeasures, groupMeasures } from './measure.ts'

export const alarmSettings = z.strictObject({
  /** Chance that a customer who behaves as ever raises any alarm in one window. */
  rate: z.number().min(0.0005).max(0.2).default(0.01),
  /** Days of a window. */
  window: z.int().min(28).max(180).default(90),
  customers: z.array(z.enum(customerMeasures)).default([...customerMeasures]),
  /** Share of false ones among the alarms about segments. */
  groupRate: z.number().min(0.005).max(0.5).default(0.05),
  groups: z.array(z.enum(groupMeasures)).default([...groupMeasures]),
})
export type AlarmSettings = z.infer<typeof alarmSettings>

type Store = Pick<App, 'workflow'>

/** Measures in their own order, each once, whatever order they were sent in. */
export async function settingsOf({ workflow }: Store): Promise<AlarmSettings> {
  const row = await workflow.db.selectFrom('alarm_settings').select('body').where('id', '=', 1).executeTakeFirst()
  return alarmSettings.parse(row?.body ?? {})
}

export async function saveSettings({ workflow }: Store, settings: AlarmSettings, by: number): Promise<AlarmSettings> {
  const body: AlarmSettings = {
    ...settings,
    customers: customerMeasures.filter(measure => settings.customers.includes(measure)),
    groups: groupMeasures.filter(measure => settings.groups.includes(measure)),
  }
  const row = { body: asJson(body), changed_by: by, changed_at: new Date() }
  await workflow.db
    .insertInto('alarm_settings')
    .values({ id: 1, ...row })
    .onConflict(conflict => conflict.column('id').doUpdateSet(row))
    .execute()
  return body
}
