import type { Text } from '../../platform/text.ts'
import type { Unit } from '../features/feature.ts'

export const thePs = [
  'profiling',
  'persistency',
  'profitability',
  'performance',
  'prospecting',
  'product',
  'promotion',
] as const
export type P = (typeof thePs)[number]

export const titles: Record<P, Text> = {
  profiling: { en: 'Profiling', zh: '客户特征' },
  persistency: { en: 'Persistency', zh: '客户保持' },
  profitability: { en: 'Profitability', zh: '盈利能力' },
  performance: { en: 'Performance', zh: '业绩' },
  prospecting: { en: 'Prospecting', zh: '潜力' },
  product: { en: 'Product', zh: '产品' },
  promotion: { en: 'Promotion', zh: '促销' },
}

/** A figure over a group of customers: an aggregate over `f` (features) and `s` (scores); NaN where it cannot be said. */
export interface Figure {
  p: P
  id: string
  name: Text
  /** Shown on hover. */
  formula: Text
  unit: Unit
  sql: string
}

export const figures: readonly Figure[] = [
  {
    p: 'profiling',
    id: 'organisations',
    name: { en: 'Organisations', zh: '企业客户占比' },
    formula: { en: 'organisations ÷ customers', zh: '企业客户数 ÷ 客户数' },
    unit: 'share',
    sql: "countIf(f.kind = 'organisation') / count()",
  },
  {
    p: 'profiling',
    id: 'age',
    name: { en: 'Mean age', zh: '平均年龄' },
    formula: { en: 'mean of the ages that are known', zh: '已知年龄的平均值' },
    unit: 'years',
    sql: 'avg(f.age_years)',
  },
  {
    p: 'persistency',
    id: 'repeat-rate',
    name: { en: 'Repeat rate', zh: '复购率' },
    formula: {
      en: 'customers with two purchase days or more ÷ customers who bought',
      zh: '购买两天及以上的客户数 ÷ 有购买的客户数',
    },
    unit: 'share',
    sql: 'countIf(f.purchase_days >= 2) / countIf(f.purchase_days >= 1)',
  },
  {
    p: 'persistency',
    id: 'alive',
    name: { en: 'Still customers', zh: '仍为客户的概率' },
    formula: { en: 'mean P(alive) of those who bought (BG/NBD)', zh: '有购买客户的平均存活概率（BG/NBD）' },
    unit: 'share',
    sql: 'avgIf(s.p_alive, f.purchase_days >= 1)',
  },
  {
    p: 'profitability',
    id: 'margin',
    name: { en: 'Margin, 12 months', zh: '近 12 个月毛利' },
    formula: { en: 'margin of goods in the last 365 days, returns taken off', zh: '最近 365 天商品毛利（扣除退货）' },
    unit: 'money',
    sql: 'sum(f.margin_365_minor)',
  },
  {
    p: 'profitability',
    id: 'margin-rate',
    name: { en: 'Margin rate', zh: '毛利率' },
    formula: { en: 'margin ÷ sales net of returns, last 365 days', zh: '近 365 天毛利 ÷ 净销售额' },
    unit: 'share',
    sql: 'sum(f.margin_365_minor) / sum(f.monetary_365_minor)',
  },
  {
    p: 'performance',
    id: 'sales',
    name: { en: 'Sales, 12 months', zh: '近 12 个月销售额' },
    formula: { en: 'value of goods less returns in the last 365 days', zh: '最近 365 天商品销售额减退货' },
    unit: 'money',
    sql: 'sum(f.monetary_365_minor)',
  },
  {
    p: 'performance',
    id: 'growth',
    name: { en: 'Growth', zh: '增长率' },
    formula: {
      en: 'sales of the last 365 days ÷ sales of the 365 days before − 1',
      zh: '近 365 天销售额 ÷ 再前 365 天销售额 − 1',
    },
    unit: 'share',
    sql: 'if(sum(f.monetary_before_365_minor) > 0, sum(f.monetary_365_minor) / sum(f.monetary_before_365_minor) - 1, nan)',
  },
  {
    p: 'prospecting',
    id: 'expected-value',
    name: { en: 'Expected value, 12 months', zh: '未来 12 个月预期价值' },
    formula: {
      en: 'sum of discounted expected margin (BG/NBD × Gamma-Gamma × margin rate)',
      zh: '折现预期毛利之和（BG/NBD × Gamma-Gamma × 毛利率）',
    },
    unit: 'money',
    sql: 'sum(s.value_minor)',
  },
  {
    p: 'prospecting',
    id: 'dormant-alive',
    name: { en: 'Dormant with potential', zh: '有潜力的沉睡客户' },
    formula: {
      en: 'customers silent for more than 180 days with P(alive) of a half or more',
      zh: '沉默超过 180 天且存活概率不低于 50% 的客户数',
    },
    unit: 'count',
    sql: 'countIf(f.recency_days > 180 AND s.p_alive >= 0.5)',
  },
  {
    p: 'product',
    id: 'categories',
    name: { en: 'Categories per customer', zh: '人均品类数' },
    formula: { en: 'mean number of categories of those who bought', zh: '有购买客户的平均品类数' },
    unit: 'count',
    sql: 'avgIf(length(f.bought_categories), f.purchase_days >= 1)',
  },
  {
    p: 'product',
    id: 'returns',
    name: { en: 'Returns', zh: '退货率' },
    formula: { en: 'value returned ÷ value bought', zh: '退货额 ÷ 购买额' },
    unit: 'share',
    sql: '1 - sum(f.monetary_minor) / sum(f.gross_minor)',
  },
  {
    p: 'promotion',
    id: 'contacts',
    name: { en: 'Contacts per customer', zh: '人均触达次数' },
    formula: { en: 'messages and calls of the last 180 days ÷ customers', zh: '近 180 天消息与电话数 ÷ 客户数' },
    unit: 'count',
    sql: 'sum(f.contacts_180) / count()',
  },
  {
    p: 'promotion',
    id: 'response-rate',
    name: { en: 'Response rate', zh: '响应率' },
    formula: { en: 'contacts answered ÷ contacts, last 180 days', zh: '近 180 天被回应的触达 ÷ 触达总数' },
    unit: 'share',
    sql: 'sum(f.answers_180) / sum(f.contacts_180)',
  },
  {
    p: 'promotion',
    id: 'price-sensitive',
    name: { en: 'Price-sensitive', zh: '价格敏感占比' },
    formula: { en: 'answers “high” ÷ all answers to the survey’s question', zh: '调查中回答“高”的占比' },
    unit: 'share',
    sql: "countIf(f.price_sensitivity = 'high') / count(f.price_sensitivity)",
  },
]
