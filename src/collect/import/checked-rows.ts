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

/** Cell of a field in staging, trimmed; a text literal when the mapping does not have it. */
export const cell = (mapping: Mapping, field: string, otherwise = "''"): string => {
  const place = columnFor(mapping, field)
  return place < 0 ? otherwise : `trimBoth(c${place})`
}

/** SQL that numbers the first check a row fails, 0 = none. */
export const firstProblem = (checks: Check[]): string =>
  checks.length === 0 ? 'toUInt8(0)' : `multiIf(${checks.map((check, c) => `${check.wrong}, toUInt8(${c + 1})`).join(', ')}, toUInt8(0))`

/** At most this many bad rows are named one by one; a file with more is wrong as a whole, and the count says so. */
const NAMED = 100_000

export async function readProblems(app: App, parsed: string, staging: string, mapping: Mapping, checks: Check[]): Promise<BadRow[]> {
  const cells = mapping.columns.map((_, c) => `c${c}`).join(', ')
  const rows = await app.facts.query<{ row_no: number; problem: number; cells: string[] }>(
    `SELECT row_no, problem, cells
     FROM (SELECT row_no, problem FROM ${parsed} WHERE problem > 0 ORDER BY row_no LIMIT ${NAMED}) AS wrong
     INNER JOIN (SELECT row_no, [${cells}] AS cells FROM ${staging}
                 WHERE row_no IN (SELECT row_no FROM ${parsed} WHERE problem > 0)) AS texts USING (row_no)
     ORDER BY row_no`,
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
