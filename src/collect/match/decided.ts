/** Decisions of people as the clustering needs them: records bound into groups, and pairs of groups kept apart. */

/** Pairs of records: left ones, right ones. */
export type RecordPairs = readonly [Uint32Array, Uint32Array]

export interface Decided {
  same: RecordPairs
  different: RecordPairs
}

export class DecidedGroups {
  private readonly root = new Map<number, number>()
  private readonly members = new Map<number, number[]>()
  private readonly different = new Map<number, Set<number>>()

  constructor({ same, different }: Decided) {
    for (let p = 0; p < different[0].length; p++) {
      this.keepApart(different[0][p]!, different[1][p]!)
      this.keepApart(different[1][p]!, different[0][p]!)
    }
    for (let p = 0; p < same[0].length; p++) this.bind(same[0][p]!, same[1][p]!)
  }

  /** Pairs that hold a group together. */
  *bound(): Generator<[number, number]> {
    for (const [record] of this.root) {
      const root = this.find(record)
      if (root !== record) yield [root, record]
    }
  }

  touches(component: readonly number[]): boolean {
    return component.some(record => this.root.has(record) || this.different.has(record))
  }

  /** The component's records, those of one group together. */
  nodesOf(component: readonly number[]): number[][] {
    const nodes = new Map<number, number[]>()
    for (const record of component) {
      const root = this.find(record)
      const node = nodes.get(root)
      if (node) node.push(record)
      else nodes.set(root, [record])
    }
    return [...nodes.values()]
  }

  apart(a: readonly number[], b: readonly number[]): boolean {
    return a.some(i => {
      const others = this.different.get(i)
      return others !== undefined && b.some(j => others.has(j))
    })
  }

  private keepApart(i: number, j: number): void {
    const others = this.different.get(i)
    if (others) others.add(j)
    else this.different.set(i, new Set([j]))
  }

  private find(record: number): number {
    for (;;) {
      const up = this.root.get(record)
      if (up === undefined || up === record) return record
      record = up
    }
  }

  /** Binding two that are kept apart is refused where decisions are made; should it come here all the same, apart wins. */
  private bind(i: number, j: number): void {
    if (!this.root.has(i)) this.root.set(i, i)
    if (!this.root.has(j)) this.root.set(j, j)
    const a = this.find(i)
    const b = this.find(j)
    if (a === b || this.contradicts(a, b)) return
    this.root.set(Math.max(a, b), Math.min(a, b))
    this.members.set(Math.min(a, b), [...this.membersOf(a), ...this.membersOf(b)])
  }

  private membersOf = (root: number): number[] => this.members.get(root) ?? [root]
  private contradicts = (a: number, b: number): boolean => this.apart(this.membersOf(a), this.membersOf(b))
}
