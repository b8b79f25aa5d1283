import { useMemo } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Chart, chartStyle, shade } from '../../../kit/index.ts'

/** How busy each month is against the year's average. */
export function SeasonChart({ index }: { index: readonly number[] }) {
  const { t, lang, number } = useText()
  const theme = shade.use()
  const option = useMemo(() => {
    const style = chartStyle(theme)
    const month = new Intl.DateTimeFormat(lang === 'zh-CN' ? 'zh-CN' : 'en-GB', { month: 'short', timeZone: 'UTC' })
    return {
      grid: style.grid,
      tooltip: { ...style.tooltip, valueFormatter: (value: number) => `× ${number(value, 2)}` },
      xAxis: {
        type: 'category',
        data: index.map((_, m) => month.format(new Date(Date.UTC(2001, m, 1)))),
        ...style.category,
      },
      yAxis: { type: 'value', ...style.value },
      series: [
        {
          type: 'bar',
          name: t('worth.season'),
          data: [...index],
          itemStyle: { color: style.colour.accent, borderRadius: [2, 2, 0, 0] },
          barMaxWidth: 22,
        },
      ],
    }
  }, [index, theme, t, lang, number])
  return <Chart option={option} height={220} label={t('worth.season')} />
}
