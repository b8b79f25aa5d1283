import type { App } from '../../../platform/app.ts'
import type { Text } from '../../../platform/text.ts'
import { checkDefinitions } from '../definitions.ts'
import { conditionInWords, ruleInWords } from '../in-words.ts'
import { type Proof, proveSegments } from '../prove.ts'
import { alternatives, type Condition } from '../rule.ts'
import { type Catalogue, catalogueOf } from '../rule-catalogue.ts'
import type { SegmentSet } from '../segment-set.ts'
import { countHolding, type Holding } from './count-holding.ts'
import { type Node, type Tree, treeOf } from './tree.ts'
import { type Warning, warningsOf } from './warnings.ts'
import { type WitnessLine, witnessInWords } from './witness-words.ts'

export interface TreeNode {
  kind: 'question' | 'leaf'
  customers: number
  /** Of a question. */
  ask?: Text
  feature?: string
  condition?: Condition
  yes?: TreeNode
  no?: TreeNode
  /** Of a leaf; null: nobody's. */
  segment?: string | null
}

export interface ProofInWords extends Omit<Proof, 'gap' | 'overlaps'> {
  gap: WitnessLine[] | null
  overlaps: { a: string; b: string; witness: WitnessLine[] }[]
}

export interface Look {
  proof: ProofInWords
  customers: number
  /** 1: every customer was counted; less: that share of them, and the counts are estimates. */
  sampled: number
  rows: { code: string; taken: number; holds: number; error: number; rule: Text; conditions: Text[][] }[]
  none: number
  twice: number
  pairs: { a: string; b: string; customers: number }[]
  warnings: Warning[]
  tree: TreeNode | null
  milliseconds: number
}

/** All that is said of rules while they are being written: the proof, whom each takes, what they rest on. */
export async function lookAt(app: App, set: SegmentSet, exact: boolean): Promise<Look> {
  const started = performance.now()
  const catalogue = await catalogueOf(app)
  checkDefinitions(set.segments, 'draft', catalogue.domains)
  const tree = treeOf(set.segments, catalogue.domains)
  const [holding, warnings] = await Promise.all([
    countHolding(app, set, { exact, tree }),
    warningsOf(app, set.segments),
  ])
  const codeOf = (i: number) => set.segments[i]!.code
  return {
    proof: proofInWords(proveSegments(set.segments, catalogue.domains, set.ordered), catalogue),
    customers: holding.customers,
    sampled: holding.sampled,
    rows: set.segments.map(({ code, rule }, i) => ({
      code,
      taken: holding.taken[i]!,
      holds: holding.holds[i]!,
      error: errorOf(holding.taken[i]!, holding),
      rule: ruleInWords(rule, catalogue.wordsOf),
      conditions: alternatives(rule).map(all => all.map(c => conditionInWords(c, catalogue.wordsOf(c.feature)))),
    })),
    none: holding.none,
    twice: holding.twice,
    pairs: holding.pairs.map(({ a, b, customers }) => ({ a: codeOf(a), b: codeOf(b), customers })),
    warnings,
    tree: tree ? withCounts(tree, holding, catalogue) : null,
    milliseconds: performance.now() - started,
  }
}

/** Two standard errors of a count estimated from a share of the customers. */
function errorOf(count: number, { customers, sampled }: Holding): number {
  if (sampled >= 1) return 0
  const p = count / customers
  return 2 * customers * Math.sqrt((p * (1 - p) * (1 - sampled)) / (customers * sampled))
}

export const proofInWords = (proof: Proof, catalogue: Catalogue): ProofInWords => ({
  ...proof,
  gap: proof.gap ? witnessInWords(proof.gap, catalogue) : null,
  overlaps: proof.overlaps.map(({ a, b, witness }) => ({ a, b, witness: witnessInWords(witness, catalogue) })),
})

function withCounts(tree: Tree, holding: Holding, catalogue: Catalogue): TreeNode {
  const at = (node: Node): TreeNode => {
    if (node.kind === 'leaf') return { kind: 'leaf', customers: holding.leaves[node.leaf]!, segment: node.segment }
    const [yes, no] = [at(node.yes), at(node.no)]
    return {
      kind: 'question',
      customers: yes.customers + no.customers,
      ask: conditionInWords(node.ask, catalogue.wordsOf(node.ask.feature)),
      feature: node.ask.feature,
      condition: node.ask,
      yes,
      no,
    }
  }
  return at(tree.root)
}
