import { useState } from 'react'
import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Checkbox,
  Chip,
  type Column,
  DataTable,
  Drawer,
  Pager,
  Panel,
  Select,
  Tooltip,
  useUrlState,
} from '../../../kit/index.ts'
import { AlarmActions } from './alarm-actions.tsx'
import { bandText, inUnit, keyText, severityTone, stateTone } from './alarm-words.ts'
import { CustomerAlarmsPanel } from './customer-alarms.tsx'
import type { AlarmList, AlarmRow } from './types.ts'

const LIMIT = 50
const states = ['open', 'new', 'seen', 'task', 'dismissed', 'all'] as const

/** Alarms about customers, the dearest first; chosen ones are dealt with together. */
export function CustomerAlarmList() {
  const speech = useText()
  const { t, say, day, money, percent } = speech
  const may = useMay()
  const [state, setState] = useUrlState('state', 'open')
  const [measure, setMeasure] = useUrlState('measure', 'all')
  const [order, setOrder] = useUrlState('order', 'stake')
  const [offset, setOffset] = useState(0)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [open, setOpen] = useState<AlarmRow | null>(null)
  const list = useGet<AlarmList>('/alarms', {
    query: {
      state: state === 'all' ? '' : state,
      measure: measure === 'all' ? '' : measure,
      order,
      offset,
      limit: LIMIT,
    },
    keep: true,
  })
  const filter = (set: (value: string) => void) => (value: string) => {
    setOffset(0)
    setChosen(new Set())
    set(value)
  }
  const rows = list.data?.rows ?? []
  const picked = rows.filter(row => chosen.has(keyText(row)))
  const toggle = (row: AlarmRow): void =>
    setChosen(before => {
      const next = new Set(before)
      if (!next.delete(keyText(row))) next.add(keyText(row))
      return next
    })
  const currency = list.data?.currency ?? 'GBP'
  const columns: Column<AlarmRow>[] = [
    {
      id: 'what',
      title: t('alarms.what'),
      cell: row => (
        <div className="choose-row">
          {may('alarms.write') ? (
            <Checkbox checked={chosen.has(keyText(row))} onChange={() => toggle(row)} aria-label={row.name} />
          ) : null}
          <div>
            <Link to={`/customers/${row.customerId}?tab=features`}>{row.name || row.customerId}</Link>{' '}
            <span className="small muted">{row.segment}</span>
            <div>
              {say(row.measureName)}
              {row.about ? <span className="soft"> · {t('alarms.about', { category: row.about })}</span> : null}
            </div>
          </div>
        </div>
      ),
    },
    {
      id: 'behaviour',
      title: t('alarms.behaviour'),
      cell: row => (
        <div>
          <Button type="link" size="small" onClick={() => setOpen(row)} style={{ paddingInline: 0 }}>
            {inUnit(speech, row.unit, row.observed, currency)}
          </Button>{' '}
          <span className="soft">
            · {t('alarms.expected', { value: inUnit(speech, row.unit, row.expected, currency) })}
          </span>
          <span className="small muted alarm-band">{bandText(speech, row, currency)}</span>
        </div>
      ),
    },
    {
      id: 'sure',
      title: t('alarms.sure'),
      cell: row => (
        <Tooltip title={t('alarms.sure-note', { share: percent(Math.min(1, row.q), 0) })}>
          <span>
            <Chip tone={severityTone[row.severity]}>{t(`alarm-severity.${row.severity}`)}</Chip>
          </span>
        </Tooltip>
      ),
    },
    { id: 'since', title: t('alarms.since'), cell: row => day(row.since) },
    { id: 'stake', title: t('alarms.stake'), right: true, cell: row => money(row.stakeMinor, currency) },
    {
      id: 'state',
      title: t('alarms.state'),
      cell: row => (
        <Tooltip title={row.note || (row.reason ? t(`dismiss-reason.${row.reason}`) : '')}>
          <span>
            <Chip tone={stateTone[row.state]}>{t(`alarm-state.${row.state}`)}</Chip>
          </span>
        </Tooltip>
      ),
    },
  ]
  return (
    <div className="stack">
      <div className="toolbar">
        <Select
          value={state}
          onChange={filter(setState)}
          aria-label={t('alarms.state')}
          style={{ minWidth: 140 }}
          options={states.map(value => ({
            value: value as string,
            label:
              value === 'open' ? t('alarms.open') : value === 'all' ? t('alarms.any-state') : t(`alarm-state.${value}`),
          }))}
        />
        <Select
          value={measure}
          onChange={filter(setMeasure)}
          aria-label={t('alarms.measure')}
          style={{ minWidth: 200 }}
          options={[
            { value: 'all', label: t('alarms.any-measure') },
            ...(list.data?.measures ?? []).map(entry => ({
              value: entry.measure as string,
              label: `${say(entry.name)} (${entry.alarms})`,
            })),
          ]}
        />
        <Select
          value={order}
          onChange={filter(setOrder)}
          aria-label={t('alarms.sure')}
          style={{ minWidth: 140 }}
          options={(['stake', 'surprise', 'since'] as const).map(value => ({
            value: value as string,
            label: t(`alarms.order-${value}`),
          }))}
        />
      </div>
      {may('alarms.write') ? (
        <AlarmActions
          alarms={picked}
          onChooseAll={() => setChosen(new Set(rows.map(keyText)))}
          onDone={() => setChosen(new Set())}
        />
      ) : null}
      <Panel flush>
        <Async query={list} lines={10}>
          {data => (
            <>
              <DataTable
                columns={columns}
                rows={data.rows}
                rowId={keyText}
                empty={<Blank title={t('alarms.none')}>{t('alarms.none-hint')}</Blank>}
              />
              <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
            </>
          )}
        </Async>
      </Panel>
      {open ? (
        <Drawer open onClose={() => setOpen(null)} size={640} title={`${t('alarms.page-of')} ${open.name}`}>
          <CustomerAlarmsPanel id={open.customerId} always />
        </Drawer>
      ) : null}
    </div>
  )
}
