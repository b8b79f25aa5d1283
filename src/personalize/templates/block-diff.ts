import type { RuleFeature } from '../../analyze/index.ts'
import type { Text } from '../../platform/text.ts'
import { blockInWords, whenInWords } from '../design/block-words.ts'
import type { Block } from '../design/blocks.ts'
import { withInner } from '../design/compile/expand.ts'
import type { Language } from '../design/languages.ts'

/** One block that is other than it was. Words are given for every language in which they differ. */
export interface BlockChange {
  block: string
  type: string
  kind: 'added' | 'removed' | 'changed' | 'moved'
  words: { language: Language; before: string; after: string }[]
  /** Conditions, where they differ. */
  condition: { before: Text | null; after: Text | null } | null
  /** Other settings that differ, by name. */
  settings: string[]
  /** The blocks it stands in, outermost first. */
  inside: string[]
}

interface Placed {
  block: Block
  inside: string[]
  at: number
}

/** Each block with its place; what is inside it is looked at by itself. */
function placed(blocks: readonly Block[], inside: string[] = []): Placed[] {
  return blocks.flatMap((block, at) => {
    const inner: Placed[] = []
    withInner(block, list => {
      inner.push(...placed(list, [...inside, block.id]))
      return []
    })
    return [{ block, inside, at }, ...inner]
  })
}

export function blockDiff(
  before: readonly Block[],
  after: readonly Block[],
  languages: readonly Language[],
  features: ReadonlyMap<string, RuleFeature>,
): BlockChange[] {
  const [was, is] = [placed(before), placed(after)].map(list => new Map(list.map(each => [each.block.id, each])))
  if (!was || !is) return []
  const moved = movedIds([...was.values()], [...is.values()])
  const changes: BlockChange[] = []
  for (const [id, { block, inside }] of is) {
    const old = was.get(id)
    const change = differences(old?.block, block, languages, features)
    const place = { block: id, type: block.type, inside }
    if (!old) changes.push({ ...place, kind: 'added', ...change })
    else if (change.words.length > 0 || change.condition || change.settings.length > 0)
      changes.push({ ...place, kind: 'changed', ...change })
    else if (moved.has(id)) changes.push({ ...place, kind: 'moved', words: [], condition: null, settings: [] })
  }
  for (const [id, { block, inside }] of was)
    if (!is.has(id))
      changes.push({
        block: id,
        type: block.type,
        inside,
        kind: 'removed',
        ...differences(block, undefined, languages, features),
      })
  return changes
}

function differences(
  before: Block | undefined,
  after: Block | undefined,
  languages: readonly Language[],
  features: ReadonlyMap<string, RuleFeature>,
): Pick<BlockChange, 'words' | 'condition' | 'settings'> {
  const words = languages
    .map(language => ({
      language,
      before: before ? blockInWords(before, language) : '',
      after: after ? blockInWords(after, language) : '',
    }))
    .filter(each => each.before !== each.after)
  const conditionOf = (block: Block | undefined) => (block?.type === 'condition' ? block.test : block?.when)
  const [oldTest, newTest] = [conditionOf(before), conditionOf(after)]
  const condition =
    JSON.stringify(oldTest) === JSON.stringify(newTest)
      ? null
      : {
          before: oldTest ? whenInWords(oldTest, features) : null,
          after: newTest ? whenInWords(newTest, features) : null,
        }
  return { words, condition, settings: before && after ? settingsThatDiffer(before, after) : [] }
}

const inner = new Set(['blocks', 'otherwise', 'fallback', 'when', 'test'])

function settingsThatDiffer(before: Block, after: Block): string[] {
  const bare = (block: Block) => withInner(block, () => []) as unknown as Record<string, unknown>
  const [a, b] = [bare(before), bare(after)]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    key => !inner.has(key) && JSON.stringify(a[key]) !== JSON.stringify(b[key]),
  )
}

/** Blocks that stand in another block, or among their neighbours in another order, than they did. */
function movedIds(before: readonly Placed[], after: readonly Placed[]): Set<string> {
  const moved = new Set<string>()
  const old = new Map(before.map(each => [each.block.id, each]))
  const known = after.filter(({ block }) => old.has(block.id))
  const parentOf = ({ inside }: Placed) => inside.at(-1) ?? ''
  for (const each of known) if (parentOf(each) !== parentOf(old.get(each.block.id)!)) moved.add(each.block.id)
  for (const siblings of Map.groupBy(
    known.filter(({ block }) => !moved.has(block.id)),
    parentOf,
  ).values()) {
    // Moving the fewest explains the new order: what lies on the longest run that kept its order stayed.
    const order = siblings.map(({ block }) => old.get(block.id)!.at)
    const kept = longestRising(order)
    for (const [at, { block }] of siblings.entries()) if (!kept.has(at)) moved.add(block.id)
  }
  return moved
}

/** Places of the longest rising subsequence; quadratic, for a few hundred blocks at most. */
function longestRising(values: readonly number[]): Set<number> {
  const best = values.map(() => 1)
  const from = values.map(() => -1)
  for (const [b, value] of values.entries())
    for (let a = 0; a < b; a++)
      if (values[a]! < value && best[a]! + 1 > best[b]!) {
        best[b] = best[a]! + 1
        from[b] = a
      }
  const kept = new Set<number>()
  for (let at = best.indexOf(Math.max(0, ...best)); at >= 0; at = from[at]!) kept.add(at)
  return kept
}
