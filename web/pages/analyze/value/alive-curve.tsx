import { useMemo } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Chart, chartStyle, shade } from '../../../kit/index.ts'
import type { CustomerValue } from './types.ts'

/** The chance of still being a customer against days of silence; today is marked. */
export function AliveCurve({ curve }: { curve: NonNullable<CustomerValue['curve']> }) {
  const { t, number, percent } = useText()
  const theme = shade.use()
  const option = useMemo(() => {
    const style = chartStyle(theme)
    const today = curve.points.find(point => point.days === curve.silentDays)
    return {
      grid: style.grid,
      legend: style.legend,
      tooltip: { ...style.tooltip, valueFormatter: (value: number) => percent(value) },
      xAxis: {
        type: 'value',
        max: curve.points.at(-1)?.days ?? 365,
        ...style.category,
        splitLine: { show: false },
        axisLabel: {
          ...style.category.axisLabel,
          formatter: (value: number) => t('worth.days', { days: number(value) }),
        },
      },
      yAxis: {
        type: 'value',
        min: 0,
        max: 1,
        ...style.value,
        axisLabel: { ...style.value.axisLabel, formatter: (value: number) => percent(value, 0) },
      },
      series: [
        {
          type: 'line',
          name: t('worth.p-alive'),
          data: curve.points.map(point => [point.days, point.alive]),
          symbol: 'none',
          lineStyle: { color: style.colour.accent, width: 2 },
          itemStyle: { color: style.colour.accent },
          areaStyle: { color: style.colour.accent, opacity: 0.08 },
        },
        {
          type: 'line',
          name: t('worth.today'),
          data: today ? [[today.days, today.alive]] : [],
          symbol: 'circle',
          symbolSize: 9,
          itemStyle: { color: style.colour.ink },
        },
      ],
    }
  }, [curve, theme, t, number, percent])
  return <Chart option={option} height={240} label={t('worth.curve')} />
}
