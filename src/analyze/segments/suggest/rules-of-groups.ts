import type { Text } from '../../../platform/text.ts'
import type { RuleFeature } from '../../features/catalogue.ts'
import { ruleInWords } from '../in-words.ts'
import type { Condition, Rule } from '../rule.ts'
import type { Catalogue } from '../rule-catalogue.ts'
import type { SegmentDefinition } from '../segment-set.ts'
import type { Groups } from './find-groups.ts'
import { isSplit, type LabelNode } from './label-tree.ts'
import type { SuggestedGroup, Suggestion } from './suggestion.ts'

interface Leaf {
  all: Condition[]
  label: number
  rows: number
  right: number
}

/**
 * The tree's leaves as segments: leaves of one group together are one segment. Whoever never bought comes first; the largest
 * segment comes last and takes everybody else, so that whoever lacks a figure is left out by no rule.
 */
export function suggestionOf(groups: Groups, asked: readonly RuleFeature[], catalogue: Catalogue): Suggestion {
  const leaves = leavesOf(groups.tree, asked, [])
  const found = [...Map.groupBy(leaves, leaf => leaf.label)]
    .map(([label, own]) => ({ label, own, rows: own.reduce((sum, leaf) => sum + leaf.rows, 0) }))
    .sort((a, b) => a.rows - b.rows)
  const scale = groups.buyers / groups.looked
  const names = uniqueNames(found.map(({ label }) => nameOf(groups.groups[label]!.z, asked)))
  const suggested = found.map(({ label, own, rows }, i): SuggestedGroup & { definition: SegmentDefinition } => {
    const { customers, means, z } = groups.groups[label]!
    const right = own.reduce((sum, leaf) => sum + leaf.right, 0)
    const rule: Rule = own.length === 1 ? { all: own[0]!.all } : { any: own.map(({ all }) => ({ all })) }
    const name = names[i]!
    const code = `GROUP-${i + 1}`
    return {
      code,
      name,
      rule: ruleInWords(rule, catalogue.wordsOf),
      customers: Math.round(rows * scale),
      purity: right / rows,
      coverage: customers > 0 ? right / customers : 0,
      profile: asked.map(({ id, name }, j) => ({
        feature: id,
        name,
        mean: written(catalogue, id, means[j]!),
        all: written(catalogue, id, groups.meansOfAll[j]!),
        z: z[j]!,
      })),
      definition: {
        code,
        name,
        strategy: { en: '', zh: '' },
        rule: i === found.length - 1 ? { all: [] } : rule,
      },
    }
  })
  const never: SegmentDefinition = {
    code: 'NEVER-BOUGHT',
    name: { en: 'Never bought', zh: '从未购买' },
    strategy: { en: '', zh: '' },
    rule: { all: [{ feature: 'frequency', op: '=', value: 0 }] },
  }
  const right = leaves.reduce((sum, leaf) => sum + leaf.right, 0)
  return {
    looked: groups.looked,
    buyers: groups.buyers,
    k: groups.k,
    tried: groups.tried,
    stability: groups.stability,
    accuracy: right / groups.looked,
    groups: suggested.map(({ definition, ...group }) => group),
    set: { ordered: true, segments: [never, ...suggested.map(({ definition }) => definition)] },
  }
}

function leavesOf(node: LabelNode, asked: readonly RuleFeature[], path: readonly Condition[]): Leaf[] {
  if (!isSplit(node)) return [{ all: simplified(path), label: node.label, rows: node.rows, right: node.right }]
  const feature = asked[node.column]!.id
  return [
    ...leavesOf(node.left, asked, [...path, { feature, op: '<', value: node.below }]),
    ...leavesOf(node.right, asked, [...path, { feature, op: '>=', value: node.below }]),
  ]
}

/** Of two limits on the same side of one feature only the tighter says anything. */
function simplified(path: readonly Condition[]): Condition[] {
  return path.filter(
    (one, i) =>
      !path.some(
        (other, j) =>
          j !== i &&
          other.feature === one.feature &&
          other.op === one.op &&
          'value' in one &&
          'value' in other &&
          (one.op === '<' ? other.value < one.value : other.value > one.value),
      ),
  )
}

/** What sets a group apart most, in two words at most. */
function nameOf(z: readonly number[], asked: readonly RuleFeature[]): Text {
  const most = z
    .map((value, j) => ({ value, name: asked[j]!.name }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .filter(({ value }, i) => i === 0 || Math.abs(value) > 0.5)
    .slice(0, 2)
  return {
    en: most.map(({ value, name }) => `${value > 0 ? 'high' : 'low'} ${name.en.toLowerCase()}`).join(', '),
    zh: most.map(({ value, name }) => `${name.zh}${value > 0 ? '高' : '低'}`).join('、'),
  }
}

const uniqueNames = (names: readonly Text[]): Text[] =>
  names.map(({ en, zh }, i) => {
    const before = names.slice(0, i).filter(other => other.en === en).length
    const capital = en.charAt(0).toUpperCase() + en.slice(1)
    return before > 0 ? { en: `${capital} ${before + 1}`, zh: `${zh} ${before + 1}` } : { en: capital, zh }
  })

const written = (catalogue: Catalogue, id: string, value: number): Text =>
  Number.isFinite(value) ? catalogue.wordsOf(id).write(value) : { en: 'not known', zh: '未知' }
