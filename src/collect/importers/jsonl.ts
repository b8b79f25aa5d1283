import { collectErrors } from '../errors.ts'
import { headText, readText, wellDecoded } from '../import/read-text.ts'
import { cut, quarantinable } from '../import/rules.ts'
import { MAX_ROW } from './csv-rows.ts'
import type { Importer, SampleColumn } from './importer.ts'
import { kindOfFile } from './kind-of-file.ts'
import { placesOf } from './places.ts'

type Json = Record<string, unknown>

const asText = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

function at(object: Json, path: string[]): string {
  let value: unknown = object
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return ''
    value = (value as Json)[step]
  }
  return asText(value)
}

/** Paths of an object's leaves; a list is one value. */
function* paths(object: Json, prefix = ''): Generator<[string, string]> {
  for (const [key, value] of Object.entries(object)) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      yield* paths(value as Json, `${prefix}${key}.`)
    else yield [prefix + key, asText(value)]
  }
}

function parse(line: string): Json | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null
  } catch {
    return null
  }
}

/** One JSON object a line. A mapping names values by their path: "address.city". */
export const jsonl: Importer = {
  name: 'jsonl',

  fits: (path, head) =>
    ['.jsonl', '.ndjson'].includes(kindOfFile(path)) || (head.bytes[0] === 0x7b && kindOfFile(path) !== '.csv'),

  async sample(path, head, as) {
    const lines = (await headText(path, head, as?.encoding)).split('\n').slice(0, 200)
    const rows = lines.map(parse).flatMap(object => (object ? [new Map(paths(object))] : []))
    const headers = [...new Set(rows.flatMap(row => [...row.keys()]))]
    return headers.map((header): SampleColumn => ({ header, values: rows.map(row => row.get(header) ?? '') }))
  },

  async stage(path, head, mapping, out) {
    const decoded = wellDecoded(path)
    const steps = mapping.columns.map(column => column.header.split('.'))
    const seen = new Set<string>()
    let rest = ''
    let rows = 0
    let objects = 0
    const take = (line: string): void => {
      if (line.trim() === '') return
      const rowNo = ++rows
      if (line.length > MAX_ROW) {
        out.bad({ rowNo, column: String(MAX_ROW), value: '', rule: 'too-long', raw: cut(line) })
        return
      }
      if (!decoded.isText(line)) {
        out.bad({ rowNo, column: '', value: '', rule: 'encoding', raw: cut(line) })
        return
      }
      const object = parse(line)
      if (!object) {
        out.bad({ rowNo, column: '', value: cut(line, 80), rule: line.includes('\0') ? 'nul' : 'json', raw: cut(line) })
        return
      }
      if (objects++ < 1000) for (const [name] of paths(object)) seen.add(name)
      const values = steps.map(step => at(object, step))
      const wrong = quarantinable(rowNo, mapping, values)
      if (wrong) out.bad({ ...wrong, raw: cut(line) })
      else out.row(rowNo, values, line)
    }
    for await (const chunk of readText(path, head, 'JSON lines', mapping.encoding)) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > MAX_ROW * 4) rest = rest.slice(0, MAX_ROW + 1)
      for (const line of lines) take(line)
      await out.ready()
    }
    take(rest)
    decoded.check(rows)
    if (rows === 0) throw collectErrors['collect.file-no-rows']({ file: path })
    if (objects > 0) placesOf(path, [...seen], { ...mapping, columns: needed(mapping) })
    return { rows }
  },
}

/** What is not known is left out of a line, so only needed values must be seen somewhere. */
function needed(mapping: Parameters<Importer['stage']>[2]) {
  const must = mapping.columns.filter(column => column.required || column.field === 'row_key')
  return must.length > 0 ? must : mapping.columns.slice(0, 1)
}
