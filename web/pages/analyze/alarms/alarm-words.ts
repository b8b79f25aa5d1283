import type { Speech } from '../../../i18n/use-text.ts'
import type { Tone } from '../../../kit/index.ts'
import type { AlarmKey, AlarmRow } from './types.ts'

export const keyText = ({ subject, measure, since }: AlarmKey): string => `${subject} ${measure} ${since}`
export const keyOf = ({ subject, measure, since }: AlarmKey): AlarmKey => ({ subject, measure, since })

export const severityTone: Record<AlarmRow['severity'], Tone> = { high: 'bad', medium: 'warn', low: 'plain' }
export const stateTone: Record<AlarmRow['state'], Tone> = {
  new: 'accent',
  seen: 'plain',
  task: 'good',
  dismissed: 'outline',
}

/** A figure of an alarm in its own unit. */
export function inUnit({ t, money, number }: Speech, unit: AlarmRow['unit'], value: number, currency: string): string {
  if (unit === 'money') return money(value, currency)
  const rounded =
    Math.abs(value) < 3 && !Number.isInteger(value) ? Number(number(value, 1).replace(',', '.')) : Math.round(value)
  return t(`alarm-unit.${unit}`, { value: rounded })
}

/** The range without an alarm, as a person would say it. */
export function bandText(
  speech: Speech,
  row: Pick<AlarmRow, 'unit' | 'low' | 'high' | 'measure'>,
  currency: string,
): string {
  const write = (value: number) => inUnit(speech, row.unit, value, currency)
  const { low, high, measure } = row
  if (high === null) return speech.t('alarms.band-below', { low: write(low ?? 0) })
  if (low === null || low <= 0 || measure === 'silence' || measure === 'returns' || measure === 'complaints')
    return speech.t('alarms.band-above', { high: write(high) })
  return speech.t('alarms.band', { low: write(low), high: write(high) })
}
