/** How a file would be read under a mapping, shown on its first rows: what each cell says, what is made of it, what is wrong with it. */
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { type Text, textSchema } from '../../platform/text.ts'
import { messageOf } from '../import/rules.ts'
import type { Mapping } from '../mapping.ts'
import { readPeople } from './read-people.ts'
import { readRows } from './read-rows.ts'
import { sampleRows } from './sample-rows.ts'

export const readRow = z.object({
  rowNo: z.number(),
  cells: z.array(z.object({ given: z.string(), read: z.string().nullable(), problem: textSchema.nullable() })),
  /** Wrong with the row as a whole. */
  problem: textSchema.nullable(),
})
export type ReadRow = z.infer<typeof readRow>

const ROWS = 20

export async function previewRows(app: App, mapping: Mapping, path: string): Promise<ReadRow[]> {
  const sample = await sampleRows(mapping, path, ROWS)
  const read = mapping.kind === 'people' ? readPeople(mapping, sample) : await readRows(app, mapping, sample)
  const broken = sample.bad.map(
    (row): ReadRow => ({ rowNo: row.rowNo, cells: [], problem: messageOf(row) satisfies Text }),
  )
  return [...read, ...broken].sort((a, b) => a.rowNo - b.rowNo)
}
