import { useMemo } from 'react'
import type { ResponsePage } from '../../api/learning.ts'
import { useText } from '../../i18n/use-text.ts'
import { type ChartLine, LineChart } from '../analyze/models/line-chart.tsx'

/** What was said against what came: where the band leaves the dashed line, what was said was wrong. */
export function Reliability({ points }: { points: ResponsePage['calibration']['points'] }) {
  const { t, percent } = useText()
  const labels = useMemo(() => points.map(point => percent(point.predicted, 1)), [points, percent])
  const lines = useMemo(
    (): ChartLine[] => [
      {
        name: t('learned.interval'),
        values: points.map(point => point.interval.low),
        upTo: points.map(point => point.interval.high),
        quiet: true,
      },
      { name: t('learned.predicted'), values: points.map(point => point.predicted), dashed: true },
      { name: t('learned.came-line'), values: points.map(point => point.observed) },
    ],
    [points, t],
  )
  const write = useMemo(() => (value: number) => percent(value, 1), [percent])
  return <LineChart labels={labels} lines={lines} label={t('learned.reliability')} write={write} height={240} />
}
