import { useMemo } from 'react'
import type { ModelDetail } from '../../../api/models.ts'
import { useText } from '../../../i18n/use-text.ts'
import { type Column, DataTable, Panel } from '../../../kit/index.ts'
import { type ChartLine, LineChart } from './line-chart.tsx'

type Decile = NonNullable<ModelDetail['qini']>['deciles'][number]

/** Whom contacting moves: answers won by contacting the best first, against contacting at random. */
export function Qini({ qini }: { qini: NonNullable<ModelDetail['qini']> }) {
  const { t, number, percent } = useText()
  const labels = useMemo(() => qini.points.map(point => percent(point.share, 0)), [qini, percent])
  const lines = useMemo(
    (): ChartLine[] => [
      { name: t('model.band'), values: qini.points.map(p => p.low), upTo: qini.points.map(p => p.high), quiet: true },
      { name: t('model.best-first'), values: qini.points.map(p => p.gain) },
      { name: t('model.at-random'), values: qini.points.map(p => p.random), dashed: true },
    ],
    [qini, t],
  )
  const write = useMemo(() => (value: number) => percent(value, 1), [percent])
  const columns: Column<Decile>[] = [
    { id: 'decile', title: t('models.decile'), cell: row => number(row.decile) },
    { id: 'predicted', title: t('model.predicted'), right: true, cell: row => percent(row.predicted) },
    { id: 'treated', title: t('model.treated'), right: true, cell: row => percent(row.treatedRate) },
    { id: 'control', title: t('model.control'), right: true, cell: row => percent(row.controlRate) },
    {
      id: 'uplift',
      title: t('model.uplift'),
      right: true,
      cell: row => `${percent(row.uplift)} ± ${percent(1.96 * row.error)}`,
    },
  ]
  return (
    <div className="columns">
      <Panel title={t('model.qini')} note={t('model.qini-note')}>
        <LineChart labels={labels} lines={lines} label={t('model.qini')} write={write} from="data" />
      </Panel>
      <Panel flush title={t('model.uplift-by-tenth')}>
        <DataTable columns={columns} rows={qini.deciles} rowId={row => row.decile} wide />
      </Panel>
    </div>
  )
}
