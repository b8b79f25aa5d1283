/** A small seeded generator (mulberry32): the same seed makes the same people on every machine. */
export class Dice {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  below(n: number): number {
    return Math.floor(this.next() * n)
  }

  chance(p: number): boolean {
    return this.next() < p
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!
  }

  /** One of the list, each as often as its weight says. */
  weighted<T>(list: readonly (readonly [T, number])[], total: number): T {
    let left = this.next() * total
    for (const [value, weight] of list) {
      left -= weight
      if (left < 0) return value
    }
    return list.at(-1)![0]
  }
}
