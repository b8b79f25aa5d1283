import type { FeatureValue } from './domain.ts'
import { alternatives, type Condition, type Rule } from './rule.ts'

/** Whether a rule holds for one customer: the meaning that the compiled SQL and the proof must agree with. */
export const holds = (rule: Rule, customer: (feature: string) => FeatureValue): boolean =>
  alternatives(rule).some(all => all.every(condition => conditionHolds(condition, customer(condition.feature))))

export function conditionHolds(condition: Condition, value: FeatureValue): boolean {
  if (condition.op === 'missing') return value === null
  if (value === null) return false
  switch (condition.op) {
    case 'known':
      return true
    case '<':
      return value < condition.value
    case '<=':
      return value <= condition.value
    case '>':
      return value > condition.value
    case '>=':
      return value >= condition.value
    case '=':
      return value === condition.value
    case '!=':
      return value !== condition.value
    case 'in':
      return condition.value.includes(value as number | string)
    case 'includes':
      return (value as readonly string[]).includes(condition.value)
    case 'excludes':
      return !(value as readonly string[]).includes(condition.value)
  }
}
