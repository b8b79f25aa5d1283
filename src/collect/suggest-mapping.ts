/**
 * A mapping proposed from headers (Chinese and English synonyms) and, where they say nothing, from values. What cannot be
 * told is kept in the raw row and ignored otherwise; a person looks at the proposal before it is saved.
 */
import type { SampleColumn } from './importers/importer.ts'
import type { MappedColumn, SourceKind } from './mapping.ts'
import { fieldByValues } from './mappings/field-by-values.ts'
import { SYNONYMS } from './mappings/synonyms.ts'
import { foldText } from './standardise/text.ts'

/** Headers are compared without case, spaces, signs and words in brackets: "E-mail " = "email". */
export const headerKey = (header: string): string =>
  foldText(header)
    .replace(/\(.*?\)|（.*?）/g, '')
    .replace(/[^\p{L}\p{N}.]/gu, '')

/** Which kind of file it is, told by what stands in its headers. */
export function suggestKind(columns: SampleColumn[]): SourceKind {
  const sales = fieldsOf('sales', columns)
  if (sales.has('product_code'))
    return sales.has('quantity') && (sales.has('invoice') || sales.has('sold_at')) ? 'sales' : 'products'
  const people = fieldsOf('people', columns)
  if ([...TELLS_PEOPLE].some(field => people.has(field))) return 'people'
  // E-mail and telephone name somebody in both; beside columns that no people file has they are keys of answers.
  const answers = columns.filter(
    ({ header }) => !SYNONYMS.people.some(([, pattern]) => pattern.test(headerKey(header))),
  )
  const named = ['mobile', 'landline', 'email'].some(field => people.has(field))
  return named && answers.length <= columns.length / 3 ? 'people' : 'attributes'
}

/** Nobody is called by name in a survey or in figures by region. */
const TELLS_PEOPLE = new Set([
  'full_name',
  'family_name',
  'given_name',
  'organisation',
  'contact_person',
  'id_number',
  'org_code',
])

const fieldsOf = (kind: SourceKind, columns: SampleColumn[]): Set<string> =>
  new Set(suggestColumns(kind, columns).map(column => column.field))

/** Name of an attribute from its header: the header without signs. */
const attributeName = (header: string): string => headerKey(header) || header

export function suggestColumns(kind: SourceKind, columns: SampleColumn[]): MappedColumn[] {
  const taken = new Set<string>()
  const fields = columns.map(({ header, field }) => {
    const key = headerKey(header)
    const found = field ?? SYNONYMS[kind].find(([name, pattern]) => pattern.test(key) && !taken.has(name))?.[0]
    if (found === undefined || taken.has(found)) return undefined
    taken.add(found)
    return found
  })
  // What headers leave open is told by values; a header always goes before.
  return columns.map(({ header, values }, place) => {
    let field = fields[place]
    if (field === undefined && kind === 'attributes') field = `attribute:${attributeName(header)}`
    if (field === undefined && kind === 'people') field = fieldByValues(values)
    if (field === undefined || (fields[place] === undefined && taken.has(field))) field = 'ignore'
    if (field !== 'ignore') taken.add(field)
    return { header, field, required: false }
  })
}
