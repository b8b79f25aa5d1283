import { shortMonth } from '../compose/format.ts'
import { type ChartType, chartTypes } from '../compose/template.ts'
import { readChart } from './chart.ts'
import type { ChartLook } from './look.ts'

/** Height of the tallest bar in an e-mail, px. */
const TALLEST = 88
/** Of bars that lie, per cent of their cell. */
const LONGEST = 100

type Look = Pick<ChartLook, 'lang' | 'currency'>

/**
 * A chart as an HTML table of bars: mail programs block pictures until asked and know no SVG. Reads as a table, too (each bar says
 * what it is and how large). Months stand side by side, everything else lies in rows with its figures.
 */
export function chartTable(given: unknown, look: Look, type: string = 'months'): string {
  const known = chartTypes.find(each => each === type)
  const chart = known && readChart(known, given)
  if (!chart) return ''
  return known === 'months' ? standing(given as { month: string }[], chart, look) : lying(known, chart, look)
}

type Chart = NonNullable<ReturnType<typeof readChart>>

function standing(given: { month: string }[], chart: Chart, look: Look): string {
  const most = Math.max(1, ...chart.sizes)
  const { rows } = chart.table(look)
  const bars = rows.map(([name, amount], index) => {
    const size = chart.sizes[index]!
    const height = Math.max(size > 0 ? 2 : 0, Math.round((TALLEST * Math.max(0, size)) / most))
    const said = escaped(`${name}: ${amount}`)
    return `<td align="center" valign="bottom" height="${TALLEST}" style="padding:0 2px;vertical-align:bottom" title="${said}"><div role="img" aria-label="${said}" style="height:${height}px;line-height:${height}px;font-size:0;background:${colourOf(index, rows.length)};border-radius:2px 2px 0 0">&#8203;</div></td>`
  })
  const labels = given
    .filter(row => /^\d{4}-\d{2}$/.test(String(row?.month)))
    .map(
      ({ month: iso }) =>
        `<td class="soft" align="center" style="font-size:11px;color:#5b6470;padding:4px 1px 0;white-space:nowrap">${shortMonth(iso, look.lang)}</td>`,
    )
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="table-layout:fixed;width:100%;border-collapse:collapse"><tr>${bars.join('')}</tr><tr>${labels.join('')}</tr></table>`
}

/** A table with headings that screen readers announce; the bar in the last column only shows what the figures say. */
function lying(type: ChartType, chart: Chart, look: Look): string {
  const { head, rows } = chart.table(look)
  const most = Math.max(1, ...chart.sizes)
  const cell = 'padding:3px 8px 3px 0;font-size:13px;color:#1c2430;white-space:nowrap'
  const heads = head.map(
    title =>
      `<th scope="col" align="left" class="soft" style="${cell};color:#5b6470;font-weight:400">${escaped(title)}</th>`,
  )
  const lines = rows.map((row, index) => {
    const width = Math.round((LONGEST * Math.max(0, chart.sizes[index]!)) / most)
    const [name, ...figures] = row.map(escaped)
    return `<tr><th scope="row" align="left" style="${cell};font-weight:400">${name}</th>${figures.map(figure => `<td align="right" style="${cell}">${figure}</td>`).join('')}<td width="45%" style="padding:3px 0"><div aria-hidden="true" style="width:${width}%;height:12px;background:${colourOf(type === 'comparison' ? rows.length - 1 : index, rows.length)};border-radius:2px;font-size:0">&#8203;</div></td></tr>`
  })
  return `<table width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;border-collapse:collapse"><tr>${heads.join('')}<td></td></tr>${lines.join('')}</table>`
}

const colourOf = (index: number, of: number): string => (index === of - 1 ? '#c8552d' : '#1f6f6b')

const escaped = (text: string): string => text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
