/** Sample rows of the kinds that the engine parses: put through the very SQL of the import, under a number of their own. */
import type { App } from '../../platform/app.ts'
import { parsedAttributes } from '../import/attributes.ts'
import { dropStagingTables, parseStaged, stagingFor } from '../import/import-parts.ts'
import { parsedProducts } from '../import/products.ts'
import { messageOf } from '../import/rules.ts'
import { parsedSales } from '../import/sales.ts'
import type { Mapping } from '../mapping.ts'
import { tryNumber } from './parsed-ahead.ts'
import type { ReadRow } from './preview.ts'
import type { SampleRows } from './sample-rows.ts'

export async function readRows(app: App, mapping: Mapping, sample: SampleRows): Promise<ReadRow[]> {
  if (sample.rows.length === 0) return []
  const id = tryNumber()
  try {
    const target = await stagingFor(app, id, mapping)
    await app.facts.exec(
      `INSERT INTO ${target.table} (${target.columns.join(', ')})
       SELECT ${target.select('row_number', place => `row_cells[${place + 1}]`, "''")}
       FROM (SELECT given.1 AS row_number, given.2 AS row_cells FROM (SELECT arrayJoin(arrayZip({numbers:Array(UInt64)}, {rows:Array(Array(String))})) AS given))`,
      { ...target.params, numbers: sample.rows.map(row => row.rowNo), rows: sample.rows.map(row => row.values) },
    )
    const bad = await parseStaged(app, id, target.table, mapping)
    const read = await readValues(app, id, mapping)
    return sample.rows.map(({ rowNo, values }) => {
      const fault = bad.find(row => row.rowNo === rowNo)
      const cells = mapping.columns.map(({ field, header }, place) => ({
        given: values[place] ?? '',
        read: fault?.column === header ? null : (read(rowNo, field) ?? null),
        problem: fault && fault.column === header ? messageOf(fault) : null,
      }))
      const placed = cells.some(cell => cell.problem !== null)
      return { rowNo, cells, problem: fault && !placed ? messageOf(fault) : null }
    })
  } finally {
    await dropStagingTables(app, id)
  }
}

type Reading = (rowNo: number, field: string) => string | undefined

async function readValues(app: App, id: number, mapping: Mapping): Promise<Reading> {
  if (mapping.kind === 'attributes') {
    const rows = await app.facts.query<{ row_no: number; key_kind: string; key: string; name: string; value: string }>(
      `SELECT row_no, key_kind, key, name, value FROM ${parsedAttributes(id)}`,
    )
    return (rowNo, field) => {
      const own = rows.filter(row => row.row_no === rowNo)
      if (field.startsWith('attribute:')) return own.find(row => row.name === field.slice('attribute:'.length))?.value
      return own.find(row => row.key_kind === field)?.key
    }
  }
  const table = mapping.kind === 'sales' ? parsedSales(id) : parsedProducts(id)
  const rows = await app.facts.query<Record<string, unknown> & { row_no: number }>(
    `SELECT * EXCEPT (cells${mapping.kind === 'sales' ? ', content_hash' : ''}) FROM ${table}`,
  )
  return (rowNo, field) => {
    const value = rows.find(row => row.row_no === rowNo)?.[field]
    return value === null || value === undefined ? undefined : String(value)
  }
}
