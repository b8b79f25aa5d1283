/**
 * A file staged and parsed as an import would, under a number that no import has: nothing is registered, nothing written to the
 * tables, and the staging is dropped when `use` is through.
 */
import { randomInt } from 'node:crypto'
import { basename } from 'node:path'
import type { App, Progress } from '../../platform/app.ts'
import { dropStagingTables, parseStaged, stagingFor } from '../import/import-parts.ts'
import { fileHead } from '../import/read-text.ts'
import type { BadRow } from '../import/rules.ts'
import { dropStaging, stageFile } from '../import/stage-file.ts'
import { isAddress, maskAddress } from '../importers/address.ts'
import type { Mapping } from '../mapping.ts'

export interface ParsedAhead {
  /** Number under which the staging tables stand. */
  id: number
  /** Staging table of the rows as text. */
  table: string
  rows: number
  bad: BadRow[]
}

/** Far above what a counter of imports reaches. */
const FIRST = 8_000_000_000_000_000
export const tryNumber = (): number => FIRST + randomInt(2 ** 40)

export async function parsedAhead<T>(
  app: App,
  mapping: Mapping,
  path: string,
  progress: Progress,
  use: (parsed: ParsedAhead) => Promise<T>,
): Promise<T> {
  await sweepOld(app)
  const id = tryNumber()
  const file = isAddress(path) ? maskAddress(path) : basename(path)
  try {
    progress(0, 3, file)
    const staged = await stageFile(app, id, path, await fileHead(path), mapping, await stagingFor(app, id, mapping))
    progress(1, 3, file)
    const bad = [...staged.bad, ...(await parseStaged(app, id, staged.table, mapping))]
    progress(2, 3, file)
    return await use({ id, table: staged.table, rows: staged.rows, bad })
  } finally {
    await dropStagingTables(app, id)
  }
}

/** What dry runs left that were killed. */
async function sweepOld(app: App): Promise<void> {
  const left = await app.facts.query<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND match(name, '^staging_8[0-9]{15}')
     AND metadata_modification_time < now() - INTERVAL 1 DAY`,
  )
  for (const { name } of left) await dropStaging(app, name)
}
