import { useMemo } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Chart, chartStyle, shade } from '../../../kit/index.ts'
import { inShort, inUnit } from './in-unit.ts'
import type { Block } from './types.ts'

interface PictureProps {
  block: Block
  currency: string
}

const dashes = ['solid', 'dashed', 'dotted', 'solid'] as const

/** Months rightwards, a line a column; `low` and `high` are a band between them. */
export function Lines({ block, currency }: PictureProps) {
  const speech = useText()
  const { say } = speech
  const theme = shade.use()
  const option = useMemo(() => {
    const style = chartStyle(theme)
    const unit = block.columns[0]?.unit ?? 'number'
    const at = (id: string) => block.columns.findIndex(column => column.id === id)
    const [low, high] = [at('low'), at('high')]
    const colours = [
      style.colour.accent,
      theme === 'dark' ? '#e0ac4e' : '#945d08',
      theme === 'dark' ? '#58c292' : '#1a774d',
      style.colour.quiet,
    ]
    const drawn = block.columns.map((column, k) => ({ column, k })).filter(({ k }) => k !== low && k !== high)
    const column = (k: number) => block.rows.map(row => row.values[k] ?? null)
    return {
      grid: style.grid,
      legend: {
        ...style.legend,
        data: drawn.filter(({ k }) => column(k).some(value => value !== null)).map(({ column: { name } }) => say(name)),
      },
      tooltip: {
        ...style.tooltip,
        valueFormatter: (value: number | null | undefined) => inUnit(value, unit, currency, speech),
      },
      xAxis: { type: 'category', data: block.rows.map(row => say(row.label)), boundaryGap: false, ...style.category },
      yAxis: {
        type: 'value',
        ...style.value,
        axisLabel: { ...style.value.axisLabel, formatter: (value: number) => inShort(value, unit, currency, speech) },
      },
      series: [
        ...(low >= 0 && high >= 0
          ? [
              {
                type: 'line',
                stack: 'band',
                silent: true,
                symbol: 'none',
                lineStyle: { opacity: 0 },
                data: column(low),
                tooltip: { show: false },
              },
              {
                type: 'line',
                stack: 'band',
                silent: true,
                symbol: 'none',
                lineStyle: { opacity: 0 },
                areaStyle: { color: colours[1], opacity: 0.14 },
                data: block.rows.map(row =>
                  row.values[low] == null || row.values[high] == null ? null : row.values[high] - row.values[low],
                ),
                tooltip: { show: false },
              },
            ]
          : []),
        ...drawn.map(({ column: { name }, k }, place) => ({
          type: 'line',
          name: say(name),
          data: column(k),
          symbol: 'none',
          lineStyle: { color: colours[place % 4], width: 1.8, type: dashes[place % 4] },
          itemStyle: { color: colours[place % 4] },
        })),
      ],
    }
  }, [block, currency, theme, speech, say])
  return <Chart option={option} height={300} label={say(block.title)} />
}

/** A share of customers rightwards, the share of what they bring upwards; the straight line is what equal ones would bring. */
export function Curve({ block, currency }: PictureProps) {
  const speech = useText()
  const { say, percent } = speech
  const theme = shade.use()
  const option = useMemo(() => {
    const style = chartStyle(theme)
    const points = block.rows.map(row => [row.values[0], row.values[block.shown]])
    return {
      grid: { ...style.grid, top: 12 },
      tooltip: {
        ...style.tooltip,
        formatter: (items: { data: [number, number]; seriesIndex: number }[]) => {
          const own = items.find(item => item.seriesIndex === 0)?.data
          return own ? `${percent(own[0], 1)} → ${percent(own[1], 1)}` : ''
        },
      },
      xAxis: {
        type: 'value',
        min: 0,
        max: 1,
        ...style.value,
        axisLabel: { ...style.value.axisLabel, formatter: (v: number) => percent(v, 0) },
      },
      yAxis: {
        type: 'value',
        min: 0,
        ...style.value,
        axisLabel: { ...style.value.axisLabel, formatter: (v: number) => percent(v, 0) },
      },
      series: [
        {
          type: 'line',
          data: [[0, 0], ...points],
          symbol: 'none',
          lineStyle: { color: style.colour.accent, width: 2 },
          areaStyle: { color: style.colour.accent, opacity: 0.1 },
        },
        {
          type: 'line',
          silent: true,
          data: [
            [0, 0],
            [1, 1],
          ],
          symbol: 'none',
          lineStyle: { color: style.colour.quiet, width: 1, type: 'dashed' },
        },
      ],
    }
  }, [block, theme, percent])
  const best = block.rows.find(row => (row.values[0] ?? 0) >= 0.2)
  return (
    <>
      <Chart option={option} height={280} label={say(block.title)} />
      {best ? (
        <p className="small soft">
          {say(best.label)} → {inUnit(best.values[block.shown], 'share', currency, speech)}
        </p>
      ) : null}
    </>
  )
}
