import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readSettings } from '../read-settings.ts'
import { cellError, fileErrors } from './errors.ts'
import { decimal } from './options.ts'
import { eachLine, fieldsOf } from './text-lines.ts'

export interface Limits {
  names: string[]
  max: Float64Array
  min: Float64Array
}

/** `resources.csv`: `resource,max[,min]`; an empty max is no limit, an empty min none. */
export async function readLimits(dir: string): Promise<Limits> {
  const file = 'resources.csv'
  const names: string[] = []
  const max: number[] = []
  const min: number[] = []
  let header: string[] | undefined
  await eachLine(join(dir, file), file, (line, row) => {
    const fields = fieldsOf(line).map(f => f.trim())
    if (!header) {
      header = fields.map(f => f.replace(/^\uFEFF/, ''))
      const unknown = header.find(h => !['resource', 'max', 'min'].includes(h))
      if (unknown !== undefined || !header.includes('resource') || !header.includes('max'))
        throw fileErrors['optimize.limits-header']({ file })
      return
    }
    if (fields.length !== header.length)
      throw fileErrors['optimize.row-fields']({ file, row, got: fields.length, want: header.length })
    const of = (column: string) => fields[header!.indexOf(column)] ?? ''
    const at = (column: string) => ({ file, row, column, value: of(column) })
    const name = of('resource')
    if (name === '') throw cellError('empty', at('resource'))
    if (names.includes(name)) throw fileErrors['optimize.resource-twice'](at('resource'))
    const limit = (column: string, none: number) => {
      if (of(column) === '') return none
      const n = decimal(of(column))
      if (Number.isNaN(n)) throw cellError('not-number', at(column))
      if (n < 0) throw cellError('negative', at(column))
      return n
    }
    const upper = limit('max', Number.POSITIVE_INFINITY)
    const lower = limit('min', 0)
    if (lower > LARGEST) throw cellError('too-large', at('min'))
    if (lower > upper) throw fileErrors['optimize.minimum-above-maximum']({ ...at('min'), max: of('max') })
    names.push(name)
    max.push(upper > LARGEST ? Number.POSITIVE_INFINITY : upper)
    min.push(lower)
  })
  if (!header) throw fileErrors['optimize.file-empty']({ file })
  return { names, max: Float64Array.from(max), min: Float64Array.from(min) }
}

const LARGEST = 1e15

const rulesSchema = z.strictObject({
  perCustomer: z
    .union([z.strictObject({ max: z.number().int().min(1).max(255) }), z.strictObject({ exactly: z.literal(1) })])
    .default({ max: 1 }),
  conflicts: z.array(z.tuple([z.string(), z.string()])).default([]),
})
export type Rules = z.infer<typeof rulesSchema>

/** `rules.json`, or the defaults where there is none. */
export async function readRules(dir: string): Promise<Rules> {
  const path = join(dir, 'rules.json')
  const present = await readFile(path).then(
    () => true,
    () => false,
  )
  return present ? readSettings(path, rulesSchema) : rulesSchema.parse({})
}
