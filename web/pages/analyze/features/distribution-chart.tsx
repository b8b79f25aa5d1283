import { useMemo } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Chart, chartStyle, shade } from '../../../kit/index.ts'
import type { FeatureDetail } from './types.ts'

/** Bars of this turn, a line for the one before; numbers by value, words by how often. */
export function DistributionChart({ feature }: { feature: FeatureDetail }) {
  const { t, say, day, number, percent } = useText()
  const theme = shade.use()
  const { bins, words } = feature.distribution
  const option = useMemo(() => {
    const style = chartStyle(theme)
    const money = feature.unit.en === 'GBP'
    const edge = (value: number): string => {
      const shown = money ? value / 100 : feature.unit.en === '%' ? value * 100 : value
      return number(shown, Math.abs(shown) < 10 && !Number.isInteger(shown) ? 2 : 0)
    }
    const rows =
      bins.length > 0
        ? bins.map(bin => ({ ...bin, label: edge(bin.from) }))
        : words.map(word => ({ ...word, label: word.value }))
    const before = rows.some(row => row.before !== null)
    return {
      grid: style.grid,
      legend: style.legend,
      tooltip: { ...style.tooltip, valueFormatter: (value: number) => percent(value, 1) },
      xAxis: { type: 'category', data: rows.map(row => row.label), ...style.category },
      yAxis: {
        type: 'value',
        ...style.value,
        axisLabel: { ...style.value.axisLabel, formatter: (value: number) => percent(value, 0) },
      },
      series: [
        {
          type: 'bar',
          name: t('fcat.now', { day: day(feature.asOf) }),
          data: rows.map(row => row.now),
          itemStyle: { color: style.colour.accent, borderRadius: [2, 2, 0, 0] },
          barCategoryGap: '12%',
        },
        ...(before
          ? [
              {
                type: 'line',
                name: t('fcat.before', { day: feature.before ? day(feature.before.asOf) : '' }),
                data: rows.map(row => row.before),
                step: bins.length > 0 ? 'middle' : false,
                symbol: 'none',
                lineStyle: { color: style.colour.ink, width: 1.2 },
                itemStyle: { color: style.colour.ink },
              },
            ]
          : []),
      ],
    }
  }, [feature, bins, words, theme, t, day, number, percent])
  if (bins.length === 0 && words.length === 0) return null
  return <Chart option={option} height={240} label={`${t('fcat.distribution')}: ${say(feature.name)}`} />
}
