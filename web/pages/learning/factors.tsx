import type { PlanCalibration } from '../../api/learning.ts'
import { useText } from '../../i18n/use-text.ts'
import { type Column, DataTable, Panel } from '../../kit/index.ts'
import { RangeBar } from './range-bar.tsx'

/** Cells shown, those furthest from 1 first. */
const MOST = 30

type Cell = PlanCalibration['cells'][number]
type Segment = PlanCalibration['segments'][number]

/** What plans correct their expectations by, and from how many answers. */
export function Factors({ title, calibration }: { title: string; calibration: PlanCalibration }) {
  const { t, say, term, number } = useText()
  const factor = ({ factor: at, low, high }: Pick<Cell, 'factor' | 'low' | 'high'>) => {
    const words = `${number(at, 2)} (${t('learned.net-range', { low: number(low, 2), high: number(high, 2) })})`
    return (
      <>
        <RangeBar {...{ low, high, at, neutral: 1, from: 0.25, to: 4, log: true, label: words }} />
        <div className="small muted nowrap">{words}</div>
      </>
    )
  }
  const segments: Column<Segment>[] = [
    { id: 'segment', title: t('learned.segment'), cell: row => say(row.name), by: row => say(row.name) },
    { id: 'factor', title: t('learned.factor-of'), cell: factor, by: row => row.factor },
  ]
  const cells: Column<Cell>[] = [
    { id: 'segment', title: t('learned.segment'), cell: row => say(row.segmentName), by: row => say(row.segmentName) },
    { id: 'offer', title: t('learned.offer'), cell: row => say(row.offerName), by: row => say(row.offerName) },
    { id: 'channel', title: t('learned.channel'), cell: row => term('channel', row.channel) },
    {
      id: 'contacts',
      title: t('learned.contacted'),
      right: true,
      cell: row => number(row.contacts),
      by: row => row.contacts,
    },
    {
      id: 'expected',
      title: t('learned.expected'),
      right: true,
      cell: row => number(row.expected, 1),
      by: row => row.expected,
    },
    { id: 'taken', title: t('learned.observed'), right: true, cell: row => number(row.taken), by: row => row.taken },
    { id: 'level', title: t('learned.level'), right: true, cell: row => number(row.level, 2), by: row => row.level },
    { id: 'factor', title: t('learned.factor-of'), cell: factor, by: row => row.factor },
  ]
  return (
    <Panel
      title={title}
      note={t('learned.learned-from', {
        contacts: number(calibration.contacts),
        turns: calibration.turns.length,
        expected: number(calibration.expected),
        taken: number(calibration.taken),
      })}
      flush
    >
      <DataTable columns={segments} rows={calibration.segments} rowId={row => row.segment} />
      <DataTable
        columns={cells}
        rows={calibration.cells.slice(0, MOST)}
        rowId={row => `${row.segment}/${row.offer}/${row.channel}`}
      />
      {calibration.cells.length > MOST ? (
        <p className="small muted" style={{ padding: '8px 16px' }}>
          {t('learned.more-cells', { count: number(calibration.cells.length) })}
        </p>
      ) : null}
    </Panel>
  )
}
