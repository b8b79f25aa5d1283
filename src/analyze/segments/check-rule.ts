import { dayNumber } from './dates.ts'
import type { Domain, Domains } from './domain.ts'
import { segmentErrors } from './errors.ts'
import { alternatives, type Condition, type Rule } from './rule.ts'

const allowed: Record<Domain['kind'], readonly Condition['op'][]> = {
  number: ['<', '<=', '>', '>=', '=', '!=', 'in', 'missing', 'known'],
  date: ['<', '<=', '>', '>=', '=', '!=', 'in', 'missing', 'known'],
  choice: ['=', '!=', 'in', 'missing', 'known'],
  list: ['includes', 'excludes'],
}

/** Refuses a rule over unknown features, or with comparisons or values that the feature cannot have. */
export function checkRule(code: string, rule: Rule, domains: Domains): void {
  for (const condition of alternatives(rule).flat()) {
    const domain = domains.get(condition.feature)
    const about = { segment: code, feature: condition.feature, op: condition.op }
    if (!domain) throw segmentErrors['analyze.rule-unknown-feature'](about)
    if (!allowed[domain.kind].includes(condition.op)) throw segmentErrors['analyze.rule-wrong-comparison'](about)
    if (!('value' in condition) || domain.kind === 'list') continue
    const wanted = domain.kind === 'number' ? 'number' : 'string'
    const values = Array.isArray(condition.value) ? condition.value : [condition.value]
    for (const value of values) {
      if (typeof value !== wanted || (domain.kind === 'date' && dayNumber(String(value)) === undefined))
        throw segmentErrors['analyze.rule-wrong-value']({ ...about, value: String(value) })
      // Beyond 2^53 doubles skip whole numbers that the engine's 64-bit integers have: cells between them would go unseen.
      if (domain.kind === 'number' && domain.whole && Math.abs(value as number) > Number.MAX_SAFE_INTEGER)
        throw segmentErrors['analyze.rule-number-too-large']({ ...about, value: String(value) })
      if (domain.kind === 'choice' && domain.values && !domain.values.includes(value as string))
        throw segmentErrors['analyze.rule-no-such-choice']({
          ...about,
          value: String(value),
          choices: domain.values.join(', '),
        })
    }
  }
}
