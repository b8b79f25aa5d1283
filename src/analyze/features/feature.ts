import type { Text } from '../../platform/text.ts'
import type { Domain } from '../segments/domain.ts'

/**
 * One thing known of every customer as of a date: declared here and nowhere else. The table's columns, the pipeline that fills
 * them, the segment rules, the churn model and the pages are all rendered from these.
 */
export interface Feature {
  id: string
  name: Text
  meaning: Text
  unit: Unit
  family: FeatureFamily
  /** What rows it is computed from: the lineage of the number. */
  source: FeatureSource
  /** SQL over a row of the source: whether the row counts into the value. Rows for which it is 0 could be taken away. */
  counts?: string
  /** For `golden_records`: the fields of the record that it is read from. */
  fields?: readonly string[]
  /** For `derived`: the features that it is calculated from. */
  from?: readonly string[]
  /** The engine's type. Nullable where someone without rows has no value. */
  type: string
  /**
   * For a source with many rows a customer, an aggregate over them; for `golden_records`, an expression over its row; for
   * `derived`, an expression over other features. `{asOf:Date}` is the date; rows at or after it are not there.
   */
  sql: string
  domain: Domain
  /** How the churn model takes it; absent: not at all. */
  predictor?: 'linear' | 'log'
}

/** How the catalogue is sorted for people. */
export type FeatureFamily =
  | 'who'
  | 'place'
  | 'research'
  | 'money'
  | 'rhythm'
  | 'returns'
  | 'goods'
  | 'prices'
  | 'contact'
  | 'service'
  | 'own'

export const familyNames: Record<FeatureFamily, Text> = {
  who: { en: 'Who they are', zh: '客户属性' },
  place: { en: 'Place', zh: '地区' },
  research: { en: 'Research answers', zh: '调研答案' },
  money: { en: 'Orders and money', zh: '订单与金额' },
  rhythm: { en: 'Rhythm, trend and season', zh: '购买节奏、趋势与季节' },
  returns: { en: 'Returns', zh: '退货' },
  goods: { en: 'Goods and categories', zh: '商品与品类' },
  prices: { en: 'Prices and discounts', zh: '价格与折扣' },
  contact: { en: 'Contact and answers', zh: '触达与回应' },
  service: { en: 'Service history', zh: '服务记录' },
  own: { en: 'Declared by the company', zh: '企业自定义' },
}

export const sourceNames: Record<FeatureSource, Text> = {
  golden_records: { en: 'golden record', zh: '黄金记录' },
  purchases: { en: 'purchases', zh: '购买明细' },
  customer_attributes: { en: 'research answers and outside data', zh: '调研答案与外部数据' },
  events: { en: 'events', zh: '事件' },
  derived: { en: 'other features', zh: '其他特征' },
}

export type FeatureSource = 'golden_records' | 'purchases' | 'customer_attributes' | 'events' | 'derived'

export type Unit = 'none' | 'days' | 'orders' | 'count' | 'money' | 'share' | 'years' | 'points'

export const unitNames: Record<Unit, Text> = {
  none: { en: '', zh: '' },
  days: { en: 'days', zh: '天' },
  orders: { en: '', zh: '笔' },
  count: { en: '', zh: '个' },
  money: { en: 'GBP', zh: '英镑' },
  share: { en: '%', zh: '%' },
  years: { en: 'years', zh: '岁' },
  points: { en: 'points', zh: '分' },
}
