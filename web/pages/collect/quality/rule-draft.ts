import type { KeptRule, RuleSave } from '../../../api/types.ts'

export type Rule = RuleSave['rule']
export type Check = Rule['check']
export type CheckKind = Check['kind']

export const CHECK_KINDS: readonly CheckKind[] = [
  'filled',
  'phone',
  'email',
  'checksum',
  'agrees-with-id',
  'postcode',
  'age',
  'date-range',
  'not-before',
  'range',
  'length',
  'one-of',
  'pattern',
  'placeholder',
  'unique',
  'agrees-with-golden',
  'fresh',
]

/** A check of a kind as it starts: valid as it stands wherever something sensible can be assumed. */
export function freshCheck(kind: CheckKind): Check {
  switch (kind) {
    case 'phone':
      return { kind, type: 'any' }
    case 'checksum':
      return { kind, scheme: 'resident-id' }
    case 'agrees-with-id':
      return { kind, part: 'birth_date' }
    case 'postcode':
      return { kind, division: false }
    case 'age':
      return { kind, min: 0, max: 110 }
    case 'not-before':
      return { kind, other: 'created_at' }
    case 'length':
      return { kind, min: 0, max: 100 }
    case 'one-of':
      return { kind, values: [] }
    case 'pattern':
      return { kind, pattern: '', mode: 'must' }
    case 'placeholder':
      return { kind, values: [] }
    case 'fresh':
      return { kind, months: 36 }
    default:
      return { kind } as Check
  }
}

export const newRule = (): Rule => ({
  id: '',
  field: 'email',
  severity: 'warning',
  owner: '',
  message: { en: '', zh: '' },
  enabled: true,
  when: {},
  check: freshCheck('filled'),
})

/** What is saved of a kept rule, without who kept it when. */
export function ruleOf({ version: _v, changedBy: _b, changedAt: _a, dimension: _d, ...rule }: KeptRule): Rule {
  return rule
}

/** What is missing before a rule can be tried; '' when nothing is. */
export function missing(rule: Rule): 'id' | 'field' | 'message' | 'check' | '' {
  if (!/^[a-z0-9][a-z0-9-]{0,60}$/.test(rule.id)) return 'id'
  if (rule.field === '' || rule.field === 'raw:') return 'field'
  if (rule.message?.en.trim() === '' || rule.message?.zh.trim() === '') return 'message'
  if (rule.check.kind === 'one-of' && rule.check.values.length === 0) return 'check'
  if (rule.check.kind === 'pattern' && rule.check.pattern === '') return 'check'
  return ''
}

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
