import { open } from 'node:fs/promises'
import { collectErrors } from '../errors.ts'
import { asInflated, inflated, removeInflated } from '../import/read-text.ts'
import type { Importer } from './importer.ts'
import { kindOfFile } from './kind-of-file.ts'
import { parquetColumns } from './parquet-footer.ts'
import { placesOf } from './places.ts'

/** Parquet is read by the engine itself; here only its footer is looked at: is it whole, which columns has it. */
export const parquet: Importer = {
  name: 'parquet',

  fits: (path, head) =>
    kindOfFile(path) === '.parquet' || Buffer.from(head.bytes.subarray(0, 4)).toString('latin1') === 'PAR1',

  sample: (path, head) =>
    asInflated(path, head, async file => (await footerColumns(file)).map(header => ({ header, values: [] }))),

  async stage(path, head, mapping) {
    const file = head.gzip ? await inflated(path, head) : path
    try {
      placesOf(path, await footerColumns(file), mapping)
      return { native: 'Parquet', ...(file === path ? {} : { inflated: file }) }
    } catch (error) {
      if (file !== path) await removeInflated(file)
      throw error
    }
  },
}

async function footerColumns(path: string): Promise<string[]> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    const tail = Buffer.alloc(8)
    if (size >= 12) await handle.read(tail, 0, 8, size - 8)
    const length = tail.readUInt32LE(0)
    if (tail.toString('latin1', 4) !== 'PAR1' || length + 12 > size)
      throw collectErrors['collect.file-truncated']({
        file: path,
        reason: 'a Parquet file ends with its footer, and this one does not',
      })
    const footer = Buffer.alloc(length)
    await handle.read(footer, 0, length, size - 8 - length)
    return parquetColumns(footer)
  } finally {
    await handle.close()
  }
}
