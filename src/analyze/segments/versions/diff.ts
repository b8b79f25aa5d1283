import type { Text } from '../../../platform/text.ts'
import { ruleInWords } from '../in-words.ts'
import type { Catalogue } from '../rule-catalogue.ts'
import type { SegmentDefinition, SegmentSet } from '../segment-set.ts'
import { serviceInWords } from '../service-words.ts'

export type ChangeKind = 'added' | 'removed' | 'name' | 'rule' | 'strategy' | 'service' | 'moved' | 'order'

/** One thing that another version says otherwise, in words. */
export interface Change {
  kind: ChangeKind
  segment: string
  name: Text
  before: Text | null
  after: Text | null
}

/** What changed from one version to another, segment by segment in the order of the newer. */
export function changesBetween(before: SegmentSet, after: SegmentSet, { wordsOf }: Catalogue): Change[] {
  const changes: Change[] = []
  const rule = (segment: SegmentDefinition) => ruleInWords(segment.rule, wordsOf)
  if (before.ordered !== after.ordered)
    changes.push({
      kind: 'order',
      segment: '',
      name: { en: '', zh: '' },
      before: orderly(before),
      after: orderly(after),
    })
  const old = new Map(before.segments.map(segment => [segment.code, segment]))
  const moved = movedCodes(before, after)
  for (const segment of after.segments) {
    const { code, name } = segment
    const was = old.get(code)
    const say = (kind: ChangeKind, from: Text | null, to: Text | null) =>
      changes.push({ kind, segment: code, name, before: from, after: to })
    if (!was) {
      say('added', null, rule(segment))
      continue
    }
    if (!same(was.name, name)) say('name', was.name, name)
    if (JSON.stringify(was.rule) !== JSON.stringify(segment.rule)) say('rule', rule(was), rule(segment))
    if (!same(was.strategy, segment.strategy)) say('strategy', was.strategy, segment.strategy)
    if (JSON.stringify(was.service ?? null) !== JSON.stringify(segment.service ?? null))
      say('service', serviceInWords(was.service), serviceInWords(segment.service))
    if (moved.has(code)) say('moved', place(before, code), place(after, code))
  }
  const codes = new Set(after.segments.map(({ code }) => code))
  for (const segment of before.segments)
    if (!codes.has(segment.code))
      changes.push({ kind: 'removed', segment: segment.code, name: segment.name, before: rule(segment), after: null })
  return changes
}

const same = (a: Text, b: Text): boolean => a.en === b.en && a.zh === b.zh

const orderly = ({ ordered }: SegmentSet): Text =>
  ordered
    ? { en: 'tried in order', zh: '按顺序判断' }
    : { en: 'in no order: no two may overlap', zh: '不分顺序：任意两类不得重叠' }

const place = (set: SegmentSet, code: string): Text => {
  const at = set.segments.findIndex(segment => segment.code === code) + 1
  return { en: `tried as number ${at}`, zh: `第 ${at} 个判断` }
}

/** Codes of both that do not lie on the longest run kept in order: moving the fewest explains the new order. */
function movedCodes(before: SegmentSet, after: SegmentSet): Set<string> {
  if (!before.ordered || !after.ordered) return new Set()
  const at = new Map(before.segments.map(({ code }, i) => [code, i]))
  const common = after.segments.flatMap(({ code }) => (at.has(code) ? [{ code, i: at.get(code)! }] : []))
  // Longest rising subsequence, quadratic: a thousand segments at most.
  const best = common.map(() => 1)
  const from = common.map(() => -1)
  for (const [b, { i }] of common.entries())
    for (let a = 0; a < b; a++)
      if (common[a]!.i < i && best[a]! + 1 > best[b]!) {
        best[b] = best[a]! + 1
        from[b] = a
      }
  const kept = new Set<number>()
  for (let k = best.indexOf(Math.max(0, ...best)); k >= 0; k = from[k]!) kept.add(k)
  return new Set(common.filter((_, k) => !kept.has(k)).map(({ code }) => code))
}
