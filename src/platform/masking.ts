/**
 * What a reader without the right to see a value gets instead. The customary Chinese forms: 138****1234, 王*, first three
 * and last four of an ID number, a***@example.com.
 */
export type MaskKind = 'name' | 'phone' | 'email' | 'id' | 'address' | 'birth'

const stars = (count: number): string => '*'.repeat(Math.max(1, count))

const maskers: Record<MaskKind, (chars: string[]) => string> = {
  name: chars => (chars[0] ?? '') + stars(Math.min(chars.length - 1, 3)),
  phone: chars =>
    chars.length < 8 ? stars(chars.length) : `${chars.slice(0, -8).join('')}****${chars.slice(-4).join('')}`,
  email: chars => {
    const at = chars.lastIndexOf('@')
    return at < 1 ? stars(3) : `${chars[0]}***${chars.slice(at).join('')}`
  },
  id: chars =>
    chars.length < 8
      ? stars(chars.length)
      : `${chars.slice(0, 3).join('')}${stars(chars.length - 7)}${chars.slice(-4).join('')}`,
  address: chars => chars.slice(0, Math.min(3, chars.length >> 1)).join('') + stars(4),
  birth: chars => `${chars.slice(0, 4).join('')}-**-**`,
}

/** '' stays ''; everything else loses what would identify. */
export const mask = (kind: MaskKind, value: string): string => (value === '' ? '' : maskers[kind](Array.from(value)))
