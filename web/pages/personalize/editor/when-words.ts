import type { Field } from '../../../api/content.ts'
import type { Criterion, Rule } from '../../../api/segments.ts'
import type { Speech } from '../../../i18n/use-text.ts'
import { alternativesOf } from '../../analyze/segments/editor/rule-parts.ts'
import type { Comparison, When } from './model.ts'

/** What a comparison can ask of a field, by its type. */
export function opsOf(type: Field['type']): Comparison['op'][] {
  switch (type) {
    case 'number':
    case 'money':
      return ['>=', '<=', '=', '!=', 'known', 'missing']
    case 'day':
    case 'month':
      return ['>=', '<=', '=', 'known', 'missing']
    case 'list':
    case 'object':
      return ['known', 'missing']
    case 'yes-no':
      return ['=', 'known', 'missing']
    default:
      return ['=', '!=', 'in', 'known', 'missing']
  }
}

/** A condition as a person reads it: 优惠截止日 已知 且 合计 ≥ 1000. */
export function whenInWords(
  when: When,
  known: { fields: readonly Field[]; criteria: readonly Criterion[] },
  { say, t, term }: Pick<Speech, 'say' | 't' | 'term'>,
): string {
  const value = (given: unknown): string =>
    Array.isArray(given)
      ? given.map(String).join(t('editor.or'))
      : typeof given === 'boolean'
        ? t(given ? 'seg.yes' : 'seg.no')
        : String(given)
  const compared = (comparison: Comparison): string => {
    const field = known.fields.find(({ path }) => path === comparison.path)
    const words = [field ? say(field.name) : comparison.path, term('seg-op', comparison.op)]
    if ('value' in comparison) words.push(value(comparison.value))
    return words.join(' ')
  }
  if (when.by === 'data') return when.all.map(compared).join(t('editor.and'))
  if (when.by === 'any') return when.any.map(compared).join(t('editor.or'))
  return ruleWords(when.rule, known.criteria, { say, t, term }, value)
}

function ruleWords(
  rule: Rule,
  criteria: readonly Criterion[],
  { say, t, term }: Pick<Speech, 'say' | 't' | 'term'>,
  value: (given: unknown) => string,
): string {
  return alternativesOf(rule)
    .map(all =>
      all
        .map(condition => {
          const criterion = criteria.find(({ id }) => id === condition.feature)
          const words = [criterion ? say(criterion.name) : condition.feature, term('seg-op', condition.op)]
          if ('value' in condition) words.push(value(condition.value))
          return words.join(' ')
        })
        .join(t('editor.and')),
    )
    .join(t('editor.or'))
}
