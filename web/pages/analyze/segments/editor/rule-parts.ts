import type { Condition, Criterion, Rule, Segment, SegmentSet } from '../../../../api/segments.ts'

/** The lists of conditions of which one must hold. */
export const alternativesOf = (rule: Rule): Condition[][] =>
  'any' in rule ? rule.any.map(part => part.all) : [rule.all]

export const ruleOf = (alternatives: readonly Condition[][]): Rule =>
  alternatives.length === 1 ? { all: alternatives[0]! } : { any: alternatives.map(all => ({ all })) }

type Op = Condition['op']

export const opsOf: Record<Criterion['domain']['kind'], readonly Op[]> = {
  number: ['>=', '>', '<=', '<', '=', '!=', 'in'],
  date: ['>=', '>', '<=', '<', '=', '!='],
  choice: ['=', '!=', 'in'],
  list: ['includes', 'excludes'],
}

/** With what only some customers have, one can also ask whether it is known. */
export const allowedOps = ({ domain }: Criterion): Op[] => [
  ...opsOf[domain.kind],
  ...(domain.kind !== 'list' && domain.nullable ? (['known', 'missing'] as const) : []),
]

/** A new condition that says something of about half of the customers. */
export function firstCondition(criterion: Criterion): Condition {
  const { id: feature, domain, quantiles, values } = criterion
  switch (domain.kind) {
    case 'number':
      return { feature, op: '>=', value: domain.whole ? Math.round(quantiles[2] ?? 0) : round(quantiles[2] ?? 0) }
    case 'date':
      return { feature, op: '>=', value: domain.min ?? '2010-01-01' }
    case 'choice':
      return { feature, op: '=', value: values[0] ?? '' }
    case 'list':
      return { feature, op: 'includes', value: values[0] ?? '' }
  }
}

const round = (value: number): number => Number(value.toPrecision(2))

/** The same condition by another comparison, its value kept as far as it fits. */
export function withOp(condition: Condition, op: Op, criterion: Criterion): Condition {
  const { feature } = condition
  const before = 'value' in condition ? condition.value : undefined
  const one = Array.isArray(before) ? before[0] : before
  const fallback = firstCondition(criterion)
  const value = one ?? ('value' in fallback && !Array.isArray(fallback.value) ? fallback.value : '')
  switch (op) {
    case 'known':
    case 'missing':
      return { feature, op }
    case 'in':
      return { feature, op, value: Array.isArray(before) ? before : [value] }
    case 'includes':
    case 'excludes':
      return { feature, op, value: String(value) }
    default:
      return { feature, op, value }
  }
}

/** What holds where the condition does not, among those of whom the feature is known; null: no one condition says it. */
export function opposite(condition: Condition): Condition | null {
  const { feature } = condition
  switch (condition.op) {
    case '<':
      return { feature, op: '>=', value: condition.value }
    case '>=':
      return { feature, op: '<', value: condition.value }
    case '<=':
      return { feature, op: '>', value: condition.value }
    case '>':
      return { feature, op: '<=', value: condition.value }
    case '=':
      return { feature, op: '!=', value: condition.value }
    case '!=':
      return { feature, op: '=', value: condition.value }
    case 'includes':
      return { feature, op: 'excludes', value: condition.value }
    case 'excludes':
      return { feature, op: 'includes', value: condition.value }
    case 'known':
      return { feature, op: 'missing' }
    case 'missing':
      return { feature, op: 'known' }
    case 'in':
      return null
  }
}

const sameCondition = (a: Condition, b: Condition): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A limit moved wherever rules name it, on both of its sides, so that the tree keeps its shape. */
export function moveLimit(set: SegmentSet, limit: Condition, value: number | string): SegmentSet {
  if (!('value' in limit) || Array.isArray(limit.value)) return set
  const sides = [limit, opposite(limit)].filter(side => side !== null)
  const moved = (condition: Condition): Condition =>
    sides.some(side => sameCondition(side, condition)) ? ({ ...condition, value } as Condition) : condition
  return mapRules(set, all => all.map(moved))
}

const mapRules = (set: SegmentSet, change: (all: Condition[]) => Condition[]): SegmentSet => ({
  ...set,
  segments: set.segments.map(segment => ({
    ...segment,
    rule: ruleOf(alternativesOf(segment.rule).map(change)),
  })),
})

export const replaceSegment = (set: SegmentSet, code: string, change: Partial<Segment>): SegmentSet => ({
  ...set,
  segments: set.segments.map(segment => (segment.code === code ? { ...segment, ...change } : segment)),
})

export function moveSegment(set: SegmentSet, code: string, by: -1 | 1): SegmentSet {
  const at = set.segments.findIndex(segment => segment.code === code)
  const to = at + by
  if (at < 0 || to < 0 || to >= set.segments.length) return set
  const segments = [...set.segments]
  const [moved] = segments.splice(at, 1)
  segments.splice(to, 0, moved!)
  return { ...set, segments }
}

export const removeSegment = (set: SegmentSet, code: string): SegmentSet => ({
  ...set,
  segments: set.segments.filter(segment => segment.code !== code),
})

/** A code nobody has: SEGMENT-2, SEGMENT-3 … */
export function freeCode({ segments }: SegmentSet, start = 'SEGMENT'): string {
  const taken = new Set(segments.map(({ code }) => code))
  for (let n = segments.length + 1; ; n++) if (!taken.has(`${start}-${n}`)) return `${start}-${n}`
}

/** Before the one named, so that it is tried first; else before the last, which takes everybody else. */
export function addSegment(set: SegmentSet, segment: Segment, before?: string): SegmentSet {
  const at =
    before === undefined ? Math.max(0, set.segments.length - 1) : set.segments.findIndex(s => s.code === before)
  const segments = [...set.segments]
  segments.splice(at < 0 ? segments.length : at, 0, segment)
  return { ...set, segments }
}

/** Which features the rules ask for, in the order they come. */
export const featuresOf = ({ segments }: SegmentSet): string[] => [
  ...new Set(segments.flatMap(({ rule }) => alternativesOf(rule).flatMap(all => all.map(c => c.feature)))),
]
