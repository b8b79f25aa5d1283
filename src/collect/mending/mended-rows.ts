/** Rows of the quarantine on their way back in: written by the replay, one JSON line each, with the numbers they had in their file. */
import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Importer } from '../importers/importer.ts'

export interface MendedRow {
  rowNo: number
  /** In the order of the mapping's columns. */
  values: string[]
}

export const mended: Importer = {
  name: 'mended',

  // Never proposed for a file of somebody's.
  fits: () => false,

  sample: async () => [],

  async stage(path, _head, _mapping, out) {
    let rows = 0
    const file = await open(path)
    try {
      for await (const line of file.readLines()) {
        const row = JSON.parse(line) as MendedRow
        rows++
        out.row(row.rowNo, row.values, '')
        if (rows % 4096 === 0) await out.ready()
      }
    } finally {
      await file.close()
    }
    await out.ready()
    return { rows }
  },
}

export async function writeMendedRows(path: string, rows: readonly MendedRow[]): Promise<void> {
  function* lines() {
    for (const row of rows) yield `${JSON.stringify(row)}\n`
  }
  await pipeline(Readable.from(lines()), createWriteStream(path, { mode: 0o600 }))
}
