import type { Report, ReportSection } from './report.ts'
import { plainNumber } from './write-cell.ts'

/** Spreadsheets take a text that begins so for a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/

function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const lines = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.map(row => `${row.map(cell).join(',')}\r\n`).join('')

const plain = ({ columns }: ReportSection, row: readonly (string | number | null)[]): (string | number | null)[] =>
  row.map((value, k) => (typeof value === 'number' ? plainNumber(value, columns[k]!.unit) : value))

const headings: Record<Report['lang'], string[]> = {
  en: ['section', 'row', 'figure', 'value'],
  'zh-CN': ['部分', '行', '指标', '值'],
}

/**
 * RFC 4180 with a byte order mark, so that Excel reads Chinese. One section is a table as it stands; several are one value a line
 * (section, row, figure, value), because a file of many tables is read by no program.
 */
export function reportCsv({ sections, lang }: Report): Uint8Array {
  const [only] = sections
  const rows =
    sections.length === 1 && only
      ? [only.columns.map(column => column.name), ...only.rows.map(row => plain(only, row))]
      : [
          headings[lang],
          ...sections.flatMap(section =>
            section.rows.flatMap(row => {
              const values = plain(section, row)
              return values.slice(1).map((value, k) => [section.title, values[0]!, section.columns[k + 1]!.name, value])
            }),
          ),
        ]
  return Buffer.from(`\uFEFF${lines(rows)}`, 'utf8')
}
