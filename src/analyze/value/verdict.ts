import type { Text } from '../../platform/text.ts'
import type { HoldoutErrors } from './holdout-errors.ts'
import type { RuleResult } from './simple-rules.ts'

export interface Verdict {
  /** Per question, whether the model or a simple rule answered better, or whether they are as good. */
  total: Answer
  perCustomer: Answer
  active: Answer
  best: Answer
  ruleIsAsGood: boolean
  text: Text
}

export interface Answer {
  better: 'model' | 'rule' | 'as good'
  model: number
  rule: number
  by: string
}

/** Shares nearer than a percentage point, and errors nearer than one per cent, are as good as each other. */
const NEAR = 0.01

/** The model against the better of the rules, question by question; `ruleIsAsGood` when the model is better at none. */
export function verdict(model: string, own: HoldoutErrors, rules: readonly RuleResult[]): Verdict {
  const answer = (measure: (h: HoldoutErrors) => number | null, lowWins: boolean, relative: boolean): Answer => {
    const sign = lowWins ? -1 : 1
    const mine = measure(own) ?? Number.NaN
    const found = rules
      .map(({ rule, holdout }) => ({ by: rule, value: measure(holdout) ?? Number.NaN }))
      .sort((a, b) => sign * (b.value - a.value))[0]!
    const ahead = (sign * (mine - found.value)) / (relative ? Math.abs(found.value) || 1 : 1)
    const better = ahead > NEAR ? 'model' : ahead < -NEAR ? 'rule' : 'as good'
    return { better, model: mine, rule: found.value, by: found.by }
  }
  const total = answer(h => (h.error === null ? null : Math.abs(h.error)), true, false)
  const perCustomer = answer(h => h.rootMeanSquareError, true, true)
  const active = answer(h => h.activeRight, false, false)
  const best = answer(h => h.bestTenth, false, false)
  const all = [total, perCustomer, active, best]
  const names: readonly Text[] = [
    { en: 'the total', zh: '总购买次数' },
    { en: 'how many each customer buys', zh: '每位客户的次数' },
    { en: 'who will buy again', zh: '谁会再购买' },
    { en: 'who the best customers are', zh: '谁是最好的客户' },
  ]
  const listed = (better: Answer['better']): Text => {
    const which = names.filter((_, k) => all[k]!.better === better)
    return {
      en: which.map(name => name.en).join(', ') || 'nothing',
      zh: which.map(name => name.zh).join('、') || '无',
    }
  }
  const [ahead, equal, behind] = [listed('model'), listed('as good'), listed('rule')]
  return {
    total,
    perCustomer,
    active,
    best,
    ruleIsAsGood: !all.some(a => a.better === 'model'),
    text: {
      en: `${model} is better than the simple rules at: ${ahead.en}. As good: ${equal.en}. A rule is better at: ${behind.en}.`,
      zh: `${model} 优于简单规则：${ahead.zh}；相当：${equal.zh}；规则更好：${behind.zh}。`,
    },
  }
}
