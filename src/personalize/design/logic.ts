import { formatValue } from '../compose/formats.ts'
import type { Language } from '../compose/languages.ts'
import { isMissing, valuesAt } from '../compose/paths.ts'
import { barcodeDots, type Dots, type Symbology } from './barcode.ts'
import type { Comparison } from './when.ts'

/**
 * What a compiled design decides and computes from one message's data before any text is filled: `logic.json` of its files. Both
 * Typst and Liquid read the answers (`when`, `tables`, `barcodes`, `letter`), so that print and mail can never decide differently.
 */
export interface Logic {
  /** Name → what must hold. Rules of segments were answered when the data were gathered and stand in the data's own `when`. */
  conditions: Record<string, { all: Comparison[] } | { any: Comparison[] } | { rule: true } | { keys: string[] }>
  tables: Record<string, { rows: string; columns: { path: string; format?: string; total: boolean }[] }>
  /** Name → the text (of texts.<language>.json) it encodes. */
  barcodes: Record<string, { symbology: Symbology; text: string }>
  /** Of letters that a person fills in: optional paragraphs with what they are unless said otherwise, groups of neighbours, open regions. */
  parts: Record<string, boolean>
  groups: string[][]
  regions: string[]
}

export interface Answers {
  when: Record<string, boolean>
  tables: Record<string, { rows: string[][]; totals: string[] }>
  letter: {
    parts: Record<string, boolean>
    /** Place → what stands there, in order: an agent may set optional paragraphs in another order. */
    places: Record<string, string[]>
    /** Open regions that somebody wrote in, paragraph by paragraph. */
    texts: Record<string, string[]>
  }
}

type Scope = Record<string, unknown> & { lang: Language }

export function answersOf(logic: Logic, scope: Scope): Answers {
  const asked = record(scope['when'])
  const when: Record<string, boolean> = {}
  for (const [key, condition] of Object.entries(logic.conditions)) when[key] = holds(condition, key, scope, asked, when)
  return { when, tables: tablesOf(logic, scope), letter: letterOf(logic, scope) }
}

function holds(
  condition: Logic['conditions'][string],
  key: string,
  scope: Scope,
  asked: Record<string, unknown>,
  before: Record<string, boolean>,
): boolean {
  if ('rule' in condition) return asked[key] === true
  // Written after those they name: `a` holds, `!a` does not.
  if ('keys' in condition) return condition.keys.every(k => (k.startsWith('!') ? !before[k.slice(1)] : before[k]))
  return 'all' in condition
    ? condition.all.every(each => compares(each, scope))
    : condition.any.some(each => compares(each, scope))
}

/** Days are texts like 2010-12-01 and compare as texts do; two values of different types are never equal, less or greater. */
export function compares(comparison: Comparison, scope: unknown): boolean {
  const value = valuesAt(scope, comparison.path)[0]
  const missing = isMissing(value)
  if (comparison.op === 'missing') return missing
  if (comparison.op === 'known') return !missing
  if (comparison.op === 'in') return comparison.value.some(each => each === value)
  if (!('value' in comparison)) return false
  if (comparison.op === '=') return value === comparison.value
  // As in rules of segments: what is not known is not "other than" something either.
  if (comparison.op === '!=') return !missing && value !== comparison.value
  const other = comparison.value
  if (typeof value !== typeof other || (typeof value !== 'number' && typeof value !== 'string')) return false
  const [a, b] = [value, other as typeof value]
  switch (comparison.op) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
  }
}

function tablesOf(logic: Logic, scope: Scope): Answers['tables'] {
  return Object.fromEntries(
    Object.entries(logic.tables).map(([id, { rows: path, columns }]) => {
      const found = valuesAt(scope, path)[0]
      const rows = Array.isArray(found) ? found : []
      const cell = (value: unknown, format?: string) => formatValue(format, value, scope)
      return [
        id,
        {
          rows: rows.map(row => columns.map(column => cell(valuesAt(row, column.path)[0], column.format))),
          totals: columns.map(({ path, format, total }) => (total ? cell(sum(rows, path), format) : '')),
        },
      ]
    }),
  )
}

const sum = (rows: readonly unknown[], path: string): number =>
  rows.flatMap(row => valuesAt(row, path)).reduce<number>((all, each) => all + (typeof each === 'number' ? each : 0), 0)

function letterOf({ parts, groups, regions }: Logic, scope: Scope): Answers['letter'] {
  const letter = record(scope['letter'])
  const [chosen, written] = [record(letter['parts']), record(letter['texts'])]
  const order = Array.isArray(letter['order']) ? letter['order'].filter(id => typeof id === 'string') : []
  const places: Record<string, string[]> = {}
  for (const group of groups) {
    // Those that are named stand one after another where the first of them stood.
    const named = order.filter(id => group.includes(id))
    const first = group.find(id => named.includes(id))
    for (const id of group) places[id] = id === first ? named : named.includes(id) ? [] : [id]
  }
  const texts: Record<string, string[]> = {}
  for (const id of regions) {
    const text = written[id]
    if (typeof text === 'string') texts[id] = text.split(/\n+/).filter(line => line.trim() !== '')
  }
  const on = (id: string, otherwise: boolean) => (typeof chosen[id] === 'boolean' ? chosen[id] : otherwise)
  return {
    parts: Object.fromEntries(Object.entries(parts).map(([id, otherwise]) => [id, on(id, otherwise)])),
    places,
    texts,
  }
}

/** After the texts are filled: what they say, as a picture. A text that a code cannot hold is told with its block. */
export const barcodesOf = (logic: Logic, t: Record<string, string>): Record<string, Dots | null> =>
  Object.fromEntries(Object.entries(logic.barcodes).map(([id, barcode]) => [id, drawn(id, barcode, t)]))

function drawn(id: string, { symbology, text }: Logic['barcodes'][string], t: Record<string, string>): Dots | null {
  try {
    return barcodeDots(symbology, t[text] ?? '')
  } catch (error) {
    throw new Error(`${id} (${symbology}): ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
