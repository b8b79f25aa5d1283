import { FONT_FAMILY } from '../engines/print/fonts.ts'
import { typeset } from '../engines/print/typeset.ts'
import type { Report } from './report.ts'
import { writeCell } from './write-cell.ts'

/** Wider tables are cut in print and say so: the sheet and the CSV hold them whole. */
const MOST_COLUMNS = 14

const cut: Record<Report['lang'], (shown: number, all: number) => string> = {
  en: (shown, all) => `The first ${shown} of ${all} columns; CSV and XLSX hold all.`,
  'zh-CN': (shown, all) => `仅显示前 ${shown} 列，共 ${all} 列；CSV 与 XLSX 含全部。`,
}
const pages: Record<Report['lang'], string> = { en: 'Page', 'zh-CN': '页' }

/** Values are data, never source: nothing a person typed can be read as markup. */
const SOURCE = `
#let r = json("/report.json")
#set document(title: r.title, date: none)
#set page(paper: "a4", flipped: r.wide, margin: (x: 16mm, top: 16mm, bottom: 18mm),
  footer: context [#set text(size: 7.5pt, fill: rgb("#5b6470")); #r.title #h(1fr) #r.page #counter(page).display() / #counter(page).final().first()])
#set text(font: "${FONT_FAMILY}", size: 9pt, lang: r.lang, fill: rgb("#1c2430"), fallback: false)
#set par(leading: 0.6em)
#block(below: 10pt, text(size: 17pt, weight: "bold", r.title))
#for line in r.lead { block(spacing: 5pt, text(size: 8.5pt, fill: rgb("#5b6470"), line)) }
#let drawn(share) = box(width: 60pt, height: 6pt, fill: rgb("#eef1f5"), align(left, rect(width: 60pt * calc.min(1, calc.abs(share)), height: 6pt, fill: if share < 0 { rgb("#b4443c") } else { rgb("#2456c7") }, stroke: none)))
#for s in r.sections {
  block(above: 16pt, below: 6pt, sticky: true, text(size: 11.5pt, weight: "bold", s.title))
  block(below: 6pt, sticky: true, text(size: 8pt, fill: rgb("#5b6470"), s.note))
  table(
    columns: s.columns.map(c => if c.text { 1fr } else { auto }) + if s.bars == none { () } else { (auto,) },
    align: (x, y) => if x < s.columns.len() and not s.columns.at(x).text { right + horizon } else { left + horizon },
    stroke: (x, y) => if y == 0 { (bottom: 0.7pt + rgb("#5b6470")) } else { (bottom: 0.3pt + rgb("#d5dbe1")) },
    inset: (x: 4pt, y: 3.2pt),
    table.header(..s.columns.map(c => text(size: 7.5pt, weight: "bold", c.name)), ..if s.bars == none { () } else { ([],) }),
    ..s.rows.enumerate().map(((i, row)) => row.map(v => text(size: 8pt, v)) + if s.bars == none { () } else { (drawn(s.bars.at(i)),) }).flatten(),
  )
}
`

/** A4, turned when a table is wide; bars beside the column that the page draws. */
export function reportPdf(report: Report): Promise<Uint8Array> {
  const sections = report.sections.map(section => {
    const shown = section.columns.slice(0, MOST_COLUMNS)
    const values = section.bars === undefined ? null : section.rows.map(row => Number(row[section.bars!] ?? 0))
    const most = Math.max(...(values ?? []).map(Math.abs), 1e-9)
    return {
      title: section.title,
      note:
        shown.length < section.columns.length
          ? `${section.note} ${cut[report.lang](shown.length, section.columns.length)}`
          : section.note,
      columns: shown.map(({ name, unit }) => ({ name, text: unit === 'text' })),
      rows: section.rows.map(row => shown.map(({ unit }, c) => writeCell(row[c] ?? null, unit, report))),
      bars: values?.map(value => value / most) ?? null,
    }
  })
  return typeset({
    source: SOURCE,
    files: {
      'report.json': JSON.stringify({
        title: report.title,
        lead: report.lead,
        lang: report.lang === 'zh-CN' ? 'zh' : 'en',
        page: pages[report.lang],
        wide: sections.some(section => section.columns.length > 7),
        sections,
      }),
    },
  })
}
