/**
 * Numbers the distinct texts it is given, 0, 1, 2, …, straight from the bytes of a file: an open hash table over one growing
 * arena. 10 M customer numbers of eight digits take 200 MB; as strings in a Map they take over a gigabyte.
 */
export class ByteKeys {
  private arena = new Uint8Array(1 << 16)
  private ends = new Uint32Array(1 << 12)
  private table = new Int32Array(1 << 13).fill(-1)
  private hashes = new Int32Array(1 << 12)
  size = 0

  /** The number of the text in `bytes[from, to)`, a new one when it is seen for the first time. */
  add(bytes: Uint8Array, from: number, to: number): number {
    const hash = hashOf(bytes, from, to)
    const mask = this.table.length - 1
    let slot = hash & mask
    for (let key = this.table[slot]!; key >= 0; key = this.table[slot]!) {
      if (this.hashes[key] === hash && this.same(key, bytes, from, to)) return key
      slot = (slot + 1) & mask
    }
    const key = this.size++
    this.table[slot] = key
    this.keep(key, hash, bytes, from, to)
    if (this.size * 2 > this.table.length) this.rehash()
    return key
  }

  text(key: number): string {
    return decoder.decode(this.arena.subarray(this.startOf(key), this.ends[key]!))
  }

  private startOf(key: number): number {
    return key === 0 ? 0 : this.ends[key - 1]!
  }

  private same(key: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.startOf(key)
    if (this.ends[key]! - start !== to - from) return false
    for (let i = from, k = start; i < to; i++, k++) if (bytes[i] !== this.arena[k]) return false
    return true
  }

  private keep(key: number, hash: number, bytes: Uint8Array, from: number, to: number): void {
    const start = this.startOf(key)
    const end = start + to - from
    if (end > this.arena.length) {
      const larger = new Uint8Array(Math.max(end, this.arena.length * 2))
      larger.set(this.arena)
      this.arena = larger
    }
    for (let i = from, k = start; i < to; i++, k++) this.arena[k] = bytes[i]!
    if (key === this.ends.length) {
      const [ends, hashes] = [new Uint32Array(key * 2), new Int32Array(key * 2)]
      ends.set(this.ends)
      hashes.set(this.hashes)
      this.ends = ends
      this.hashes = hashes
    }
    this.ends[key] = end
    this.hashes[key] = hash
  }

  private rehash(): void {
    const table = new Int32Array(this.table.length * 2).fill(-1)
    const mask = table.length - 1
    for (let key = 0; key < this.size; key++) {
      let slot = this.hashes[key]! & mask
      while (table[slot]! >= 0) slot = (slot + 1) & mask
      table[slot] = key
    }
    this.table = table
  }
}

const decoder = new TextDecoder()

/** FNV-1a, its high bits folded into the low ones that choose the slot. */
export function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
  return hash ^ (hash >>> 15)
}
