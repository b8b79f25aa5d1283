import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { fromRuleId } from '../needs/need.ts'
import { needFeatures, needInWords } from '../needs/need-features.ts'
import { versionsOf } from '../needs/versions.ts'
import { productNames } from '../product-names.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import type { customerNext } from './api.ts'

type Row = z.infer<typeof customerNext>['rows'][number]

interface Stored {
  code: string
  category: string
  kind: Row['kind']
  score: number
  reasons: string[]
  reason_shares: number[]
  rule: string
}

/** What one customer may want next: habits, discoveries with what they rest on, and needs with the rule that says so. */
export async function nextOfCustomer(app: App, customerId: number): Promise<z.infer<typeof customerNext>> {
  const { asOf, models } = await runsOfTurn(app)
  const rows = await app.facts.query<Stored>(
    `SELECT product_code AS code, category, kind, score, reasons, reason_shares, rule FROM next_products
     WHERE run_id = {models:UInt64} AND customer_id = {customerId:UInt64} ORDER BY rank`,
    { models, customerId },
  )
  const [names, needs] = await Promise.all([
    productNames(app, [...new Set(rows.flatMap(row => [row.code, ...row.reasons]))]),
    needsBehind(app, [...new Set(rows.flatMap(row => (row.rule === '' ? [] : [row.rule])))]),
  ])
  return {
    asOf,
    rows: rows.map(row => ({
      code: row.code,
      name: names.get(row.code)!,
      kind: row.kind,
      score: row.score,
      because:
        row.kind === 'explore'
          ? row.reasons.map((code, k) => ({ code, name: names.get(code)!, share: row.reason_shares[k] ?? 0 }))
          : [],
      need: needs(row),
    })),
  }
}

/** The versions that rules name, in words, with the reason they give for a product. */
async function needsBehind(app: App, rules: readonly string[]): Promise<(row: Stored) => Row['need']> {
  if (rules.length === 0) return () => null
  const features = await needFeatures(app)
  const found = new Map<string, Awaited<ReturnType<typeof versionsOf>>[number]>()
  for (const rule of rules) {
    const { code, version } = fromRuleId(rule)
    const own = (await versionsOf(app, code)).find(row => row.version === version)
    if (own) found.set(rule, own)
  }
  return row => {
    const own = found.get(row.rule)
    if (!own) return null
    const serving =
      own.body.products.find(({ product }) => product === row.code) ??
      own.body.products.find(({ category }) => category === row.category)
    return {
      code: own.code,
      version: own.version,
      name: own.body.name,
      rule: needInWords(own.body.rule, features),
      reason: serving?.reason ?? { en: '', zh: '' },
    }
  }
}
