import { dayNumber, FIRST_DAY, LAST_DAY, writtenDay } from './dates.ts'
import type { ChoiceDomain, DateDomain, Domain, FeatureValue, NumberDomain } from './domain.ts'
import type { Condition } from './rule.ts'

/**
 * One value of each cell into which the conditions cut a feature's domain. It must never miss a cell that somebody could be
 * in, or a gap there would go unseen and be called proven.
 */
export function cellExamples(
  domain: Exclude<Domain, { kind: 'list' }>,
  conditions: readonly Condition[],
): FeatureValue[] {
  const mentioned = conditions.flatMap(c =>
    !('value' in c) ? [] : Array.isArray(c.value) ? (c.value as (number | string)[]) : [c.value],
  )
  const examples = known(domain, mentioned)
  return domain.nullable ? [...examples, null] : examples
}

function known(domain: Exclude<Domain, { kind: 'list' }>, mentioned: readonly (number | string)[]): FeatureValue[] {
  switch (domain.kind) {
    case 'number':
      return numberExamples(
        domain,
        mentioned.filter(v => typeof v === 'number'),
      )
    case 'date':
      return dateExamples(domain, mentioned)
    case 'choice':
      return choiceExamples(
        domain,
        mentioned.filter(v => typeof v === 'string'),
      )
  }
}

/** The thresholds themselves, and something between, below and above them where the domain has something. */
function numberExamples(domain: NumberDomain, mentioned: readonly number[]): number[] {
  const cuts = [...new Set(mentioned)].sort((a, b) => a - b)
  const examples: number[] = []
  let below = Number.NEGATIVE_INFINITY
  for (const at of [...cuts, Number.POSITIVE_INFINITY]) {
    const between = somethingBetween(domain, below, at)
    if (between !== undefined) examples.push(between)
    if (Number.isFinite(at) && allows(domain, at)) examples.push(at)
    below = at
  }
  return examples
}

function allows({ whole, min, max, openMin, openMax }: NumberDomain, v: number): boolean {
  if (whole && !Number.isInteger(v)) return false
  if (min !== undefined && (openMin ? v <= min : v < min)) return false
  return max === undefined || (openMax ? v < max : v <= max)
}

/** A value of the domain in the open interval (low, high); undefined only when there is none. */
function somethingBetween(domain: NumberDomain, low: number, high: number): number | undefined {
  const min = domain.min ?? Number.NEGATIVE_INFINITY
  const max = domain.max ?? Number.POSITIVE_INFINITY
  const from = Math.max(low, min)
  const to = Math.min(high, max)
  const inside = (v: number) => Number.isFinite(v) && v > low && v < high && allows(domain, v)
  if (domain.whole)
    return [Math.floor(from) + 1, Math.ceil(from), Math.ceil(to) - 1, Math.floor(to), 0].find(v => inside(v))
  const step = (v: number) => Math.max(1, Math.abs(v))
  return [
    from,
    to,
    from / 2 + to / 2,
    from + (to - from) / 2,
    0,
    from + step(from),
    to - step(to),
    // Beyond the largest thresholds doubles allow.
    Number.MAX_VALUE,
    -Number.MAX_VALUE,
  ].find(v => inside(v))
}

function dateExamples({ min, max }: DateDomain, mentioned: readonly (number | string)[]): string[] {
  const days: NumberDomain = {
    kind: 'number',
    whole: true,
    min: Math.max(FIRST_DAY, dayNumber(min ?? '') ?? FIRST_DAY),
    max: Math.min(LAST_DAY, dayNumber(max ?? '') ?? LAST_DAY),
    nullable: false,
  }
  const cuts = mentioned.flatMap(v => (typeof v === 'string' ? (dayNumber(v) ?? []) : []))
  return numberExamples(days, cuts).map(writtenDay)
}

function choiceExamples(domain: ChoiceDomain, mentioned: readonly string[]): string[] {
  const named = [...new Set(mentioned)]
  const others = domain.values?.filter(v => !named.includes(v)) ?? [otherThan(named)]
  return [...(domain.values ? named.filter(v => domain.values!.includes(v)) : named), ...others.slice(0, 1)]
}

const otherThan = (named: readonly string[]): string => {
  let text = '…'
  while (named.includes(text)) text += '…'
  return text
}
