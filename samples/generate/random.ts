/**
 * A seeded source of chance (sfc32, C. Doty-Humphrey's PractRand). Every part of the generator takes its own stream by name, so that a
 * change in one part leaves the others' draws as they were.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #d = 1

  constructor(seed: string) {
    let hash = 0x811c9dc5
    const word = (salt: number) => {
      hash ^= salt
      for (let at = 0; at < seed.length; at++) hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193)
      return hash >>> 0
    }
    this.#a = word(1)
    this.#b = word(2)
    this.#c = word(3)
    for (let warm = 0; warm < 16; warm++) this.next()
  }

  /** [0, 1) */
  next(): number {
    const sum = (this.#a + this.#b + this.#d) >>> 0
    this.#d = (this.#d + 1) >>> 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) >>> 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) >>> 0
    return sum / 2 ** 32
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }

  /** One of the items, each as likely as its weight. */
  weighted<T>(items: readonly (readonly [T, number])[]): T {
    let left = this.next() * items.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [item, weight] of items) {
      left -= weight
      if (left < 0) return item
    }
    return this.pick(items)[0]
  }

  shuffle<T>(items: readonly T[]): T[] {
    const order = [...items]
    for (let at = order.length - 1; at > 0; at--) {
      const other = this.int(0, at)
      const kept = order[at] as T
      order[at] = order[other] as T
      order[other] = kept
    }
    return order
  }

  digits(count: number): string {
    let text = ''
    while (text.length < count) text += this.int(0, 9)
    return text
  }
}
