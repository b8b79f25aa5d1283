import type { ParamValue } from '../../../platform/stores/facts/index.ts'
import type { Text } from '../../../platform/text.ts'
import * as domain from '../domains.ts'
import type { Feature, Unit } from '../feature.ts'
import type { OwnFeature } from '../pipeline.ts'
import { bought } from '../purchase-rows.ts'
import type { OwnDefinition } from './definition.ts'
import { meaningOf } from './in-words.ts'

export interface Declared {
  id: string
  version: number
  name: Text
  meaning: Text
  definition: OwnDefinition
}

const rowsOf = {
  bought,
  returned: 'is_service = 0 AND amount_minor < 0',
  services: 'is_service = 1',
} as const

type Places = (value: ParamValue, type: string) => string
type Shape = Pick<Feature, 'source' | 'counts' | 'sql' | 'type' | 'unit' | 'domain'>

/** A declaration as a feature like any other: its SQL with the values in places of its own, `<id>_<number>`. */
export function ownFeature({ id, name, meaning, definition }: Declared): OwnFeature {
  const params: Record<string, ParamValue> = {}
  const place: Places = (value, type) => {
    const key = `${id}_${Object.keys(params).length}`
    params[key] = value
    return `{${key}:${type}}`
  }
  const shape = shapeOf(definition, place)
  const words = meaning.en || meaning.zh ? meaning : meaningOf(definition)
  return {
    id,
    name,
    meaning: { en: words.en || words.zh, zh: words.zh || words.en },
    family: definition.over === 'answers' ? 'research' : 'own',
    ...shape,
    params,
  }
}

const all = (conditions: readonly (string | false)[]): string => conditions.filter(Boolean).join(' AND ')

function inWindow(
  column: string,
  { days, until }: { days?: number | undefined; until?: number | undefined },
  place: Places,
) {
  return [
    days !== undefined && `${column} >= {asOf:Date} - ${place(days, 'UInt32')}`,
    until !== undefined && `${column} < {asOf:Date} - ${place(until, 'UInt32')}`,
  ]
}

function shapeOf(own: OwnDefinition, place: Places): Shape {
  if (own.over === 'answers') return answerShape(own, place)
  if (own.over === 'events') {
    const rows = all([
      `type IN ${place(own.types, 'Array(String)')}`,
      own.channels !== undefined && `channel IN ${place(own.channels, 'Array(String)')}`,
      ...inWindow('at', own, place),
    ])
    return own.figure === 'since'
      ? sinceShape('events', 'at', rows)
      : number('events', rows, `toFloat64(uniqExactIf(event_id, ${rows}))`, 'count', domain.count)
  }
  const scope = all([rowsOf[own.rows], ...inWindow('sold_at', own, place)])
  const rows = all([
    scope,
    own.categories !== undefined && `category IN ${place(own.categories, 'Array(String)')}`,
    own.products !== undefined && `product_code IN ${place(own.products, 'Array(String)')}`,
    own.months !== undefined && `toMonth(sold_at) IN ${place(own.months, 'Array(UInt8)')}`,
    own.weekdays !== undefined && `toDayOfWeek(sold_at) IN ${place(own.weekdays, 'Array(UInt8)')}`,
    own.least !== undefined && `abs(amount_minor) >= ${place(own.least, 'Int64')}`,
    own.most !== undefined && `abs(amount_minor) <= ${place(own.most, 'Int64')}`,
  ])
  switch (own.figure) {
    case 'orders':
      return number('purchases', rows, `toFloat64(uniqExactIf(cityHash64(invoice), ${rows}))`, 'orders', domain.count)
    case 'days':
      return number('purchases', rows, `toFloat64(uniqExactIf(toDate(sold_at), ${rows}))`, 'days', domain.count)
    case 'lines':
      return number('purchases', rows, `toFloat64(countIf(${rows}))`, 'count', domain.count)
    case 'pieces':
      return number('purchases', rows, `toFloat64(sumIf(abs(toInt64(quantity)), ${rows}))`, 'count', domain.count)
    case 'money':
      return number('purchases', rows, `toFloat64(sumIf(amount_minor, ${rows}))`, 'money', domain.money)
    case 'margin':
      return number('purchases', rows, `toFloat64(sumIf(margin_minor, ${rows}))`, 'money', domain.money)
    case 'share':
      return {
        ...number('purchases', scope, '', 'share', domain.shareOrNull),
        type: 'Nullable(Float64)',
        sql: `if(sumIf(abs(amount_minor), ${scope}) = 0, NULL, sumIf(abs(amount_minor), ${rows}) / sumIf(abs(amount_minor), ${scope}))`,
      }
    case 'since':
      return sinceShape('purchases', 'sold_at', rows)
  }
}

const number = (source: Feature['source'], counts: string, sql: string, unit: Unit, of: Feature['domain']): Shape => ({
  source,
  counts,
  sql,
  type: 'Float64',
  unit,
  domain: of,
})

const sinceShape = (source: Feature['source'], column: string, rows: string): Shape => ({
  ...number(source, rows, '', 'days', domain.countOrNull),
  type: 'Nullable(Float64)',
  sql: `if(countIf(${rows}) = 0, NULL, toFloat64({asOf:Date} - toDate(maxIf(${column}, ${rows}))))`,
})

function answerShape(own: Extract<OwnDefinition, { over: 'answers' }>, place: Places): Shape {
  const rows = `name = ${place(own.attribute, 'String')}`
  const newest = `argMaxIf(value, at, ${rows})`
  const of = { source: 'customer_attributes', counts: rows, unit: 'none' } as const
  if (own.as === 'number')
    return { ...of, type: 'Nullable(Float64)', sql: `toFloat64OrNull(${newest})`, domain: domain.realOrNull }
  if (own.as === 'text')
    return { ...of, type: 'Nullable(String)', sql: `nullIf(${newest}, '')`, domain: domain.textOrNull }
  return {
    ...of,
    type: 'Array(String)',
    sql: `arraySort(arrayDistinct(arrayFilter(word -> word != '', arrayMap(word -> trimBoth(word), splitByRegexp('[;；,，|、]', ${newest})))))`,
    domain: domain.list,
  }
}
