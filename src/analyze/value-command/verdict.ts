import type { Lang } from '../../platform/errors.ts'
import type { HoldoutErrors } from './holdout.ts'
import type { RuleResult } from './simple-rules.ts'

export interface Verdict {
  /** Per question, whether the model or a simple rule answered better, or whether they are as good. */
  total: Answer
  perCustomer: Answer
  active: Answer
  best: Answer
  ruleIsAsGood: boolean
  text: string
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
export function verdict(model: string, own: HoldoutErrors, rules: readonly RuleResult[], lang: Lang): Verdict {
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
  const zh = lang === 'zh-CN'
  const names = zh
    ? ['总购买次数', '每位客户的次数', '谁会再购买', '谁是最好的客户']
    : ['the total', 'how many each customer buys', 'who will buy again', 'who the best customers are']
  const listed = (better: Answer['better']) =>
    names.filter((_, k) => all[k]!.better === better).join(zh ? '、' : ', ') || (zh ? '无' : 'nothing')
  const text = zh
    ? `${model} 优于简单规则：${listed('model')}；相当：${listed('as good')}；规则更好：${listed('rule')}。`
    : `${model} is better than the simple rules at: ${listed('model')}. As good: ${listed('as good')}. A rule is better at: ${listed('rule')}.`
  return { total, perCustomer, active, best, ruleIsAsGood: !all.some(a => a.better === 'model'), text }
}
