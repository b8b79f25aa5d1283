import type { UseQueryResult } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { Link } from 'react-router'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Callout, Chip, type Column, DataTable, Drawer, Panel } from '../../../kit/index.ts'
import { AlarmActions } from './alarm-actions.tsx'
import { stateTone } from './alarm-words.ts'
import { BandChart } from './band-chart.tsx'
import type { GroupAlarm, GroupAlarmList } from './types.ts'

/** Segments and all customers together against what was to be expected. */
export function GroupAlarms({ query }: { query: UseQueryResult<GroupAlarmList, Error> }) {
  const { t, say, number } = useText()
  const [open, setOpen] = useState<GroupAlarm | null>(null)
  const currency = query.data?.currency ?? 'GBP'
  const write = useGroupUnit(currency)
  const columns: Column<GroupAlarm>[] = [
    {
      id: 'group',
      title: t('alarms.group'),
      cell: row => <span className="strong">{say(row.groupName)}</span>,
      by: row => say(row.groupName),
    },
    { id: 'measure', title: t('alarms.measure'), cell: row => say(row.measureName), by: row => say(row.measureName) },
    {
      id: 'behaviour',
      title: t('alarms.behaviour'),
      right: true,
      cell: row => (
        <div>
          {write(row.unit, row.actual)}{' '}
          <span className="soft">· {t('alarms.expected', { value: write(row.unit, row.expected) })}</span>
          <span className="small muted alarm-band">
            {t('alarms.band', { low: write(row.unit, row.low), high: write(row.unit, row.high) })}
          </span>
        </div>
      ),
    },
    {
      id: 'deviation',
      title: t('alarms.deviation'),
      right: true,
      cell: row => t('alarms.standard-errors', { value: number(row.z, 1) }),
      by: row => Math.abs(row.z),
    },
    {
      id: 'state',
      title: t('alarms.state'),
      cell: row =>
        row.alarm ? (
          <span className="row tight">
            <Chip tone="bad">{t('alarms.in-alarm')}</Chip>
            {row.state === 'new' ? null : <Chip tone={stateTone[row.state]}>{t(`alarm-state.${row.state}`)}</Chip>}
          </span>
        ) : (
          <span className="muted">{t('alarms.as-expected')}</span>
        ),
      by: row => Number(row.alarm),
    },
  ]
  return (
    <div className="stack">
      <Panel note={t('alarms.segments-lead')} title={t('alarms.segments')} flush>
        <Async query={query} lines={8}>
          {data => (
            <>
              {data.rows.every(row => row.group === '') ? <Callout>{t('alarms.segments-first')}</Callout> : null}
              <DataTable
                columns={columns}
                rows={data.rows}
                rowId={row => `${row.group} ${row.measure}`}
                onOpen={setOpen}
                empty={<Blank title={t('alarms.none')}>{t('alarms.segments-first')}</Blank>}
              />
            </>
          )}
        </Async>
      </Panel>
      {open ? <GroupDrawer alarm={open} write={write} onClose={() => setOpen(null)} /> : null}
    </div>
  )
}

function useGroupUnit(currency: string): (unit: GroupAlarm['unit'], value: number) => string {
  const { money, percent, number } = useText()
  return useCallback(
    (unit, value) =>
      unit === 'money'
        ? money(value, currency, { compact: Math.abs(value) >= 1_000_000 })
        : unit === 'share'
          ? percent(value, 1)
          : number(value, value < 100 ? 1 : 0),
    [money, percent, number, currency],
  )
}

interface GroupDrawerProps {
  alarm: GroupAlarm
  write: (unit: GroupAlarm['unit'], value: number) => string
  onClose: () => void
}

function GroupDrawer({ alarm, write, onClose }: GroupDrawerProps) {
  const { t, say, day } = useText()
  const may = useMay()
  const points = useMemo(
    () =>
      [...alarm.series, alarm].map(({ asOf, actual, expected, low, high }) => ({
        label: day(asOf),
        actual,
        expected,
        low,
        high,
      })),
    [alarm, day],
  )
  const shown = useCallback((value: number) => write(alarm.unit, value), [write, alarm.unit])
  return (
    <Drawer open onClose={onClose} size={640} title={`${say(alarm.groupName)} · ${say(alarm.measureName)}`}>
      <div className="stack">
        {alarm.group === '' ? null : <Link to={`/segments/${alarm.group}`}>{t('alarms.members')}</Link>}
        <BandChart points={points} write={shown} label={t('alarms.chart')} height={280} />
        {alarm.since && may('alarms.write') ? (
          <AlarmActions
            alarms={[{ subject: alarm.subject, measure: alarm.measure, since: alarm.since }]}
            onDone={() => undefined}
            calls={false}
          />
        ) : null}
      </div>
    </Drawer>
  )
}
