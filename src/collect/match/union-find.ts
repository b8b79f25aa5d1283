/** Disjoint sets over typed arrays, by size with path halving. */
export class UnionFind {
  readonly parent: Uint32Array
  private readonly size: Uint32Array

  constructor(length: number) {
    this.parent = new Uint32Array(length).map((_, i) => i)
    this.size = new Uint32Array(length).fill(1)
  }

  find(i: number): number {
    while (this.parent[i] !== i) {
      this.parent[i] = this.parent[this.parent[i]!]!
      i = this.parent[i]!
    }
    return i
  }

  join(i: number, j: number): void {
    let a = this.find(i)
    let b = this.find(j)
    if (a === b) return
    if (this.size[a]! < this.size[b]!) {
      const swap = a
      a = b
      b = swap
    }
    this.parent[b] = a
    this.size[a]! += this.size[b]!
  }
}
