/** Parquet is read by the engine: one is started on a folder of its own for as long as the file takes. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFacts } from '../../../platform/stores/facts/index.ts'
import type { FileTable } from './file-table.ts'

const quoted = (name: string): string => `\`${name.replace(/[`\\]/g, '\\$&')}\``

/** Fills a table whose headers are known. */
export async function readParquet(table: FileTable): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-match-'))
  try {
    const facts = await openFacts({ dataDir })
    try {
      const names = table.headers.map((_, c) => `c${c}`)
      await facts.exec(
        `CREATE TABLE people_file (row_no UInt64, ${names.map(name => `${name} String`).join(', ')}) ENGINE = MergeTree ORDER BY row_no`,
      )
      await facts.bulkLoad({
        path: table.path,
        format: 'Parquet',
        table: 'people_file',
        structure: table.headers.map(header => `${quoted(header)} Nullable(String)`).join(', '),
        select: ['rowNumberInAllBlocks() + 1', ...table.headers.map(header => `ifNull(${quoted(header)}, '')`)].join(
          ', ',
        ),
        settings: { max_threads: 1 },
      })
      for await (const batch of facts.stream(`SELECT ${names.join(', ')} FROM people_file ORDER BY row_no`)) {
        names.forEach((name, c) => {
          for (const value of batch.str(name)) table.columns[c]!.push(value)
        })
        for (let r = 0; r < batch.rows; r++) table.lines.push(table.lines.length + 1)
      }
    } finally {
      await facts.close()
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}
