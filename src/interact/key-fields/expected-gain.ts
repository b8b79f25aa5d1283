/**
 * What one answer would tell of one customer, in bits: the expected fall of entropy over the answers that customers like this one give.
 *
 * - Segment, needs, offers: rules say exactly what an answer changes. Each answer is put into the customer's own features and the rules
 *   are read again; since a rule leaves no doubt, the gain is the entropy of what comes out.
 * - Value and leaving: no model of these reads research answers, so what they would tell is learnt from those who gave them, within the
 *   customer's own segment: I(answer; fifth of value) and I(answer; risk of leaving), less what chance lets expect.
 */
import { holds, type Rule } from '../../analyze/index.ts'
import type { Askable } from './askable.ts'
import { entropy, mutualInformation } from './information.ts'
import { type Joint, RISKS, VALUES } from './joint-counts.ts'

type Value = number | string | readonly string[] | null
export type Features = (feature: string) => Value

export interface RuleSet {
  /** In the order in which they are tried, the first that holds takes the customer; without order, each holds for itself. */
  segments: readonly { code: string; rule: Rule }[]
  needs: readonly { code: string; rule: Rule }[]
  offers: readonly { code: string; rule: Rule }[]
}

export interface Gain {
  segment: number
  need: number
  offer: number
  value: number
  leaving: number
}

/** Fewer answers than this in a segment tell less than those of all customers. */
const ENOUGH = 60

export function expectedGain(
  field: Askable,
  joints: ReadonlyMap<string, Joint>,
  segment: string,
  features: Features,
  rules: RuleSet,
): Gain | null {
  const own = joints.get(`${field.feature}/${segment}`)
  const joint = own && own.known >= ENOUGH ? own : joints.get(`${field.feature}/`)
  if (!joint || joint.known < ENOUGH) return null
  const likely = joint.groups.map((_, at) => {
    let customers = 0
    for (let fifth = 0; fifth < VALUES; fifth++) customers += joint.value[at * VALUES + fifth]!
    return customers
  })
  const outcomes = (read: (features: Features) => string): number => {
    const weights = new Map<string, number>()
    for (const [at, group] of joint.groups.entries()) {
      const answered: Features = id => (id === field.feature ? field.group.middle(group) : features(id))
      const out = read(answered)
      weights.set(out, (weights.get(out) ?? 0) + likely[at]!)
    }
    return entropy(weights.values())
  }
  const about = (set: readonly { rule: Rule }[]): boolean => set.some(({ rule }) => speaksOf(rule, field.feature))
  const holding = (set: RuleSet['needs'], its: Features): string =>
    set.flatMap(({ code, rule }) => (holds(rule, its) ? [code] : [])).join(' ')
  return {
    segment: about(rules.segments)
      ? outcomes(its => rules.segments.find(({ rule }) => holds(rule, its))?.code ?? '')
      : 0,
    need: about(rules.needs) ? outcomes(its => holding(rules.needs, its)) : 0,
    offer: about(rules.offers) ? outcomes(its => holding(rules.offers, its)) : 0,
    value: mutualInformation(joint.value, VALUES),
    leaving: mutualInformation(joint.risk, RISKS),
  }
}

export const speaksOf = (rule: Rule, feature: string): boolean =>
  ('any' in rule ? rule.any : [rule]).some(part => part.all.some(condition => condition.feature === feature))
