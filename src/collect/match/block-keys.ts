/**
 * Block keys: 32-bit hashes under which records that may be one person meet (0 = no key). A key may have several slots
 * (two telephones); rules combine keys.
 */
import { sharedU32 } from './text-pool.ts'

export interface BlockKey {
  id: string
  /** Fields the key rests on, so that rules can be spread over all fields. */
  fields: string[]
  columns: Uint32Array[]
}

/** Murmur3's finaliser: neighbouring codes fall far apart. Never 0 for a code above 0. */
export function mix(code: number): number {
  let hash = code | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  hash = (hash ^ (hash >>> 16)) >>> 0
  return hash === 0 ? 1 : hash
}

export function codeKey(codes: Uint32Array): Uint32Array {
  const keys = sharedU32(codes.length)
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!
    if (code > 0) keys[i] = mix(code)
  }
  return keys
}

export function combineKeys(columns: Uint32Array[]): Uint32Array {
  const [first] = columns
  if (!first) throw new Error('a rule needs a key')
  if (columns.length === 1) return first
  const keys = sharedU32(first.length)
  for (let i = 0; i < keys.length; i++) {
    let hash = 0
    let all = true
    for (const column of columns) {
      const key = column[i]!
      if (key === 0) {
        all = false
        break
      }
      hash = mix(Math.imul(hash, 31) + key)
    }
    if (all) keys[i] = hash
  }
  return keys
}

const GROUPS: [RegExp, string][] = [
  [/^(mc|mac)/, 'mk'],
  [/^kn/, 'n'],
  [/^wr/, 'r'],
  [/ph/g, 'f'],
  [/ck/g, 'k'],
  [/q|c(?!h)/g, 'k'],
  [/z|x/g, 's'],
  [/sh|ch|zh/g, 's'],
  [/th/g, 't'],
  [/ng/g, 'n'],
  [/gh/g, ''],
  [/[aeiouyhw]/g, ''],
  [/(.)\1+/g, '$1'],
]

/**
 * The consonants of a name, spellings that sound alike united (Western and pinyin: zh/z/sh/s, n/ng), first letter kept:
 * robert → rbrt, zhangwei → zn... At most five signs, so that a slip near the end does no harm.
 */
export function skeletonOf(name: string): string {
  if (/[^a-z]/.test(name)) return name
  let tail = name
  for (const [pattern, by] of GROUPS) tail = tail.replace(pattern, by)
  const first = name[0] ?? ''
  return (first + (tail.startsWith(first) ? tail.slice(1) : tail)).slice(0, 5)
}
