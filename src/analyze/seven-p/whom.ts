import type { Params } from '../../platform/stores/facts/index.ts'
import type { Text } from '../../platform/text.ts'
import { errors } from '../errors.ts'
import { CUSTOMERS, INSIDE } from './asked.ts'
import { monthText } from './parts.ts'
import { monthIndex } from './period.ts'
import { traits, valueName } from './traits.ts'

/**
 * Who is behind a figure: a short text such as \`decile:3\` that stands in the page's answer and is read back here. Each kind is a condition
 * over seven_p_customers (beside the page's filter) and says in words whom it means.
 */
interface Whom {
  words: Text
  sql: string
  params?: Params
  /** Of the page's filter, all but the period: the kind says itself when. */
  always?: boolean
  /** Where these customers stand, when it is not seven_p_customers. */
  table?: 'seven_p_owned'
}

const text = (en: string, zh: string): Text => ({ en, zh })

export const DORMANT = 'recency_days > 180 AND p_alive >= 0.5'

const kinds: Record<string, (args: string[], asOf: string) => Whom | null> = {
  all: () => ({ words: text('All of them', '全部'), sql: 'true' }),
  buyers: () => ({ words: text('Who have bought', '有购买的客户'), sql: 'purchase_days > 0' }),
  bought: () => ({
    words: text('Who bought in the period', '期内有购买的客户'),
    sql: 'bitAnd(months, {bits:UInt64}) != 0',
  }),
  never: () => ({ words: text('Who never bought', '从未购买的客户'), sql: 'purchase_days = 0' }),
  repeat: () => ({ words: text('Who bought on two days or more', '购买两天及以上的客户'), sql: 'purchase_days >= 2' }),
  dormant: () => ({
    words: text('Silent for more than 180 days, P(alive) of a half or more', '沉默超过 180 天，存活概率不低于 50%'),
    sql: DORMANT,
  }),
  segment: ([id = '']) => ({
    words: text(`Segment ${id}`, `客群 ${id}`),
    sql: 'segment = {w_segment:String}',
    params: { w_segment: id },
  }),
  place: ([country = '', province]) => ({
    words: text('Of this place', '该地区的客户'),
    sql:
      province === undefined
        ? 'country = {w_country:String}'
        : 'country = {w_country:String} AND province = {w_province:String}',
    params: { w_country: country === '?' ? '' : country, w_province: province === '?' ? '' : (province ?? '') },
  }),
  city: ([city = '']) => ({ words: text(city, city), sql: 'city = {w_city:String}', params: { w_city: city } }),
  decile: ([decile = '']) => ({
    words: text(`Decile ${decile} of expected value`, `预期价值第 ${decile} 十分位`),
    sql: 'value_decile = {w_decile:UInt8}',
    params: { w_decile: Number(decile) },
  }),
  alive: ([tenth = '']) => ({
    words: text(
      `P(alive) from ${Number(tenth) * 10} % to ${Number(tenth) * 10 + 10} %`,
      `存活概率 ${Number(tenth) * 10}%–${Number(tenth) * 10 + 10}%`,
    ),
    sql: 'purchase_days > 0 AND least(9, floor(p_alive * 10)) = {w_tenth:UInt8}',
    params: { w_tenth: Number(tenth) },
  }),
  whale: ([least = '']) => ({
    words: text('The customers up to this point of the curve', '曲线该点以内的客户'),
    sql: 'whale_minor >= {w_least:Int64}',
    params: { w_least: Number(least) },
  }),
  alike: ([least = '']) => ({
    words: text('Like the best by who they are, and not among them', '特征与最佳客户相似、但尚非最佳的客户'),
    sql: 'likeness >= {w_likeness:Float64} AND value_decile != 1',
    params: { w_likeness: Number(least) },
  }),
  cohort: ([month = '', since], asOf) => ({
    words:
      since === undefined || since === '0'
        ? text(`First bought in ${monthText(month).en}`, `首次购买于${monthText(month).zh}`)
        : text(
            `First bought in ${monthText(month).en}, bought again ${since} months later`,
            `首次购买于${monthText(month).zh}，第 ${since} 个月仍购买`,
          ),
    sql: `toYYYYMM(cohort) = {w_cohort:UInt32}${since === undefined ? '' : ' AND bitTest(months, {w_bit:UInt8})'}`,
    params: {
      w_cohort: Number(month.replace('-', '')),
      w_bit: Math.min(63, Math.max(0, monthIndex(asOf) - monthIndex(month) - Number(since ?? 0))),
    },
    always: true,
  }),
  trait: ([id, ...rest]) => {
    const value = rest.join(':')
    const trait = traits.find(known => known.id === id)
    if (!trait) return null
    const name = valueName(trait, value)
    return {
      words: text(`${trait.name.en}: ${name.en}`, `${trait.name.zh}：${name.zh}`),
      sql: `trait_${trait.id} = {w_value:String}`,
      params: { w_value: value },
    }
  },
  category: ([category = '']) => ({
    words: text(`Bought of ${category} in the period`, `期内购买过 ${category} 的客户`),
    sql: 'category = {w_category:String} AND bitAnd(months, {bits:UInt64}) != 0',
    table: 'seven_p_owned',
    always: true,
    params: { w_category: category },
  }),
  product: ([product = '']) => ({
    words: text(`Ever bought ${product}`, `曾购买 ${product} 的客户`),
    sql: `customer_id IN (SELECT customer_id FROM purchases WHERE run_id = {identityRun:UInt64} AND product_code = {w_product:String}
      AND is_service = 0 AND is_return = 0 AND amount_minor > 0 AND sold_at < toDateTime({asOf:Date}, 'UTC'))`,
    params: { w_product: product },
  }),
  contacted: () => ({
    words: text('Contacted before the date', '曾被触达的客户'),
    sql: "customer_id IN (SELECT customer_id FROM events WHERE type IN ('sent', 'called'))",
  }),
}

export function whom(key: string, asOf: string): { words: Text; table: string; where: string; params: Params } {
  const [kind = '', ...args] = key.split(':')
  const found = kinds[kind]?.(args, asOf)
  if (!found) throw errors['analyze.no-such-figure']({ figure: key })
  return {
    words: found.words,
    table: found.table ?? 'seven_p_customers',
    where: `${found.always ? INSIDE : CUSTOMERS} AND (${found.sql})`,
    params: found.params ?? {},
  }
}
