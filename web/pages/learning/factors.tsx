import { useState } from 'react'
import type { PlanCalibration } from '../../api/learning.ts'
import { useText } from '../../i18n/use-text.ts'
import { Button, type Column, DataTable, Panel } from '../../kit/index.ts'
import { RangeBar } from './range-bar.tsx'

type Cell = PlanCalibration['cells'][number]
type Level = PlanCalibration['levels'][number]
type Segment = PlanCalibration['segments'][number]
type Values = NonNullable<PlanCalibration['values']>
interface Factor {
  factor: number
  low: number
  high: number
}

/** What the next plan makes of a hundred acceptances promised (or pounds), with the range that is not ruled out. */
export function FactorBar({ factor, low, high }: Factor) {
  const { t, number } = useText()
  const of = (value: number): string => number(100 * value)
  const words = t('learned.per-hundred', { at: of(factor), low: of(low), high: of(high) })
  return (
    <>
      <RangeBar {...{ low, high, at: factor, neutral: 1, from: 0.25, to: 4, log: true, label: words }} />
      <div className="small muted nowrap">{words}</div>
    </>
  )
}

/** What plans correct their expectations by, and from how many answers: money, offers, segments, and single cells on demand. */
export function Factors({ title, calibration }: { title: string; calibration: PlanCalibration }) {
  const { t, say, term, number, percent } = useText()
  const [open, setOpen] = useState(false)
  const levels: Column<Level>[] = [
    {
      id: 'offer',
      title: t('learned.offer'),
      by: row => say(row.name),
      cell: row => (
        <>
          {say(row.name)}
          <div className="small muted">{term('channel', row.channel)}</div>
        </>
      ),
    },
    {
      id: 'rate',
      title: t('learned.believed-rate'),
      right: true,
      cell: row => percent(row.rate, 1),
      by: row => row.rate,
    },
    { id: 'factor', title: t('learned.factor-of'), cell: FactorBar, by: row => row.factor },
  ]
  const segments: Column<Segment>[] = [
    { id: 'segment', title: t('learned.segment'), cell: row => say(row.name), by: row => say(row.name) },
    { id: 'factor', title: t('learned.factor-of'), cell: FactorBar, by: row => row.factor },
  ]
  const cells: Column<Cell>[] = [
    { id: 'segment', title: t('learned.segment'), cell: row => say(row.segmentName), by: row => say(row.segmentName) },
    { id: 'offer', title: t('learned.offer'), cell: row => say(row.offerName), by: row => say(row.offerName) },
    { id: 'channel', title: t('learned.channel'), cell: row => term('channel', row.channel) },
    ...(['contacts', 'expected', 'taken'] as const).map(
      (id): Column<Cell> => ({
        ...{ id, right: true, by: row => row[id] },
        title: t(
          ({ contacts: 'learned.contacted', expected: 'learned.expected', taken: 'learned.observed' } as const)[id],
        ),
        cell: row => number(row[id], id === 'expected' ? 1 : 0),
      }),
    ),
    { id: 'factor', title: t('learned.factor-of'), cell: FactorBar, by: row => row.factor },
  ]
  return (
    <>
      <Panel
        title={title}
        note={t('learned.learned-from', {
          contacts: number(calibration.contacts),
          turns: calibration.turns.length,
          expected: number(calibration.expected),
          taken: number(calibration.taken),
        })}
      >
        <p>{t('learned.factors-note')}</p>
        {calibration.overall ? (
          <p className="soft">{t('learned.overall-note', { of: number(100 * calibration.overall.factor) })}</p>
        ) : null}
      </Panel>
      <div className="factor-tables">
        <div className="stack">
          <Panel title={t('learned.by-segment')} note={t('learned.segments-factors')} flush>
            <DataTable columns={segments} rows={calibration.segments} rowId={row => row.segment} />
          </Panel>
          <Panel title={t('learned.money')} note={t('learned.money-note')} flush={calibration.values !== null}>
            {calibration.values ? (
              <Money values={calibration.values} />
            ) : (
              <p className="muted">{t('learned.no-money')}</p>
            )}
          </Panel>
        </div>
        <Panel title={t('learned.by-offer')} note={t('learned.levels-note')} flush>
          <DataTable columns={levels} rows={calibration.levels} rowId={row => `${row.offer}/${row.channel}`} />
        </Panel>
      </div>
      <Panel
        title={t('learned.by-all')}
        extra={
          <Button onClick={() => setOpen(!open)}>
            {t(open ? 'learned.hide-cells' : 'learned.show-cells', { count: number(calibration.cells.length) })}
          </Button>
        }
        flush
      >
        {open ? (
          <DataTable
            columns={cells}
            rows={calibration.cells}
            rowId={row => `${row.segment}/${row.offer}/${row.channel}`}
          />
        ) : null}
      </Panel>
    </>
  )
}

/** Margin promised against margin earned more than those held out. */
function Money({ values }: { values: Values }) {
  const { t, say, money } = useText()
  const { currency } = values
  const range = (gained: number, error: number) =>
    t('learned.net-range', {
      low: money(gained - 1.96 * error, currency),
      high: money(gained + 1.96 * error, currency),
    })
  const total = { offer: '', name: null, promised: values.promised, gained: values.gained, error: values.error }
  const rows = [...values.offers, { ...total, ...values.overall }]
  const columns: Column<(typeof rows)[number]>[] = [
    {
      id: 'offer',
      title: t('learned.offer'),
      cell: row => (row.name ? say(row.name) : <span className="strong">{t('learned.all-and-new')}</span>),
    },
    {
      id: 'promised',
      title: t('learned.promised'),
      right: true,
      cell: row => money(row.promised, currency),
    },
    {
      id: 'gained',
      title: t('learned.earned'),
      right: true,
      cell: row => (
        <>
          {money(row.gained, currency)}
          <div className="small muted nowrap">{range(row.gained, row.error)}</div>
        </>
      ),
    },
    { id: 'factor', title: t('learned.counts-as'), cell: FactorBar },
  ]
  return <DataTable columns={columns} rows={rows} rowId={row => row.offer} />
}
