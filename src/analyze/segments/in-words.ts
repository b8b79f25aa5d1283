import type { Text } from '../../platform/text.ts'
import { alternatives, type Condition, type Rule } from './rule.ts'

const signs: Record<string, Text> = {
  '<': { en: 'below', zh: '小于' },
  '<=': { en: 'at most', zh: '不超过' },
  '>': { en: 'above', zh: '大于' },
  '>=': { en: 'at least', zh: '不少于' },
  '=': { en: 'is', zh: '为' },
  '!=': { en: 'is not', zh: '不为' },
  in: { en: 'is one of', zh: '属于' },
  includes: { en: 'includes', zh: '包含' },
  excludes: { en: 'does not include', zh: '不包含' },
  missing: { en: 'is not known', zh: '未知' },
  known: { en: 'is known', zh: '已知' },
}

/** How a feature is called and how one of its values is written. */
export interface FeatureWords {
  name: Text
  write(value: number | string): Text
}

/** The rule as a sentence. */
export function ruleInWords(rule: Rule, wordsOf: (feature: string) => FeatureWords): Text {
  const parts = alternatives(rule).map(all => {
    if (all.length === 0) return { en: 'everybody else', zh: '其余所有客户' }
    const said = all.map(condition => conditionInWords(condition, wordsOf(condition.feature)))
    return { en: said.map(t => t.en).join(' and '), zh: said.map(t => t.zh).join('，且') }
  })
  return { en: parts.map(t => t.en).join('; or '), zh: parts.map(t => t.zh).join('；或') }
}

export function conditionInWords(condition: Condition, words: FeatureWords): Text {
  const sign = signs[condition.op]!
  const values = 'value' in condition ? (Array.isArray(condition.value) ? condition.value : [condition.value]) : []
  const written = values.map(words.write)
  return {
    en: [words.name.en, sign.en, written.map(t => t.en).join(', ')].filter(Boolean).join(' '),
    zh: `${words.name.zh}${sign.zh}${written.map(t => t.zh).join('、')}`,
  }
}
