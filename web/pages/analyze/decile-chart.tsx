import { useMemo } from 'react'
import type { Model } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Chart, chartStyle, shade } from '../../kit/index.ts'

/** Expected beside actual by decile, and what the simple rule would have said. */
export function DecileChart({ model, currency }: { model: Model; currency: string | null }) {
  const { t, say, compact, number, money } = useText()
  const theme = shade.use()
  const option = useMemo(() => {
    const style = chartStyle(theme)
    const deciles = model.deciles.filter(row => row.decile > 0)
    return {
      grid: style.grid,
      legend: style.legend,
      tooltip: {
        ...style.tooltip,
        valueFormatter: (value: number) =>
          currency ? money(value, currency) : number(value, Math.abs(value) < 10 ? 2 : 0),
      },
      xAxis: {
        type: 'category',
        data: deciles.map(row => String(row.decile)),
        ...style.category,
      },
      yAxis: {
        type: 'value',
        ...style.value,
        axisLabel: {
          ...style.value.axisLabel,
          formatter: (value: number) => (currency ? money(value, currency, { compact: true }) : compact(value)),
        },
      },
      series: [
        {
          type: 'bar',
          name: t('models.expected'),
          data: deciles.map(row => row.expected),
          itemStyle: { color: style.colour.accent, borderRadius: [2, 2, 0, 0] },
          barMaxWidth: 16,
        },
        {
          type: 'bar',
          name: t('models.actual'),
          data: deciles.map(row => row.actual),
          itemStyle: { color: style.colour.quiet, borderRadius: [2, 2, 0, 0] },
          barMaxWidth: 16,
        },
        {
          type: 'line',
          name: t('models.baseline'),
          data: deciles.map(row => row.baseline),
          symbol: 'none',
          lineStyle: { color: style.colour.ink, width: 1.4, type: 'dashed' },
          itemStyle: { color: style.colour.ink },
        },
      ],
    }
  }, [model, currency, theme, t, compact, number, money])
  return <Chart option={option} height={340} label={t('models.chart', { model: say(model.title) })} />
}
