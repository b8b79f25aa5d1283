import { type MonthAmount, monthsOption } from '../charts/months.ts'
import { chartSvg } from '../charts/svg.ts'
import { FONT_FAMILY } from './fonts.ts'
import { valuesAt } from './paths.ts'
import type { TemplateVersion } from './template.ts'
import type { View } from './texts.ts'

/** The charts of a printed document that have data: name → SVG. A chart without months is left out, and the template knows. */
export function drawnCharts(version: TemplateVersion, view: View): Map<string, string> {
  const drawn = new Map<string, string>()
  for (const [name, { from }] of Object.entries(version.manifest.charts)) {
    const months = valuesAt(view, from)[0]
    if (!Array.isArray(months) || months.length === 0) continue
    drawn.set(name, chartSvg(chartOption(months as MonthAmount[], view, version), 680, 145))
  }
  return drawn
}

function chartOption(months: MonthAmount[], view: View, { brand }: TemplateVersion) {
  const { brand: colour, accent } = brand.colour
  return monthsOption(months, {
    lang: view.lang,
    currency: String(view['currency'] ?? ''),
    colour,
    accent,
    fontFamily: FONT_FAMILY,
    fontSize: 12,
  })
}
