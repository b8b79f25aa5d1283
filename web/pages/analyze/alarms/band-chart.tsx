import { useMemo } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Chart, chartStyle, shade } from '../../../kit/index.ts'

export interface BandPoint {
  label: string
  actual: number
  expected: number | null
  low: number | null
  high: number | null
}

interface BandProps {
  points: readonly BandPoint[]
  write: (value: number) => string
  label: string
  height?: number
}

/** What happened as bars, what was expected as a line in its range. */
export function BandChart({ points, write, label, height = 220 }: BandProps) {
  const { t } = useText()
  const theme = shade.use()
  const option = useMemo(() => {
    const style = chartStyle(theme)
    const known = (of: (point: BandPoint) => number | null) => points.map(point => of(point) ?? '-')
    return {
      grid: style.grid,
      legend: { ...style.legend, data: [t('alarms.actual'), t('alarms.expected-line'), t('alarms.range')] },
      tooltip: {
        ...style.tooltip,
        valueFormatter: (value: unknown) => (typeof value === 'number' ? write(value) : '–'),
      },
      xAxis: { type: 'category', data: points.map(point => point.label), ...style.category },
      yAxis: {
        type: 'value',
        ...style.value,
        axisLabel: { ...style.value.axisLabel, formatter: (value: number) => write(value) },
      },
      series: [
        {
          type: 'line',
          name: 'low',
          data: known(p => p.low),
          stack: 'band',
          symbol: 'none',
          lineStyle: { opacity: 0 },
          tooltip: { show: false },
          silent: true,
        },
        {
          type: 'line',
          name: t('alarms.range'),
          data: known(p => (p.high === null || p.low === null ? null : p.high - p.low)),
          stack: 'band',
          symbol: 'none',
          lineStyle: { opacity: 0 },
          areaStyle: { color: style.colour.quiet, opacity: 0.35 },
          itemStyle: { color: style.colour.quiet },
          tooltip: { show: false },
          silent: true,
        },
        {
          type: 'bar',
          name: t('alarms.actual'),
          data: points.map(point => point.actual),
          itemStyle: { color: style.colour.accent, borderRadius: [2, 2, 0, 0] },
          barMaxWidth: 20,
        },
        {
          type: 'line',
          name: t('alarms.expected-line'),
          data: known(p => p.expected),
          symbol: 'circle',
          symbolSize: 4,
          lineStyle: { color: style.colour.ink, width: 1.4, type: 'dashed' },
          itemStyle: { color: style.colour.ink },
        },
      ],
    }
  }, [points, write, theme, t])
  return <Chart option={option} height={height} label={label} />
}
