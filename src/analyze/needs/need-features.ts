import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { type RuleFeature, writeValue } from '../features/catalogue.ts'
import { ruleFeaturesOf } from '../features/stored-values.ts'
import { checkRule } from '../segments/check-rule.ts'
import { type FeatureWords, ruleInWords } from '../segments/in-words.ts'
import type { Rule } from '../segments/rule.ts'
import { valueName } from './value-names.ts'

export type NeedFeatures = ReadonlyMap<string, RuleFeature>

/** What the rule of a need may ask: whatever the segments' rules may. */
export const needFeatures = (app: App): Promise<NeedFeatures> => ruleFeaturesOf(app)

/** Refuses a rule over unknown features or impossible values, in the segments' words. */
export const checkNeedRule = (code: string, rule: Rule, features: NeedFeatures): void =>
  checkRule(code, rule, new Map([...features].map(([id, feature]) => [id, feature.domain])))

export const needInWords = (rule: Rule, features: NeedFeatures): Text =>
  ruleInWords(rule, (id): FeatureWords => {
    const feature = features.get(id)
    // A feature of a released version may be gone by now; what it asked is still told.
    if (!feature) return { name: { en: id, zh: id }, write: value => ({ en: String(value), zh: String(value) }) }
    return {
      name: feature.name,
      write: value => (typeof value === 'string' ? valueName(id, value) : writeValue(feature.unit, value)),
    }
  })
