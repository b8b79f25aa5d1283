import { useMemo } from 'react'
import type { TrialResult } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Chart, chartStyle, shade } from '../../../../kit/index.ts'

/** How large each segment would have been on each date. */
export function SizesChart({ result, nameOf }: { result: TrialResult; nameOf: (code: string) => string }) {
  const { t, day, compact, number } = useText()
  const theme = shade.use()
  const option = useMemo(() => {
    const style = chartStyle(theme)
    return {
      grid: { ...style.grid, top: 66 },
      legend: style.legend,
      tooltip: { ...style.tooltip, valueFormatter: (value: number) => number(value) },
      xAxis: { type: 'category', data: result.dates.map(({ asOf }) => day(asOf)), ...style.category },
      yAxis: {
        type: 'value',
        ...style.value,
        axisLabel: { ...style.value.axisLabel, formatter: (value: number) => compact(value) },
      },
      series: result.segments.map(({ code }, i) => ({
        type: 'bar',
        stack: 'all',
        name: nameOf(code),
        barMaxWidth: 44,
        itemStyle: { color: `hsl(${(210 + i * 47) % 360} 48% ${theme === 'dark' ? 58 : 52}%)` },
        data: result.dates.map(({ sizes }) => sizes[code] ?? 0),
      })),
    }
  }, [result, theme, day, compact, number, nameOf])
  return <Chart option={option} height={340} label={t('seg.over-time')} />
}
