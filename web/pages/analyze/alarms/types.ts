import type { z } from 'zod'
import type * as api from '../../../../src/analyze/alarms/api.ts'

export type AlarmList = z.infer<typeof api.alarmList>
export type AlarmRow = z.infer<typeof api.alarmRow>
export type AlarmKey = z.infer<typeof api.alarmKey>
export type AlarmChange = z.input<typeof api.alarmChange>
export type AlarmChanged = z.infer<typeof api.alarmChanged>
export type AlarmSettings = z.infer<typeof api.alarmSettings>
export type GroupAlarmList = z.infer<typeof api.groupAlarmList>
export type GroupAlarm = z.infer<typeof api.groupAlarm>
export type CustomerAlarms = z.infer<typeof api.customerAlarms>
