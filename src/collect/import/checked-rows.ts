/**
 * Files that become rows of one table (sales, products, attributes): the staged text is parsed in SQL, the first thing wrong
 * with a row is named, good rows go on and the others to the quarantine.
 */
import type { App } from '../../platform/app.ts'
import { columnFor, type Mapping } from '../mapping.ts'
import type { BadRow, Rule } from './rules.ts'

export interface Check {
  /** Mapped field the check looks at. */
  field: string
  rule: Rule
  /** SQL over the parsed columns that is true when the row is wrong. */
  wrong: string
}

/** Cell of a field, trimmed; an empty text when the mapping does not have it. */
export const cell = (mapping: Mapping, field: string, name = (place: number) => `c${place}`): string => {
  const place = columnFor(mapping, field)
  return place < 0 ? "''" : `trimBoth(${name(place)})`
}

/**
 * The cells of a wrong row, for the quarantine; good rows carry none. Parsed values are called its_…, because the file's own
 * columns may bear the same names.
 */
export const wrongCells = (mapping: Mapping, name: (place: number) => string): string =>
  `if(its_problem > 0, [${mapping.columns.map((_, c) => name(c)).join(', ')}], CAST([], 'Array(String)'))`

/** SQL that numbers the first check a row fails, 0 = none. */
export const firstProblem = (checks: Check[]): string =>
  checks.length === 0
    ? 'toUInt8(0)'
    : `multiIf(${checks.map((check, c) => `${check.wrong}, toUInt8(${c + 1})`).join(', ')}, toUInt8(0))`

/** A file with more bad rows than this is wrong as a whole and is refused. */
export const MOST_BAD = 100_000

/** The wrong rows of a parsed table, which keeps their cells. */
export async function readProblems(app: App, parsed: string, mapping: Mapping, checks: Check[]): Promise<BadRow[]> {
  const rows = await app.facts.query<{ row_no: number; problem: number; cells: string[] }>(
    `SELECT row_no, problem, cells FROM ${parsed} WHERE problem > 0 ORDER BY row_no LIMIT ${MOST_BAD + 1}`,
  )
  return rows.map(row => {
    const check = checks[row.problem - 1]!
    const place = columnFor(mapping, check.field)
    return {
      rowNo: row.row_no,
      column: mapping.columns[place]?.header ?? check.field,
      value: row.cells[place] ?? '',
      rule: check.rule,
      raw: JSON.stringify(Object.fromEntries(mapping.columns.map((column, c) => [column.header, row.cells[c] ?? '']))),
    }
  })
}
