import { useMemo } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Chart, chartStyle, shade } from '../../../kit/index.ts'
import type { ThemeRow, Themes } from './types.ts'

const HEIGHT = 22
const WIDTH = 104

/** As wide as a word: a bar for each week or month. */
export function SmallCourse({ row, name }: { row: ThemeRow; name: string }) {
  const { t } = useText()
  const most = Math.max(1, ...row.series)
  const step = WIDTH / row.series.length
  return (
    <svg className="small-course" width={WIDTH} height={HEIGHT} role="img" aria-label={t('thm.course-of', { name })}>
      {row.series.map((count, at) => {
        const tall = count === 0 ? 1 : Math.max(2, (HEIGHT * count) / most)
        // Buckets have no other name than their place.
        const x = at * step
        return <rect key={x} x={x} y={HEIGHT - tall} width={Math.max(1, step - 1)} height={tall} />
      })}
    </svg>
  )
}

export function Course({ row, buckets, name }: { row: ThemeRow; buckets: Themes['buckets']; name: string }) {
  const { t, day } = useText()
  const theme = shade.use()
  const option = useMemo(() => {
    const style = chartStyle(theme)
    return {
      grid: style.grid,
      tooltip: style.tooltip,
      xAxis: { type: 'category', data: buckets.map(({ from }) => day(from)), ...style.category },
      yAxis: { type: 'value', minInterval: 1, ...style.value },
      series: [
        {
          type: 'bar',
          name,
          data: row.series,
          itemStyle: { color: style.colour.accent, borderRadius: [2, 2, 0, 0] },
          barMaxWidth: 26,
        },
      ],
    }
  }, [row, buckets, name, theme, day])
  return <Chart option={option as never} height={200} label={t('thm.course-of', { name })} />
}
