import { type ZodType, z } from 'zod'
import { cleanData } from './clean-text.ts'
import { type Held, held } from './outcome.ts'
import { isMissing, valuesAt, withValue } from './paths.ts'
import { remember } from './remember.ts'
import type { TemplateVersion } from './template.ts'

export type Data = Record<string, unknown>

/** No line, name or paragraph of a real document is longer; what is comes from a fault or an attack. */
const LONGEST_TEXT = 20_000
/** All texts of a document together, as JSON: a statement of 2,000 lines has 300 kB. */
const LARGEST = 4_000_000
/** Levels of lists and objects; the print engine reads at most 128. */
const DEEPEST = 40

const schemas = new WeakMap<TemplateVersion, ZodType>()

/** Cleaned data with the template's rules for what is missing applied, or the reason to hold the message back. */
export function checkData(version: TemplateVersion, given: Data): { data: Data } | Held {
  const deep = deeperThan(given, DEEPEST, '')
  if (deep !== undefined) return held('invalid-data', `${deep}: > ${DEEPEST}`)
  const size = JSON.stringify(given).length
  if (size > LONGEST_TEXT) {
    const long = longText(given, '')
    if (long) return held('text-too-long', long)
  }
  if (size > LARGEST) return held('text-too-long', `${size}`)
  let data = cleanData(given)
  for (const [path, rule] of Object.entries(version.manifest.missing)) {
    if (!valuesAt(data, path).every(isMissing)) continue
    if (rule === 'hold') return held('missing-data', path)
    data = withValue(data, path, rule === 'skip' ? null : rule.default)
  }
  const parsed = schemaOf(version).safeParse(data)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return held('invalid-data', `${issue?.path.join('.')}: ${issue?.message}`)
  }
  for (const { sum, equals } of version.manifest.totals) {
    const total = sum
      .flatMap(path => valuesAt(data, path))
      .reduce<number>((all, value) => all + (typeof value === 'number' ? value : 0), 0)
    const stated = valuesAt(data, equals)[0]
    if (total !== stated) return held('totals-differ', `${sum.join(' + ')} = ${total}, ${equals} = ${stated}`)
  }
  return { data }
}

function schemaOf(version: TemplateVersion): ZodType {
  return remember(schemas, version, () => z.fromJSONSchema(version.schema))
}

/** The field that leads deeper; found without recursion beyond the limit, so that no nesting overflows the stack. */
function deeperThan(value: unknown, levels: number, path: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (levels === 0) return path
  for (const [key, part] of Object.entries(value)) {
    const found = deeperThan(part, levels - 1, path === '' ? key : path.length > 60 ? path : `${path}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}

function longText(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? `${path}: ${value.length}` : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, part] of Object.entries(value)) {
    const found = longText(part, path === '' ? key : `${path}.${key}`)
    if (found) return found
  }
  return undefined
}
