import type { ParamValue } from '../../../platform/stores/facts/index.ts'
import { type Box, cut } from '../cells.ts'
import { compileRule, type FeatureColumn } from '../compile.ts'
import type { Domains } from '../domain.ts'
import { alternatives, type Condition } from '../rule.ts'
import type { SegmentDefinition } from '../segment-set.ts'

/** The same rules as questions asked one after the other: every customer comes to one leaf. */
export type Node =
  | { kind: 'question'; ask: Condition; yes: Node; no: Node }
  /** null: nobody's. */
  | { kind: 'leaf'; leaf: number; segment: string | null }

export interface Tree {
  root: Node
  leaves: number
}

/** A tree of more leaves than that is not read by anybody, nor drawn. */
const MOST_LEAVES = 200

/** A condition as the cells of its one dimension where it holds. */
interface Atom {
  condition: Condition
  k: number
  bits: bigint
}

interface Candidate {
  segment: string
  box: Box
}

/**
 * The rules as a decision tree: the first that holds takes the customer, so each leaf is the first rule that reaches its region
 * of customers and holds all over it. Asked first is what settles most rules. undefined: larger than anybody would read.
 */
export function treeOf(segments: readonly SegmentDefinition[], domains: Domains): Tree | undefined {
  const cells = cut(
    segments.map(s => s.rule),
    domains,
  )
  const candidates = segments.flatMap(({ code, rule }) =>
    cells.boxesOf(rule).map((box): Candidate => ({ segment: code, box })),
  )
  const atoms = distinctAtoms(segments, cells)
  // Neither way of asking is always the shorter: rules of one condition want their order, thresholds on one feature a balance.
  const trees = [askFirstRule, askMostSettling]
    .map(choose => grow(cells.everything, candidates, (region, open) => choose(atoms, region, open)))
    .filter(tree => tree !== undefined)
  return trees.sort((a, b) => a.leaves - b.leaves)[0]
}

type Choose = (region: Box, open: readonly Candidate[]) => Atom

function grow(everything: Box, candidates: readonly Candidate[], choose: Choose): Tree | undefined {
  let leaves = 0
  const leaf = (segment: string | null): Node => ({ kind: 'leaf', leaf: leaves++, segment })
  const branch = (region: Box, before: readonly Candidate[]): Node | undefined => {
    if (leaves > MOST_LEAVES) return undefined
    const touching = before.filter(({ box }) => box.every((bits, k) => (bits & region[k]!) !== 0n))
    const first = touching[0]
    if (!first) return leaf(null)
    if (inside(region, first.box)) return leaf(first.segment)
    // What comes behind a rule that takes the whole region never has its turn there.
    const last = touching.findIndex(({ box }) => inside(region, box))
    const open = last < 0 ? touching : touching.slice(0, last + 1)
    if (last >= 0 && open.every(({ segment }) => segment === first.segment)) return leaf(first.segment)
    const atom = choose(region, open)
    const yes = branch(region.with(atom.k, region[atom.k]! & atom.bits), open)
    const no = yes && branch(region.with(atom.k, region[atom.k]! & ~atom.bits), open)
    return yes && no ? { kind: 'question', ask: atom.condition, yes, no } : undefined
  }
  const root = branch(everything, candidates)
  return root && leaves <= MOST_LEAVES ? { root, leaves } : undefined
}

const inside = (region: Box, box: Box): boolean => region.every((bits, k) => (bits & ~box[k]!) === 0n)

function distinctAtoms(segments: readonly SegmentDefinition[], cells: ReturnType<typeof cut>): Atom[] {
  const atoms = new Map<string, Atom>()
  for (const condition of segments.flatMap(({ rule }) => alternatives(rule).flat())) {
    const [box] = cells.boxesOf({ all: [condition] })
    const k = box?.findIndex((bits, d) => bits !== cells.everything[d]) ?? -1
    if (!box || k < 0) continue
    const bits = box[k]!
    // A condition and its opposite ask the same question: the first one met is asked.
    const same = [bits, cells.everything[k]! & ~bits].sort((a, b) => (a < b ? -1 : 1)).join(' ')
    if (!atoms.has(`${k} ${same}`)) atoms.set(`${k} ${same}`, { condition, k, bits })
  }
  return [...atoms.values()]
}

/** The question after which the fewest rules are left on both sides together; of equals the one of the earliest rule. */
function askMostSettling(atoms: readonly Atom[], region: Box, open: readonly Candidate[]): Atom {
  let best: { atom: Atom; left: number } | undefined
  for (const atom of atoms) {
    const yes = region[atom.k]! & atom.bits
    const no = region[atom.k]! & ~atom.bits
    if (yes === 0n || no === 0n) continue
    let left = 0
    for (const { box } of open) left += ((box[atom.k]! & yes) !== 0n ? 1 : 0) + ((box[atom.k]! & no) !== 0n ? 1 : 0)
    if (!best || left < best.left) best = { atom, left }
  }
  if (!best) throw new Error('a region that no condition divides and no rule takes whole')
  return best.atom
}

/** Where one question settles the first rule, that one; so rules of one condition stand one under the other. */
function askFirstRule(atoms: readonly Atom[], region: Box, open: readonly Candidate[]): Atom {
  const { box } = open[0]!
  const ends = box.flatMap((bits, k) => ((region[k]! & ~bits) !== 0n ? [k] : []))
  const settles = (atom: Atom) =>
    ends.length === 1 &&
    atom.k === ends[0] &&
    [atom.bits, ~atom.bits].some(side => (side & region[atom.k]!) === (box[atom.k]! & region[atom.k]!))
  return atoms.find(settles) ?? askMostSettling(atoms, region, open)
}

/** The number of the leaf a customer comes to, as an expression; the values go to `params`. */
export function treeSql(
  { root }: Tree,
  columnOf: (feature: string) => FeatureColumn,
  params: Record<string, ParamValue>,
): string {
  const sql = (node: Node): string => {
    if (node.kind === 'leaf') return `toUInt16(${node.leaf})`
    const asked = compileRule({ all: [node.ask] }, columnOf, `t${Object.keys(params).length}_`)
    Object.assign(params, asked.params)
    return `if(${asked.sql}, ${sql(node.yes)}, ${sql(node.no)})`
  }
  return sql(root)
}
