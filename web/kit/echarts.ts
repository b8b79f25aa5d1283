import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import type { EChartsCoreOption } from 'echarts/core'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

export type ChartOption = EChartsCoreOption

/** Draws into the element, follows its width, and returns how to take it down. SVG: crisp in print, small for few points. */
export function draw(element: HTMLElement, option: ChartOption, onOpen?: (name: string) => void): () => void {
  const chart = init(element, null, { renderer: 'svg' })
  chart.setOption({ animation: false, ...option })
  if (onOpen) chart.on('click', ({ name }) => onOpen(name))
  const watch = new ResizeObserver(() => chart.resize())
  watch.observe(element)
  return () => {
    watch.disconnect()
    chart.dispose()
  }
}
