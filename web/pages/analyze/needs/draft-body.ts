import type { NeedBody, NeedFeature, NeedView } from '../../../api/products.ts'

export type Condition = Extract<NeedBody['rule'], { all: unknown }>['all'][number]

/** A rule as lists of conditions, of which one must hold. */
export const listsOf = (rule: NeedBody['rule']): Condition[][] =>
  'any' in rule ? rule.any.map(part => part.all) : [rule.all]

export const ruleOf = (lists: readonly Condition[][]): NeedBody['rule'] =>
  lists.length === 1 ? { all: lists[0]! } : { any: lists.map(all => ({ all })) }

export const operators: Record<NeedFeature['kind'], readonly Condition['op'][]> = {
  number: ['>=', '<=', '>', '<', '=', '!='],
  date: ['>=', '<=', '>', '<'],
  choice: ['=', '!=', 'in'],
  list: ['includes', 'excludes'],
}

export const operatorsOf = (feature: NeedFeature): Condition['op'][] => [
  ...operators[feature.kind],
  ...(feature.nullable ? (['known', 'missing'] as const) : []),
]

/** The condition a feature begins with; its value is what the operator needs. */
export function conditionOn(
  feature: NeedFeature,
  op: Condition['op'] = operators[feature.kind][0]!,
  value?: unknown,
): Condition {
  if (op === 'known' || op === 'missing') return { feature: feature.id, op }
  const first = feature.values[0]?.value ?? ''
  if (op === 'in') {
    const some = Array.isArray(value) ? value : [value ?? first]
    return { feature: feature.id, op, value: some } as Condition
  }
  const single = Array.isArray(value) ? value[0] : value
  const plain =
    feature.kind === 'number' ? (typeof single === 'number' ? single : 0) : typeof single === 'string' ? single : first
  return { feature: feature.id, op, value: plain } as Condition
}

export const emptyBody = (): NeedBody => ({
  name: { en: '', zh: '' },
  about: { en: '', zh: '' },
  rule: { all: [] },
  products: [],
  validFrom: null,
  validTo: null,
})

/** What the editor starts from: the draft, else the newest version. */
export const startOf = (view: NeedView | undefined): NeedBody =>
  view?.versions.find(version => version.state === 'draft')?.body ?? view?.versions[0]?.body ?? emptyBody()

/** What keeps a draft from being kept, in message ids. */
export function gaps(
  body: NeedBody,
): ('needs.gap-name' | 'needs.gap-rule' | 'needs.gap-products' | 'needs.gap-reason')[] {
  const both = ({ en, zh }: { en: string; zh: string }) => en.trim() !== '' && zh.trim() !== ''
  return [
    ...(both(body.name) ? [] : (['needs.gap-name'] as const)),
    ...(listsOf(body.rule).some(list => list.length === 0) ? (['needs.gap-rule'] as const) : []),
    ...(body.products.length === 0 ? (['needs.gap-products'] as const) : []),
    ...(body.products.every(serving => both(serving.reason)) ? [] : (['needs.gap-reason'] as const)),
  ]
}
