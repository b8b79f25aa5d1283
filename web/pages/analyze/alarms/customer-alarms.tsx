import { useCallback, useMemo } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Chip, Panel } from '../../../kit/index.ts'
import { bandText, inUnit, severityTone, stateTone } from './alarm-words.ts'
import { BandChart } from './band-chart.tsx'
import type { CustomerAlarms } from './types.ts'

interface PanelProps {
  id: number
  /** Shown even where the customer behaves as ever. */
  always?: boolean
}

/** What changed about one customer, and their windows beside what was usual before each. */
export function CustomerAlarmsPanel({ id, always }: PanelProps) {
  const { t } = useText()
  const alarms = useGet<CustomerAlarms>(`/alarms/customers/${id}`)
  // On the customer's page nothing is said where nothing is watched yet.
  if (!always && (alarms.isError || (alarms.data && alarms.data.windows.length === 0))) return null
  return (
    <Panel title={t('alarms.of-customer')} note={t('alarms.chart')}>
      <Async query={alarms} lines={6}>
        {data => <View data={data} />}
      </Async>
    </Panel>
  )
}

function View({ data }: { data: CustomerAlarms }) {
  const speech = useText()
  const { t, say, day, money } = speech
  const write = useCallback(
    (value: number) => money(value, data.currency, { compact: value >= 100_000 }),
    [money, data.currency],
  )
  const points = useMemo(
    () =>
      data.windows.map(({ to, spent, expected, low, high }) => ({
        label: day(to),
        actual: spent,
        expected,
        low,
        high,
      })),
    [data.windows, day],
  )
  return (
    <div className="stack tight">
      {data.rows.length === 0 ? <p className="soft">{t('alarms.of-customer-none')}</p> : null}
      <ul className="plain-list stack tight">
        {data.rows.map(row => (
          <li key={`${row.measure} ${row.about}`}>
            <div className="row tight">
              <span className="strong">{say(row.measureName)}</span>
              {row.about ? <Chip>{row.about}</Chip> : null}
              <Chip tone={severityTone[row.severity]}>{t(`alarm-severity.${row.severity}`)}</Chip>
              <Chip tone={stateTone[row.state]}>{t(`alarm-state.${row.state}`)}</Chip>
            </div>
            <div className="small soft">
              {inUnit(speech, row.unit, row.observed, data.currency)} ·{' '}
              {t('alarms.expected', { value: inUnit(speech, row.unit, row.expected, data.currency) })} ·{' '}
              {bandText(speech, row, data.currency)} · {t('alarms.since')} {day(row.since)}
            </div>
          </li>
        ))}
      </ul>
      {points.length > 1 ? <BandChart points={points} write={write} label={t('alarms.chart')} /> : null}
    </div>
  )
}
