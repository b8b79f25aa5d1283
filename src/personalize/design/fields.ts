/** Which fields an author may use, as the template's JSON Schema of its data says. */
export interface Field {
  path: string
  type: 'text' | 'number' | 'money' | 'day' | 'month' | 'list' | 'yes-no' | 'object'
  /** As the schema describes it; '' where it does not. */
  note: string
  /** Of a list: the fields of a row. */
  rows?: Field[]
}

interface Schema {
  type?: string | string[]
  format?: string
  pattern?: string
  description?: string
  properties?: Record<string, Schema>
  items?: Schema
  $ref?: string
  $defs?: Record<string, Schema>
}

export function fieldsOf(schema: Record<string, unknown>): Field[] {
  const root = schema as Schema
  const resolved = (each: Schema): Schema => {
    const name = each.$ref?.replace('#/$defs/', '')
    return name === undefined ? each : { ...root.$defs?.[name], ...each }
  }
  const inside = (properties: Record<string, Schema>, prefix: string): Field[] =>
    Object.entries(properties).flatMap(([key, given]) => {
      const each = resolved(given)
      const path = prefix + key
      const note = each.description ?? ''
      const type = typeOf(each, key)
      if (type === 'list') return [{ path, type, note, rows: inside(resolved(each.items ?? {}).properties ?? {}, '') }]
      if (type === 'object') return [{ path, type, note }, ...inside(each.properties ?? {}, `${path}.`)]
      return [{ path, type, note }]
    })
  return inside(root.properties ?? {}, '')
}

function typeOf({ type, format, pattern = '' }: Schema, key: string): Field['type'] {
  const kinds = [type ?? 'object'].flat()
  if (kinds.includes('array')) return 'list'
  if (kinds.includes('object')) return 'object'
  if (kinds.includes('boolean')) return 'yes-no'
  // Whole numbers called an amount are minor units everywhere in this house.
  if (kinds.includes('integer') && /amount|total|year|balance|price|minor/i.test(key)) return 'money'
  if (kinds.includes('integer') || kinds.includes('number')) return 'number'
  if (format === 'date') return 'day'
  return pattern.includes('\\d{4}-\\d{2}$') ? 'month' : 'text'
}

/** The company, and what composing adds to every message. */
export const companyFields: readonly Field[] = [
  ...['name', 'tagline', 'address', 'phone', 'email', 'web', 'legal'].map(
    (key): Field => ({ path: `brand.${key}`, type: 'text', note: '' }),
  ),
  { path: 'lang', type: 'text', note: 'zh-CN, zh-TW, en' },
]
/** Ways out, in mails. */
export const mailFields: readonly Field[] = ['unsubscribe', 'preferences'].map(path => ({
  path,
  type: 'text',
  note: '',
}))
