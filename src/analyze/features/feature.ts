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
  /** What rows it is computed from: the lineage of the number. */
  source: FeatureSource
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
