/** Records by block key, one rule each, to which records are added one at a time. */

const NONE = 0xffffffff

export class BlockIndex {
  /** Key columns of the rule's slots; they have room for records to come. */
  private readonly slots: readonly Uint32Array[]
  private readonly capacity: number
  private readonly maxBlock: number
  private keys: Uint32Array
  private heads: Uint32Array
  private sizes: Uint32Array
  private used = 0
  /** Entry slot · capacity + record → the next entry of the same key. */
  private readonly next: Uint32Array

  /** @param maxBlock records of a key beyond which it says nothing (a switchboard number) */
  constructor(slots: readonly Uint32Array[], records: number, maxBlock: number) {
    this.slots = slots
    this.capacity = slots[0]!.length
    this.maxBlock = maxBlock
    this.next = new Uint32Array(this.capacity * slots.length).fill(NONE)
    const size = 2 ** Math.ceil(Math.log2(Math.max(1024, records * 1.5)))
    this.keys = new Uint32Array(size)
    this.heads = new Uint32Array(size)
    this.sizes = new Uint32Array(size)
    for (let record = 0; record < records; record++) this.add(record)
  }

  add(record: number): void {
    for (const [slot, keys] of this.slots.entries()) {
      const key = keys[record]!
      if (key === 0 || this.repeated(slot, key, record)) continue
      if (this.used * 2 > this.keys.length) this.grow()
      const at = this.place(key)
      const entry = slot * this.capacity + record
      if (this.keys[at] === 0) {
        this.keys[at] = key
        this.used++
        this.next[entry] = NONE
      } else this.next[entry] = this.heads[at]!
      this.heads[at] = entry
      this.sizes[at] = this.sizes[at]! + 1
    }
  }

  /** Takes a record out before its keys change. */
  remove(record: number): void {
    for (const [slot, keys] of this.slots.entries()) {
      const key = keys[record]!
      if (key === 0 || this.repeated(slot, key, record)) continue
      const at = this.place(key)
      if (this.keys[at] === 0) continue
      const entry = slot * this.capacity + record
      let before = NONE
      for (let e = this.heads[at]!; e !== NONE; e = this.next[e]!) {
        if (e === entry) {
          if (before === NONE) this.heads[at] = this.next[e]!
          else this.next[before] = this.next[e]!
          this.sizes[at] = this.sizes[at]! - 1
          break
        }
        before = e
      }
    }
  }

  /** Calls `found` with every record that shares a key with this one; some more than once. */
  near(record: number, found: (other: number) => void): void {
    for (const [slot, keys] of this.slots.entries()) {
      const key = keys[record]!
      if (key === 0 || this.repeated(slot, key, record)) continue
      const at = this.place(key)
      if (this.keys[at] === 0 || this.sizes[at]! > this.maxBlock || this.sizes[at] === 0) continue
      for (let e = this.heads[at]!; e !== NONE; e = this.next[e]!) found(e % this.capacity)
    }
  }

  /** The same telephone in both places counts once. */
  private repeated(slot: number, key: number, record: number): boolean {
    for (let s = 0; s < slot; s++) if (this.slots[s]![record] === key) return true
    return false
  }

  private place(key: number): number {
    const mask = this.keys.length - 1
    // Keys are mixed hashes already.
    let at = key & mask
    while (this.keys[at] !== 0 && this.keys[at] !== key) at = (at + 1) & mask
    return at
  }

  private grow(): void {
    const { keys, heads, sizes } = this
    this.keys = new Uint32Array(keys.length * 2)
    this.heads = new Uint32Array(keys.length * 2)
    this.sizes = new Uint32Array(keys.length * 2)
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === 0) continue
      const at = this.place(keys[i]!)
      this.keys[at] = keys[i]!
      this.heads[at] = heads[i]!
      this.sizes[at] = sizes[i]!
    }
  }
}
