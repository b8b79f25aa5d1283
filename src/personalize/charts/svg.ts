import type { EChartsOption } from 'echarts'
import { BarChart, LineChart, PieChart } from 'echarts/charts'
import { GridComponent, LegendComponent } from 'echarts/components'
import { type ECharts, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { remember } from '../compose/remember.ts'
import { barsSvg, type Drawing } from './bars.ts'

use([BarChart, LineChart, PieChart, GridComponent, LegendComponent, SVGRenderer])

const kept = new Map<string, ECharts>()

/** The chart as SVG; size in CSS pixels. */
export function chartSvg(option: EChartsOption, width: number, height: number): string {
  return barsSvg(option, width, height, () => drawn(option, width, height)) ?? drawn(option, width, height).svg
}

/**
 * Drawn by ECharts without a browser (1 ms). Class names count up per instance and would make equal charts differ, so they are taken
 * out: they are for hover styles only.
 */
export function drawn(option: EChartsOption, width: number, height: number): Drawing {
  const size = `${width}x${height}`
  const chart = remember(kept, size, () => init(null, null, { renderer: 'svg', ssr: true, width, height }))
  chart.setOption(option, { notMerge: true })
  const svg = chart
    .renderToSVGString()
    .replace(/ class="[^"]*"/g, '')
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(/\bzr\d+-/g, 'c-')
  return { chart, svg }
}

/** An instance keeps timers that hold a process open. */
export function disposeCharts(): void {
  for (const chart of kept.values()) chart.dispose()
  kept.clear()
}
