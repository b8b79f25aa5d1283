import { useMemo } from 'react'
import type { Curve } from '../../api/planning.ts'
import { useText } from '../../i18n/use-text.ts'
import { Chart, chartStyle, shade } from '../../kit/index.ts'
import { limitAmount } from './limit-amount.ts'

/** Value and bound over the amount of a limit; the plan's own place is a point with its name. */
export function CurvePicture({ curve, currency }: { curve: Curve; currency: string }) {
  const speech = useText()
  const { t, say, money, compact } = speech
  const of = shade.use()
  const option = useMemo(() => {
    const style = chartStyle(of)
    const scale = curve.unit === 'money' ? 100 : 1
    const { points, here } = curve
    const amount = (value: number) => limitAmount(speech, curve.unit, currency, value * scale)
    const at = points.find(p => p.amount === here)
    const line = (name: string, colour: string, of: (p: (typeof points)[number]) => number, dashed = false) => ({
      name,
      type: 'line',
      data: points.map(p => [p.amount / scale, of(p) / 100]),
      symbolSize: 5,
      showSymbol: !dashed,
      lineStyle: { color: colour, width: dashed ? 1 : 2, type: dashed ? 'dashed' : 'solid' },
      itemStyle: { color: colour },
    })
    return {
      grid: style.grid,
      legend: style.legend,
      tooltip: {
        ...style.tooltip,
        axisPointer: { type: 'line' },
        valueFormatter: (value: unknown) => money(Number(value) * 100, currency),
      },
      xAxis: {
        ...style.value,
        type: 'value',
        max: points.length > 0 ? points.at(-1)!.amount / scale : 1,
        axisLabel: { ...style.value.axisLabel, formatter: (value: number) => compact(value), hideOverlap: true },
        axisPointer: { label: { formatter: ({ value }: { value: unknown }) => amount(Number(value)) } },
      },
      yAxis: {
        ...style.value,
        type: 'value',
        axisLabel: { ...style.value.axisLabel, formatter: (v: number) => compact(v) },
      },
      series: [
        line(t('plan.value'), style.colour.accent, p => p.value),
        line(t('plan.bound'), style.colour.ink, p => p.bound, true),
        {
          name: t('curve.plan-here'),
          type: 'line',
          data: at ? [[here / scale, at.value / 100]] : [],
          symbol: 'circle',
          symbolSize: 13,
          itemStyle: { color: style.colour.surface, borderColor: style.colour.accent, borderWidth: 3 },
          lineStyle: { width: 0 },
        },
      ],
    }
  }, [curve, currency, of, speech, t, money, compact])
  return (
    <Chart
      option={option}
      height={320}
      label={t('curve.label', {
        limit: say(curve.name),
        points: curve.points
          .map(p => `${limitAmount(speech, curve.unit, currency, p.amount)}: ${money(p.value, currency)}`)
          .join('; '),
      })}
    />
  )
}
