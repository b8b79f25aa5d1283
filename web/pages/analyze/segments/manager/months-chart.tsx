import { useMemo } from 'react'
import type { Management } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Chart, chartStyle, shade } from '../../../../kit/index.ts'

/** Revenue and margin by month, and the share of the year's target that a month would be. */
export function MonthsChart({ data }: { data: Management }) {
  const { t, month, money } = useText()
  const theme = shade.use()
  const option = useMemo(() => {
    const style = chartStyle(theme)
    const first = data.months.findIndex(row => row.revenueMinor !== 0)
    const months = first < 0 ? data.months.slice(12) : data.months.slice(Math.min(first, 12))
    const bar = (name: string, values: number[], color: string) => ({
      type: 'bar',
      name,
      data: values,
      barMaxWidth: 18,
      itemStyle: { color, borderRadius: [2, 2, 0, 0] },
    })
    const target = data.targets.revenueMinor
    return {
      grid: style.grid,
      legend: style.legend,
      tooltip: { ...style.tooltip, valueFormatter: (value: number) => money(value, data.currency) },
      xAxis: { type: 'category', data: months.map(row => month(row.from)), ...style.category },
      yAxis: {
        type: 'value',
        ...style.value,
        axisLabel: {
          ...style.value.axisLabel,
          formatter: (value: number) => money(value, data.currency, { compact: true }),
        },
      },
      series: [
        bar(
          t('manager.revenue'),
          months.map(row => row.revenueMinor),
          style.colour.accent,
        ),
        bar(
          t('manager.margin'),
          months.map(row => row.marginMinor),
          style.colour.quiet,
        ),
        ...(target === null
          ? []
          : [
              {
                type: 'line',
                name: t('manager.target-month'),
                symbol: 'none',
                data: months.map(() => target / 12),
                lineStyle: { color: style.colour.ink, width: 1.4, type: 'dashed' },
                itemStyle: { color: style.colour.ink },
              },
            ]),
      ],
    }
  }, [data, theme, t, month, money])
  return <Chart option={option} height={280} label={t('manager.months')} />
}
