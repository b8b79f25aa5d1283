/** Conditions of a target, as SQL with typed parameters; names are checked against the mart, values never become text of the statement. */
import type { Params } from '../../platform/stores/facts/index.ts'
import { quoted } from '../../platform/stores/facts/names.ts'
import { givebackErrors } from './errors.ts'
import type { Condition } from './target.ts'

/** Types of the mart's columns, as the engine names them. */
export type ColumnTypes = ReadonlyMap<string, string>

export function whereOf(conditions: readonly Condition[], types: ColumnTypes): { sql: string; params: Params } {
  const params: Record<string, string | string[]> = {}
  const parts = conditions.map(({ column, op, value }, i) => {
    const type = types.get(column)
    if (type === undefined) throw givebackErrors['collect.bad-condition']({ column, reason: 'unknown column' })
    const name = quoted(column)
    const place = `w${i}`
    if (op === 'empty') return `(toString(${name}) = '' OR ${name} IS NULL)`
    if (op === 'filled') return `(toString(${name}) != '' AND ${name} IS NOT NULL)`
    if (op === 'contains') {
      params[place] = value
      return `positionCaseInsensitiveUTF8(toString(${name}), {${place}:String}) > 0`
    }
    const plain = type.replace(/^(?:LowCardinality|Nullable)\((.*)\)$/, '$1').replace(/^Nullable\((.*)\)$/, '$1')
    if (op === 'in') {
      params[place] = value.split(/[,，]/).map(one => one.trim())
      return `has({${place}:Array(String)}, toString(${name}))`
    }
    params[place] = value.trim()
    return `${name} ${op} {${place}:${plain.startsWith('Array') ? 'String' : plain}}`
  })
  return { sql: parts.length > 0 ? parts.join(' AND ') : '1', params }
}
