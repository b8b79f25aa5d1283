import { readFile } from 'node:fs/promises'
import type { Data } from './compose/check-data.ts'
import { errors } from './errors.ts'

export type Row = Data & { id: string }

/** An id becomes a file name: no separators, no hidden files, nothing a shell would read. */
const safeId = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

/** A JSON file with an array of rows; the whole of it is checked before anything is made of it. */
export async function readRows(file: string): Promise<Row[]> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw errors['personalize.data-unreadable']({ file, reason: error.message }, error)
  })
  let rows: unknown
  try {
    rows = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw errors['personalize.data-not-json'](
      { file, reason: error instanceof Error ? error.message : String(error) },
      error,
    )
  }
  const wrong = (problem: string) => errors['personalize.data-not-rows']({ file, problem })
  if (!Array.isArray(rows)) throw wrong('it holds no array / 不是数组')
  const seen = new Set<string>()
  return rows.map((row: unknown, index): Row => {
    const where = `[${index}]`
    if (typeof row !== 'object' || row === null || Array.isArray(row)) throw wrong(`${where} is no object / 不是对象`)
    const { id } = row as { id?: unknown }
    if (typeof id !== 'string' || !safeId.test(id))
      throw wrong(`${where}.id: letters, digits, . _ - (at most 100) / 只能含字母、数字和 . _ -，最长 100`)
    if (seen.has(id)) throw wrong(`${where}.id "${id}" is there twice / 重复`)
    seen.add(id)
    return row as Row
  })
}
