import { z } from 'zod'
import { type Text, textSchema } from '../../platform/text.ts'
import type { FormatName } from '../compose/formats.ts'
import { isMissing, valuesAt } from '../compose/paths.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { brandIn } from '../compose/texts.ts'
import { companyFields, type Field, fieldsOf, mailFields } from '../design/fields.ts'
import { fieldNames } from './names.ts'

/** A field as an author chooses it: by a name in their language and an example of what will stand there. */
export const describedField = z.object({
  /** `to.name`; of a list's rows `invoices.amount`. */
  path: z.string(),
  name: textSchema,
  type: z.enum(['text', 'number', 'money', 'day', 'month', 'list', 'yes-no', 'object']),
  /** The list it is a column of, and its path in a row. */
  list: z.string().nullable(),
  /** May be missing, so that a rule says what then. */
  optional: z.boolean(),
  /** As in the template's examples, by their language. */
  examples: z.record(z.string(), z.string()),
  /** How it can be written; the first is proposed. */
  formats: z.array(z.string()),
})
export type DescribedField = z.infer<typeof describedField>

type Source = Pick<TemplateVersion, 'schema' | 'examples' | 'brand' | 'manifest'>

/** All that texts can name: the data in the order of their schema, then the company. */
export function describeFields({ schema, examples, brand, manifest }: Source): DescribedField[] {
  const said = (field: Field, list: string | null): DescribedField[] => {
    const path = list === null ? field.path : `${list}.${field.path}`
    const described = {
      path,
      name: nameOf(path, field.note),
      type: field.type,
      list,
      optional: list === null && !alwaysThere(schema, path),
      examples: examplesOf(examples, path),
      formats: formatsOf[field.type] ?? [],
    }
    return [described, ...(field.rows ?? []).flatMap(row => said(row, path))]
  }
  const data = fieldsOf(schema).flatMap(field => said(field, null))
  const company = companyFields.filter(({ path }) => path !== 'lang').flatMap(field => said(field, null))
  const ways = manifest.channel === 'email' ? mailFields.flatMap(field => said(field, null)) : []
  return [
    ...data,
    ...company.map(field => ofCompany(field, brand)),
    ...ways.map(field => ({ ...field, optional: false })),
  ]
}

const formatsOf: Partial<Record<Field['type'], FormatName[]>> = {
  number: ['number'],
  money: ['money', 'capital', 'number'],
  day: ['day', 'roc_day'],
  month: ['month'],
}

/** A schema may name its own fields in both languages: `"description": "Policy number | 保单号"`. */
function nameOf(path: string, note: string): Text {
  const [en = '', zh = ''] = note.split(' | ')
  if (zh !== '') return { en, zh }
  return fieldNames[path] ?? { en: path, zh: path }
}

interface Node {
  type?: string | string[]
  required?: string[]
  properties?: Record<string, Node>
}

/** Required all the way, and nowhere allowed to be null. */
function alwaysThere(schema: Record<string, unknown>, path: string): boolean {
  let node: Node | undefined = schema as Node
  for (const key of path.split('.')) {
    if (!node?.required?.includes(key)) return false
    node = node.properties?.[key]
    if (Array.isArray(node?.type) && node.type.includes('null')) return false
  }
  return true
}

const LONGEST_EXAMPLE = 80

function examplesOf(examples: TemplateVersion['examples'], path: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const example of examples) {
    const language = String(example['language'] ?? '')
    const value = valuesAt(example, path).find(each => !isMissing(each))
    if (found[language] !== undefined || value === undefined) continue
    const plain = (Array.isArray(value) ? value : [value]).filter(each => typeof each !== 'object')
    if (plain.length > 0) found[language] = plain.join(' ').slice(0, LONGEST_EXAMPLE)
  }
  return found
}

function ofCompany(field: DescribedField, brand: TemplateVersion['brand']): DescribedField {
  const key = field.path.slice('brand.'.length)
  const examples: Record<string, string> = {}
  for (const language of ['zh-CN', 'en'] as const) examples[language] = String(brandIn(brand, language)[key] ?? '')
  return { ...field, optional: false, examples }
}
