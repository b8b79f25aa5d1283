/** The first rows of a file as an import would take them apart. */
import { fileHead } from '../import/read-text.ts'
import type { BadRow } from '../import/rules.ts'
import { importerNamed } from '../importers/index.ts'
import type { Mapping } from '../mapping.ts'

export interface SampleRows {
  rows: { rowNo: number; values: string[] }[]
  bad: BadRow[]
}

class Enough extends Error {}

/** Values in the order of the mapping's columns. */
export async function sampleRows(mapping: Mapping, path: string, count: number): Promise<SampleRows> {
  const head = await fileHead(path)
  const importer = importerNamed(mapping.importer, path)
  const found: SampleRows = { rows: [], bad: [] }
  const full = () => {
    if (found.rows.length + found.bad.length >= count) throw new Enough()
  }
  try {
    const staged = await importer.stage(path, head, mapping, {
      row(rowNo, values) {
        found.rows.push({ rowNo, values })
        full()
      },
      bad(row) {
        found.bad.push(row)
        full()
      },
      ready: async () => undefined,
    })
    if (!('native' in staged)) return found
  } catch (error) {
    if (error instanceof Enough) return found
    throw error
  }
  // Formats the engine reads itself: the importer's own sample, column by column.
  const columns = new Map((await importer.sample(path, head, mapping)).map(({ header, values }) => [header, values]))
  const rows = Math.min(count, Math.max(0, ...[...columns.values()].map(values => values.length)))
  for (let at = 0; at < rows; at++)
    found.rows.push({
      rowNo: at + 1,
      values: mapping.columns.map(({ header }) => columns.get(header)?.[at] ?? ''),
    })
  return found
}
