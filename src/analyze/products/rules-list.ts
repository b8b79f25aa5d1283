import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { Lang } from '../../platform/errors.ts'
import type { Report } from '../../platform/export/index.ts'
import { textIn } from '../../platform/text.ts'
import { modelOf } from '../models/registry.ts'
import { productNames } from '../product-names.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import type { associationRule, ruleList, ruleQuery, ruleSort } from './api.ts'

type Rule = z.infer<typeof associationRule>
export type RuleQuery = z.infer<typeof ruleQuery>

interface StoredRule {
  lhs: string[]
  rhs: string
  length: number
  baskets: number
  support: number
  confidence: number
  lift: number
  shrunk_lift: number
  q_value: number
}

const where = `
FROM association_rules
WHERE run_id = {models:UInt64}
  AND ({product:String} = '' OR rhs = {product:String} OR has(lhs, {product:String}))
  AND ({category:String} = '' OR rhs IN (SELECT product_code FROM products WHERE category = {category:String}))
  AND support >= {minSupport:Float64} AND confidence >= {minConfidence:Float64} AND lift >= {minLift:Float64}
  AND length BETWEEN {minLength:UInt8} AND {maxLength:UInt8}`

const order: Record<z.infer<typeof ruleSort>, string> = {
  lift: 'lift DESC',
  shrunk: 'shrunk_lift DESC',
  confidence: 'confidence DESC',
  support: 'support DESC',
}

export async function rulesWith(app: App, models: number, query: RuleQuery): Promise<{ total: number; rows: Rule[] }> {
  const { sort, ...params } = { ...query, models }
  const [rows, { total }] = await Promise.all([
    app.facts.query<StoredRule>(
      `SELECT lhs, rhs, length, baskets, support, confidence, lift, shrunk_lift, q_value ${where}
       ORDER BY ${order[sort]}, baskets DESC, rhs, lhs LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
      params,
    ),
    app.facts.one<{ total: number }>(`SELECT count() AS total ${where}`, params),
  ])
  const names = await productNames(app, [...new Set(rows.flatMap(row => [...row.lhs, row.rhs]))])
  const named = (code: string) => ({ code, name: names.get(code)! })
  return {
    total,
    rows: rows.map(({ lhs, rhs, shrunk_lift, q_value, ...row }) => ({
      ...row,
      lhs: lhs.map(named),
      rhs: named(rhs),
      shrunkLift: shrunk_lift,
      qValue: q_value,
    })),
  }
}

export async function listRules(app: App, query: RuleQuery): Promise<z.infer<typeof ruleList>> {
  const { asOf, models } = await runsOfTurn(app)
  const [found, model, { least }] = await Promise.all([
    rulesWith(app, models, query),
    modelOf(app.workflow, models, 'next-product'),
    app.facts.one<{ least: number }>(
      'SELECT min(support) AS least FROM association_rules WHERE run_id = {models:UInt64}',
      { models },
    ),
  ])
  return { asOf, baskets: model?.trained_on ?? 0, leastSupport: least, ...found }
}

/** Most rules in one file. */
export const MOST_EXPORTED = 20_000

const words = {
  en: {
    title: 'Association rules',
    lead: (day: string, count: number) => `As of ${day}, ${count} rules`,
    note: 'Confidence: share of baskets with the left side that hold the right side; lift: confidence over the share of all baskets that hold it.',
    columns: [
      'if',
      'if (codes)',
      'then',
      'then (code)',
      'items',
      'baskets',
      'support',
      'confidence',
      'lift',
      'shrunk lift',
      'q',
    ],
  },
  'zh-CN': {
    title: '关联规则',
    lead: (day: string, count: number) => `截至 ${day}，共 ${count} 条`,
    note: '置信度：含左侧商品的购物篮中同时含右侧商品的比例；提升度：置信度除以全部购物篮中含右侧商品的比例。',
    columns: [
      '若购',
      '若购（编码）',
      '则购',
      '则购（编码）',
      '项数',
      '篮数',
      '支持度',
      '置信度',
      '提升度',
      '收缩提升度',
      'q 值',
    ],
  },
} as const

/** The rules as a table for a file. */
export async function rulesReport(app: App, query: RuleQuery, lang: Lang): Promise<Report> {
  const { asOf, rows } = await listRules(app, { ...query, offset: 0, limit: MOST_EXPORTED })
  const { title, lead, note, columns } = words[lang]
  const units = [
    'text',
    'text',
    'text',
    'text',
    'count',
    'count',
    'number',
    'number',
    'times',
    'times',
    'number',
  ] as const
  return {
    title,
    lead: [lead(asOf, rows.length)],
    lang,
    currency: 'GBP',
    sections: [
      {
        title,
        note,
        columns: columns.map((name, k) => ({ name, unit: units[k]! })),
        rows: rows.map(rule => [
          rule.lhs.map(item => textIn(item.name, lang)).join(' + '),
          rule.lhs.map(item => item.code).join(' + '),
          textIn(rule.rhs.name, lang),
          rule.rhs.code,
          rule.length,
          rule.baskets,
          rule.support,
          rule.confidence,
          rule.lift,
          rule.shrunkLift,
          rule.qValue,
        ]),
      },
    ],
  }
}
