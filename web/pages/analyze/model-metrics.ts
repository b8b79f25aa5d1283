import type { Model } from '../../api/types.ts'

/** A figure of a model and, where there is one, what the simple rule reached. */
export interface MetricPair {
  id: string
  value: number
  rule: number | null
  unit: 'number' | 'share' | 'money'
}

const pairs: readonly { id: string; rule?: string; unit: MetricPair['unit'] }[] = [
  { id: 'after.ranking', rule: 'after.ruleRanking', unit: 'number' },
  { id: 'after.mae', rule: 'after.ruleMae', unit: 'number' },
  { id: 'after.hitRate', rule: 'after.ruleHitRate', unit: 'share' },
  { id: 'after.calibrationError', unit: 'share' },
  { id: 'auc', unit: 'number' },
  { id: 'topDecileLift', unit: 'number' },
]

/** A model of money counts in minor units. */
export const inMoney = (model: Model): boolean => model.kind === 'value'

/** What a reader judges a model by, the outcome first; everything else is for the specialist and stays in `rest`. */
export function headline(model: Model): { pairs: MetricPair[]; rest: [string, number][] } {
  const { metrics } = model
  const shown: MetricPair[] = []
  const expected = metrics['after.expected']
  const actual = metrics['after.actual']
  if (expected && actual !== undefined) {
    const rule = metrics['after.ruleTotal']
    shown.push({ id: 'after.total', value: actual / expected, rule: rule ? actual / rule : null, unit: 'share' })
  }
  for (const { id, rule, unit } of pairs) {
    const value = metrics[id]
    if (value === undefined) continue
    const money = inMoney(model) && id === 'after.mae'
    shown.push({ id, value, rule: (rule && metrics[rule]) || null, unit: money ? 'money' : unit })
  }
  const used = new Set([
    'after.expected',
    'after.actual',
    'after.ruleTotal',
    ...pairs.flatMap(({ id, rule }) => (rule ? [id, rule] : [id])),
  ])
  return { pairs: shown, rest: Object.entries(metrics).filter(([id]) => !used.has(id)) }
}
