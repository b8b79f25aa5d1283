import { errors } from '../errors.ts'
import { engineWords } from './engine-words.ts'
import { parseLiquid, type Target, variablesOf } from './liquid.ts'
import { keyAt, type LiquidPlace, liquidProblem, placeOf } from './liquid-problem.ts'
import type { Problem } from './problem.ts'
import type { TemplateManifest } from './template.ts'

interface Source {
  manifest: TemplateManifest
  schema: Record<string, unknown>
  files: Readonly<Record<string, string>>
}

/** The first fault of an expert's own files is refused when they become a version, by file, line, column and field. */
export function refuseFaults(template: string, source: Source): void {
  const [first] = sourceFaults(source)
  if (first) throw templateFault(template, first)
}

export function templateFault(template: string, { file, line = 1, column = 1, field, message }: Problem): Error {
  return errors['personalize.template-fault']({
    template,
    file,
    line,
    column,
    field: { en: field === undefined ? '' : ` (${field})`, zh: field === undefined ? '' : `（${field}）` },
    problem: engineWords(message),
  })
}

/** Everything wrong with texts, mail and script before any data are there: JSON, Liquid, fields that no data have, texts one language lacks. */
export function sourceFaults({ manifest, schema, files }: Source): Problem[] {
  const known = (path: readonly string[]) => isKnown(schema, path)
  const texts = new Map<string, Record<string, unknown>>()
  const faults: Problem[] = []
  for (const language of manifest.languages) {
    const file = `texts.${language}.json`
    const written = files[file]
    if (written === undefined) continue
    const read = readTexts(file, written)
    if ('message' in read) faults.push(read)
    else {
      texts.set(file, read.texts)
      for (const [key, source] of Object.entries(read.texts))
        if (typeof source === 'string') faults.push(...liquidFaults('text', source, { file, written, key }, known))
        else faults.push({ file, ...placeOf(written, keyAt(written, key)), field: key, message: 'expected a text' })
    }
  }
  const keys = new Set([...texts.values()].flatMap(Object.keys))
  for (const [file, own] of texts)
    for (const key of keys)
      if (!(key in own)) faults.push({ file, line: 1, column: 1, field: key, message: `the text ${key} is missing` })
  const whole: [string, Target][] = [
    ['body.txt', 'text'],
    ['body.mjml', 'html'],
    ['body.html', 'html'],
    ['page.html', 'html'],
  ]
  for (const [file, target] of whole) {
    const written = files[file]
    if (written !== undefined) faults.push(...liquidFaults(target, written, { file, written }, known))
  }
  return faults
}

/** Where JSON stops to be JSON, by line and column. */
function readTexts(file: string, written: string): { texts: Record<string, unknown> } | Problem {
  try {
    const texts: unknown = JSON.parse(written)
    if (typeof texts === 'object' && texts !== null && !Array.isArray(texts))
      return { texts: texts as Record<string, unknown> }
    return { file, line: 1, column: 1, message: 'expected an object of texts' }
  } catch (error) {
    const message = (error as Error).message
    const [, at] = /position (\d+)/.exec(message) ?? []
    return { file, ...placeOf(written, at === undefined ? written.length : Number(at)), message }
  }
}

function liquidFaults(
  target: Target,
  source: string,
  place: LiquidPlace,
  known: (path: readonly string[]) => boolean,
): Problem[] {
  try {
    const templates = parseLiquid(target, source)
    return variablesOf(target, templates)
      .filter(({ path }) => !OURS.has(path[0] ?? '') && !known(path))
      .map(({ path, at }) => {
        const field = path.join('.')
        const message = `${field} is not a field of data.schema.json`
        if (place.key === undefined) return { file: place.file, ...at, field, message }
        const from = keyAt(place.written, place.key)
        const found = place.written.indexOf(field, from)
        return { file: place.file, ...placeOf(place.written, found < 0 ? from : found), field, message }
      })
  } catch (error) {
    return [liquidProblem(error, place)]
  }
}

/** What every template sees beside its data. */
const OURS = new Set([
  'lang',
  'brand',
  't',
  'slots',
  'unsubscribe',
  'preferences',
  'when',
  'letter',
  'forloop',
  'tablerowloop',
  'mail',
])
/** Of lists and texts, in Liquid. */
const PARTS = new Set(['size', 'first', 'last'])

/** Whether data of the schema can have the field; what the schema leaves open can. */
function isKnown(schema: Record<string, unknown>, path: readonly string[]): boolean {
  let at: unknown = schema
  for (const key of path) {
    const { properties, items, $ref, type } = (at ?? {}) as Record<string, unknown>
    if ($ref !== undefined || (properties === undefined && items === undefined && type === undefined)) return true
    if (PARTS.has(key)) return true
    const types = Array.isArray(type) ? type : [type]
    if (types.includes('array')) at = items
    else if (properties === undefined)
      return !types.some(each => each === 'string' || each === 'number' || each === 'integer')
    else if (Object.hasOwn(properties as object, key)) at = (properties as Record<string, unknown>)[key]
    else return false
  }
  return true
}
