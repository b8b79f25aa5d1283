import { useMemo } from 'react'
import { Chart, chartStyle, shade } from '../../../kit/index.ts'

export interface ChartLine {
  name: string
  values: (number | null)[]
  dashed?: boolean
  quiet?: boolean
  /** Drawn as a band up to this line's values, from `values`. */
  upTo?: number[]
}

interface LinesProps {
  labels: readonly string[]
  lines: readonly ChartLine[]
  label: string
  /** How a value is written. */
  write: (value: number) => string
  height?: number
  /** The lowest value of the axis; default: nought. */
  from?: number | 'data'
}

const COLOURS = 3

/** A few lines over the same labels, with bands where something is uncertain. */
export function LineChart({ labels, lines, label, write, height = 260, from = 0 }: LinesProps) {
  const theme = shade.use()
  const option = useMemo(() => {
    const style = chartStyle(theme)
    const palette = [style.colour.accent, style.colour.ink, style.colour.quiet]
    let coloured = 0
    return {
      grid: style.grid,
      legend: { ...style.legend, type: 'scroll', data: lines.map(line => line.name) },
      tooltip: { ...style.tooltip, valueFormatter: (value: number) => write(Number(value)) },
      xAxis: { type: 'category', data: [...labels], boundaryGap: false, ...style.category },
      yAxis: {
        type: 'value',
        ...style.value,
        ...(from === 'data' ? { scale: true } : { min: from }),
        axisLabel: { ...style.value.axisLabel, formatter: write },
      },
      series: lines.flatMap((line, k): object[] => {
        const colour = line.quiet ? style.colour.quiet : palette[coloured++ % COLOURS]!
        const main = {
          type: 'line',
          name: line.name,
          data: line.values,
          symbol: labels.length > 25 ? 'none' : 'circle',
          symbolSize: 5,
          connectNulls: true,
          lineStyle: { color: colour, width: 1.8, type: line.dashed ? 'dashed' : 'solid' },
          itemStyle: { color: colour },
        }
        if (!line.upTo) return [main]
        const band = (data: (number | null)[], opacity: number) => ({
          type: 'line',
          name: `${line.name} ${k}`,
          data,
          stack: `band ${k}`,
          symbol: 'none',
          silent: true,
          tooltip: { show: false },
          lineStyle: { opacity: 0 },
          areaStyle: { color: colour, opacity },
        })
        return [
          band(line.values, 0),
          band(
            line.upTo.map((high, i) => high - (line.values[i] ?? 0)),
            0.15,
          ),
        ]
      }),
    }
  }, [theme, labels, lines, write, from])
  return <Chart option={option as never} height={height} label={label} />
}
