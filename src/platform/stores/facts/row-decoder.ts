import { factsErrors } from './errors.ts'

/** Settings under which JSONCompactEachRowWithNamesAndTypes can be read without loss. */
export const ROW_SETTINGS = {
  date_time_output_format: 'iso',
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_decimals: 1,
  output_format_decimal_trailing_zeros: 1,
  output_format_json_quote_denormals: 1,
} as const

/** Lines of names, types and rows → one object per row. */
export function decodeRows(text: string): Record<string, unknown>[] {
  const lines = text.split('\n')
  if (lines.length < 2) return []
  const names = JSON.parse(lines[0]!) as string[]
  const types = JSON.parse(lines[1]!) as string[]
  const big = types.map(type => /Int(64|128|256)/.test(type))
  const float = types.map(type => /^(Nullable\()?(LowCardinality\()?(Nullable\()?(B?Float\d+)/.test(type))
  const rows: Record<string, unknown>[] = []
  for (let i = 2; i < lines.length; i++) {
    const line = lines[i]!
    if (line === '') continue
    const values = JSON.parse(line) as unknown[]
    const row: Record<string, unknown> = {}
    for (let c = 0; c < names.length; c++) {
      const name = names[c]!
      if (big[c]) refuseRounded(name, values[c])
      row[name] = float[c] ? withDenormal(values[c]) : values[c]
    }
    rows.push(row)
  }
  return rows
}

/** An integer that JSON.parse may have rounded lies above 2^53 still, so what it has become tells. */
function refuseRounded(column: string, value: unknown): void {
  if (typeof value === 'number') {
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) throw factsErrors['facts.number-too-large']({ column, value })
  } else if (value !== null && typeof value === 'object') {
    for (const inner of Object.values(value)) refuseRounded(column, inner)
  }
}

const DENORMALS: Record<string, number> = { nan: Number.NaN, '-nan': Number.NaN, inf: Infinity, '-inf': -Infinity }
const withDenormal = (value: unknown): unknown => (typeof value === 'string' ? (DENORMALS[value] ?? value) : value)
