import type { EChartsOption } from 'echarts'
import { type ECharts, helper } from 'echarts/core'

/**
 * Bars over categories, of which a million customers have one each: what is around the bars (axes, names, lines) is the same wherever
 * the scale is, so ECharts draws it once a scale, and the bars are put in by ECharts' own measures of that drawing. 1 ms a chart
 * becomes .05; a property test holds the two to each other.
 */
interface Bars {
  /** Without the values. */
  key: string
  values: number[]
  styles: { color: string; radius: number }[]
}

interface Frame {
  svg: string
  x: number[]
  width: number
  /** Pixels of the value 0, and a unit. */
  zero: number
  unit: number
}

const frames = new Map<string, Frame>()
/** A frame is 3 kB; more scales than that at a time means that nothing repeats. */
const MOST_FRAMES = 500

/** Undefined for every other kind of chart, and for bars styled otherwise. */
export function barsSvg(option: EChartsOption, width: number, height: number, draw: () => Drawing): string | undefined {
  const bars = plainBars(option)
  if (!bars) return undefined
  const key = `${width}x${height} ${bars.key}`
  let frame = frames.get(key)
  if (!frame) {
    frame = frameOf(draw(), bars)
    if (!frame) return undefined
    if (frames.size >= MOST_FRAMES) frames.clear()
    frames.set(key, frame)
  }
  const { x, width: wide, zero, unit } = frame
  const paths = bars.values.map((value, at) => bar(x[at]!, wide, zero, zero + value * unit, bars.styles[at]!))
  return frame.svg.replace('</svg>', `${paths.join('')}</svg>`)
}

export interface Drawing {
  chart: ECharts
  svg: string
}

const BAR = /<path [^>]*ecmeta_data_index="\d+"[^>]*><\/path>\n?/g

function frameOf({ chart, svg }: Drawing, { values }: Bars): Frame | undefined {
  const shapes = chart
    .getZr()
    .storage.getDisplayList()
    .flatMap(element => (element.type === 'rect' ? [element as { shape?: { x: number; width: number } }] : []))
    .flatMap(({ shape }) => (shape ? [shape] : []))
  if (shapes.length !== values.length) return undefined
  const pixel = (value: number) => chart.convertToPixel({ yAxisIndex: 0 }, value)
  const far = Math.max(1, ...values.map(Math.abs))
  const zero = pixel(0)
  return {
    svg: svg.replace(BAR, ''),
    x: shapes.map(({ x }) => x),
    width: shapes[0]?.width ?? 0,
    zero,
    unit: (pixel(far) - zero) / far,
  }
}

interface BarSeries {
  type?: string
  data?: { value?: unknown; itemStyle?: { color?: unknown; borderRadius?: unknown } }[]
}
interface ValueAxis {
  type?: string
  splitNumber?: number
  axisLabel?: { formatter?: (value: number) => string }
}

function plainBars(option: EChartsOption): Bars | undefined {
  const { series, xAxis, yAxis, ...rest } = option
  const [only, ...others] = (Array.isArray(series) ? series : [series]) as (BarSeries | undefined)[]
  const [x, y] = [xAxis as { type?: string } | undefined, yAxis as ValueAxis | undefined]
  if (others.length > 0 || only?.type !== 'bar' || x?.type !== 'category' || y?.type !== 'value') return undefined
  const { data = [], ...look } = only
  const values: number[] = []
  const styles: Bars['styles'] = []
  for (const { value, itemStyle: { color, borderRadius = 0 } = {} } of data) {
    const radius: unknown = Array.isArray(borderRadius) ? borderRadius[0] : borderRadius
    if (typeof value !== 'number' || typeof color !== 'string' || typeof radius !== 'number') return undefined
    values.push(value)
    styles.push({ color, radius })
  }
  // Bars begin at 0, so it is on the axis.
  const scale = helper.createScale([Math.min(0, ...values), Math.max(0, ...values)], {
    type: 'value',
    splitNumber: y.splitNumber ?? 5,
  })
  const ticks = scale.getTicks().map(({ value }) => y.axisLabel?.formatter?.(value) ?? value)
  return { key: JSON.stringify([rest, x, y, look, scale.getExtent(), ticks]), values, styles }
}

const round = (value: number): number => Math.round(value * 100) / 100

/** Rounded where it ends, straight where it stands on the axis. */
function bar(x: number, width: number, zero: number, end: number, { color, radius }: Bars['styles'][number]): string {
  if (Math.abs(end - zero) < 0.05) return ''
  const r = end < zero ? Math.min(radius, zero - end, width / 2) : 0
  const [left, right, top, foot] = [x, x + width, end, zero].map(round) as [number, number, number, number]
  const path =
    r > 0
      ? `M${left} ${foot}V${round(end + r)}A${round(r)} ${round(r)} 0 0 1 ${round(x + r)} ${top}H${round(x + width - r)}A${round(r)} ${round(r)} 0 0 1 ${right} ${round(end + r)}V${foot}z`
      : `M${left} ${foot}V${top}H${right}V${foot}z`
  return `<path d="${path}" fill="${color}"></path>`
}
