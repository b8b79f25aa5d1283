import type { EChartsOption } from 'echarts'
import { BarChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { type ECharts, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { remember } from '../compose/remember.ts'

use([BarChart, GridComponent, SVGRenderer])

const kept = new Map<string, ECharts>()

/**
 * The chart as SVG, drawn without a browser (3–4 ms); size in CSS pixels. Class names count up per instance and would make
 * equal charts differ, so they are taken out: they are for hover styles only.
 */
export function chartSvg(option: EChartsOption, width: number, height: number): string {
  const size = `${width}x${height}`
  const chart = remember(kept, size, () => init(null, null, { renderer: 'svg', ssr: true, width, height }))
  chart.setOption(option, { notMerge: true })
  return chart
    .renderToSVGString()
    .replace(/ class="[^"]*"/g, '')
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(/\bzr\d+-/g, 'c-')
}

/** An instance keeps timers that hold a process open. */
export function disposeCharts(): void {
  for (const chart of kept.values()) chart.dispose()
  kept.clear()
}
