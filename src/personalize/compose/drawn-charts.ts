import { type Chart, type ChartTable, readChart } from '../charts/chart.ts'
import { chartSvg } from '../charts/svg.ts'
import { FONT_FAMILY } from './fonts.ts'
import { valuesAt } from './paths.ts'
import type { TemplateVersion } from './template.ts'
import type { View } from './texts.ts'

/** A chart of a printed document: its picture, and what stands for the picture where nobody sees it. */
export interface DrawnChart extends ChartTable {
  svg: string
  /** The largest and the smallest, in words: goes behind the template's own alternative text. */
  extremes: string
}

/** CSS pixels: the width of the text on A4; a ring needs more height than bars. */
const WIDTH = 680
const HEIGHT = { months: 145, share: 190, comparison: 170, usage: 145 }

/** The charts of a printed document that have data: name → chart. One without rows is left out, and the template knows. */
export function drawnCharts(version: TemplateVersion, view: View): Map<string, DrawnChart> {
  const drawn = new Map<string, DrawnChart>()
  for (const [name, { from, type }] of Object.entries(version.manifest.charts)) {
    const chart = readChart(type, valuesAt(view, from)[0])
    if (chart) drawn.set(name, draw(chart, HEIGHT[type], version, view))
  }
  return drawn
}

function draw(chart: Chart, height: number, { brand }: TemplateVersion, view: View): DrawnChart {
  const look = {
    lang: view.lang,
    currency: String(view['currency'] ?? ''),
    colour: brand.colour.brand,
    accent: brand.colour.accent,
    fontFamily: FONT_FAMILY,
    fontSize: 12,
  }
  return { svg: chartSvg(chart.option(look), WIDTH, height), extremes: chart.extremes(look), ...chart.table(look) }
}

/** As the template finds them in `data.charts`, by name: without the pictures, which lie in files beside it. */
export const chartsInData = (charts: ReadonlyMap<string, DrawnChart>): Record<string, Omit<DrawnChart, 'svg'>> =>
  Object.fromEntries([...charts].map(([name, { svg: _, ...rest }]) => [name, rest]))
