import { useMemo } from 'react'
import type { ThresholdView } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Chart, chartStyle, shade } from '../../../kit/index.ts'

/** Precision over recall; the point in use and the point chosen. */
export function CurveChart({ view, chosen }: { view: ThresholdView; chosen: number | null }) {
  const { t, percent } = useText()
  const theme = shade.use()
  const option = useMemo(() => {
    const style = chartStyle(theme)
    const at = (threshold: number) =>
      view.curve.reduce((best, point) =>
        Math.abs(logit(point.threshold) - logit(threshold)) < Math.abs(logit(best.threshold) - logit(threshold))
          ? point
          : best,
      )
    const floor = (values: number[]): number => Math.max(0, Math.floor((Math.min(...values) - 0.005) * 50) / 50)
    // Beyond 13 bits nothing changes but recall, which would leave the interesting end no room.
    const shown = view.curve.filter(point => point.threshold > 0.01 && point.threshold < 0.9999)
    const spot = (threshold: number) => {
      const point = at(threshold)
      return [[point.recall, point.precision, point.threshold]]
    }
    return {
      grid: { ...style.grid, left: 26, top: 34, bottom: 26, right: 20 },
      legend: style.legend,
      tooltip: {
        ...style.tooltip,
        trigger: 'item' as const,
        formatter: ({ value }: { value: [number, number, number] }) =>
          t('threshold.tooltip', {
            threshold: percent(value[2], 2),
            precision: percent(value[1], 1),
            recall: percent(value[0], 1),
          }),
      },
      xAxis: {
        type: 'value',
        name: t('threshold.recall'),
        nameLocation: 'middle',
        nameGap: 26,
        min: floor(shown.map(point => point.recall)),
        max: 1,
        ...style.value,
        axisLabel: { ...style.value.axisLabel, formatter: (value: number) => percent(value, 0) },
      },
      yAxis: {
        type: 'value',
        name: t('threshold.precision'),
        nameLocation: 'middle',
        nameGap: 44,
        min: floor(shown.map(point => point.precision)),
        max: 1,
        ...style.value,
        axisLabel: { ...style.value.axisLabel, formatter: (value: number) => percent(value, 0) },
      },
      series: [
        {
          type: 'line',
          name: t('threshold.curve'),
          data: shown.map(point => [point.recall, point.precision, point.threshold]),
          symbolSize: 5,
          lineStyle: { color: style.colour.accent, width: 2 },
          itemStyle: { color: style.colour.accent },
        },
        {
          type: 'line',
          name: t('threshold.used'),
          data: spot(view.used),
          symbol: 'diamond',
          symbolSize: 15,
          itemStyle: { color: style.colour.ink },
        },
        ...(chosen === null
          ? []
          : [
              {
                type: 'line' as const,
                name: t('threshold.chosen'),
                data: spot(chosen),
                symbol: 'circle',
                symbolSize: 14,
                itemStyle: { color: style.colour.quiet, borderColor: style.colour.ink, borderWidth: 2 },
              },
            ]),
      ],
    }
  }, [view, chosen, theme, t, percent])
  return <Chart option={option} height={320} label={t('threshold.chart')} />
}

const logit = (probability: number): number => Math.log(probability / (1 - probability))
