import type { ParamValue } from '../../platform/stores/facts/index.ts'
import type { Domain } from './domain.ts'
import { alternatives, type Condition, type Rule } from './rule.ts'

/** Where the engine finds a feature: an expression over the tables of the statement, e.g. `f.recency_days`. */
export interface FeatureColumn {
  sql: string
  domain: Domain
}

export interface Compiled {
  sql: string
  params: Record<string, ParamValue>
}

/**
 * A rule as one boolean expression. Values travel as typed parameters, named `<prefix><number>`; null makes a condition false,
 * as `conditionHolds` says.
 */
export function compileRule(rule: Rule, columnOf: (feature: string) => FeatureColumn, prefix = 'rule'): Compiled {
  const params: Record<string, ParamValue> = {}
  const place = (value: ParamValue, type: string): string => {
    const name = `${prefix}${Object.keys(params).length}`
    params[name] = value
    return `{${name}:${type}}`
  }
  const any = alternatives(rule).map(
    all => all.map(c => conditionSql(c, columnOf(c.feature), place)).join(' AND ') || 'true',
  )
  return { sql: any.length === 1 ? any[0]! : any.map(all => `(${all})`).join(' OR '), params }
}

function conditionSql(
  condition: Condition,
  { sql: column, domain }: FeatureColumn,
  place: (value: ParamValue, type: string) => string,
): string {
  const nullable = domain.kind !== 'list' && domain.nullable
  const type = domain.kind === 'number' ? 'Float64' : domain.kind === 'date' ? 'Date32' : 'String'
  const known = (sql: string) => (nullable ? `ifNull(${sql}, false)` : sql)
  switch (condition.op) {
    case 'missing':
      return nullable ? `isNull(${column})` : 'false'
    case 'known':
      return nullable ? `isNotNull(${column})` : 'true'
    case 'includes':
      return `has(${column}, ${place(condition.value, 'String')})`
    case 'excludes':
      return `NOT has(${column}, ${place(condition.value, 'String')})`
    case 'in':
      return known(`${column} IN (${condition.value.map(v => place(v, type)).join(', ')})`)
    default:
      return known(`${column} ${condition.op} ${place(condition.value, type)}`)
  }
}

/** Which segment takes a customer, in one pass: the first rule that holds, '' when none does; and how many hold. */
export function compileSegments(
  segments: readonly { code: string; rule: Rule }[],
  columnOf: (feature: string) => FeatureColumn,
): { segment: string; matches: string; params: Record<string, ParamValue> } {
  const params: Record<string, ParamValue> = {}
  const branches: string[] = []
  const conditions: string[] = []
  for (const [i, { code, rule }] of segments.entries()) {
    const compiled = compileRule(rule, columnOf, `s${i}_`)
    Object.assign(params, compiled.params, { [`s${i}`]: code })
    branches.push(`(${compiled.sql}), {s${i}:String}`)
    conditions.push(`toUInt8(${compiled.sql})`)
  }
  return { segment: `multiIf(${branches.join(', ')}, '')`, matches: conditions.join(' + ') || '0', params }
}
