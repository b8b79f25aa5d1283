import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { customerMeasures, groupMeasures } from './measure.ts'
import { alarmSettings } from './settings.ts'

export const alarmState = z.enum(['new', 'seen', 'task', 'dismissed'])
export const dismissReason = z.enum(['normal', 'known', 'handled'])

const customerMeasure = z.enum(customerMeasures)
const groupMeasure = z.enum(groupMeasures)

/** One alarm is named by its customer, its measure and the date it began. */
export const alarmKey = z.strictObject({
  subject: z.string().max(60),
  measure: z.string().max(20),
  since: z.iso.date(),
})
export type AlarmKey = z.infer<typeof alarmKey>

export const alarmRow = z.object({
  subject: z.string(),
  customerId: z.number(),
  name: z.string(),
  segment: z.string(),
  measure: customerMeasure,
  measureName: textSchema,
  since: z.string(),
  observed: z.number(),
  expected: z.number(),
  /** null: no end on that side. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** money: minor units; days, lines, times: counts. */
  unit: z.enum(['money', 'days', 'lines', 'times']),
  p: z.number(),
  q: z.number(),
  severity: z.enum(['high', 'medium', 'low']),
  stakeMinor: z.number(),
  about: z.string(),
  state: alarmState,
  reason: dismissReason.nullable(),
  note: z.string(),
})
export type AlarmRow = z.infer<typeof alarmRow>

const point = z.object({
  asOf: z.string(),
  actual: z.number(),
  expected: z.number(),
  low: z.number(),
  high: z.number(),
})

export const groupAlarm = point.extend({
  subject: z.string(),
  /** '' is everybody. */
  group: z.string(),
  groupName: textSchema,
  measure: groupMeasure,
  measureName: textSchema,
  customers: z.number(),
  z: z.number(),
  p: z.number(),
  q: z.number(),
  alarm: z.boolean(),
  since: z.string().nullable(),
  stakeMinor: z.number(),
  unit: z.enum(['money', 'days', 'share', 'times']),
  series: z.array(point),
  state: alarmState,
  reason: dismissReason.nullable(),
  note: z.string(),
})
export type GroupAlarm = z.infer<typeof groupAlarm>

export const alarmList = z.object({
  asOf: z.string(),
  currency: z.string(),
  total: z.number(),
  counts: z.record(z.string(), z.number()),
  measures: z.array(
    z.object({
      measure: customerMeasure,
      name: textSchema,
      meaning: textSchema,
      watched: z.number(),
      learnedFrom: z.number(),
      rate: z.number(),
      alarms: z.number(),
      expectedFalse: z.number(),
      problem: z.enum(['nobody', 'history']).nullable(),
      /** Of the alarms people judged, those they called normal. */
      judged: z.number(),
      normal: z.number(),
    }),
  ),
  settings: alarmSettings,
  rows: z.array(alarmRow),
})
export type AlarmList = z.infer<typeof alarmList>

export const groupAlarmList = z.object({ asOf: z.string(), currency: z.string(), rows: z.array(groupAlarm) })
export type GroupAlarmList = z.infer<typeof groupAlarmList>

/** GET /alarms/customers/:id: their alarms, and what they did month by month, with the band that was expected. */
export const customerAlarms = z.object({
  asOf: z.string(),
  currency: z.string(),
  window: z.number(),
  rows: z.array(alarmRow),
  windows: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      spent: z.number(),
      days: z.number(),
      expected: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
    }),
  ),
  purchaseDays: z.array(z.string()),
})
export type CustomerAlarms = z.infer<typeof customerAlarms>

export const alarmChange = z.strictObject({
  keys: z.array(alarmKey).min(1).max(2000),
  state: alarmState,
  reason: dismissReason.nullable().default(null),
  note: z.string().max(1000).default(''),
})

/** What stood before, so that a change of many can be taken back as a whole. */
export const alarmChanged = z.object({
  changed: z.number(),
  before: z.array(alarmKey.extend({ state: alarmState, reason: dismissReason.nullable(), note: z.string() })),
})
export type AlarmChanged = z.infer<typeof alarmChanged>
export const alarmRestore = z.strictObject({ before: alarmChanged.shape.before.min(1).max(2000) })
export { alarmSettings }
