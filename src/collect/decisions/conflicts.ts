/**
 * Decisions must not contradict each other: records bound into one, directly or through others, cannot be kept apart.
 * A new decision that would is answered with the decisions that stand against it: the shortest chain that binds the two, or the
 * one that keeps their groups apart.
 */
import { type RecordRef, refKey } from './record-ref.ts'

export interface PairDecision {
  id: number
  kind: 'same' | 'different'
  left: RecordRef
  right: RecordRef
}

interface Bond {
  to: string
  decision: PairDecision
}

export class DecisionBook {
  private readonly bonds = new Map<string, Bond[]>()
  private readonly apart: PairDecision[] = []

  constructor(decisions: Iterable<PairDecision>) {
    for (const decision of decisions) this.add(decision)
  }

  add(decision: PairDecision): void {
    if (decision.kind === 'different') {
      this.apart.push(decision)
      return
    }
    const left = refKey(decision.left)
    const right = refKey(decision.right)
    this.bond(left, { to: right, decision })
    this.bond(right, { to: left, decision })
  }

  /** The decisions that forbid it; empty: it may be added. */
  against(decision: Omit<PairDecision, 'id'>): PairDecision[] {
    const left = refKey(decision.left)
    const right = refKey(decision.right)
    if (decision.kind === 'different') return this.chain(left, right) ?? []
    const near = this.reach(left)
    const far = this.reach(right)
    if (near.has(right)) return []
    const between = this.apart.find(({ left: a, right: b }) => {
      const [x, y] = [refKey(a), refKey(b)]
      return (near.has(x) && far.has(y)) || (near.has(y) && far.has(x))
    })
    return between ? [between] : []
  }

  private bond(from: string, bond: Bond): void {
    const list = this.bonds.get(from)
    if (list) list.push(bond)
    else this.bonds.set(from, [bond])
  }

  private reach(from: string): Map<string, Bond | null> {
    const seen = new Map<string, Bond | null>([[from, null]])
    const queue = [from]
    for (const at of queue) {
      for (const { to, decision } of this.bonds.get(at) ?? []) {
        if (seen.has(to)) continue
        seen.set(to, { to: at, decision })
        queue.push(to)
      }
    }
    return seen
  }

  /** Breadth first, so the shortest chain of same-decisions between the two; null when there is none. */
  private chain(from: string, to: string): PairDecision[] | null {
    const seen = this.reach(from)
    if (!seen.has(to)) return null
    const path: PairDecision[] = []
    for (let back = seen.get(to); back; back = seen.get(back.to)) path.push(back.decision)
    return path.reverse()
  }
}
