/**
 * Whether two people live together: the same home, and a surname or a telephone in common. A flat of its own (its unit is known
 * on both sides) is a home by itself: in China spouses keep their surnames.
 */
import type { Home } from '../match/home.ts'
import { jaroWinkler } from '../match/similarity.ts'

export interface Resident {
  home: Home
  /** As it sounds; '' when not known. */
  surname: string
  phones: readonly string[]
}

export type LivingTogether = 'surname' | 'phone' | 'both' | 'room'

/** Streets this alike are one street with a slip of the hand (as in the matcher). */
const CLOSE = 0.88

const units = (text: string): Uint16Array => Uint16Array.from(text, char => char.charCodeAt(0))

const alike = (a: string, b: string): boolean => {
  if (a === b) return true
  const [x, y] = [units(a), units(b)]
  return jaroWinkler(x, 0, x.length, y, 0, y.length) >= CLOSE
}

/** Number and room equal, the street the same, and nothing that says another town. */
export function sameHome(a: Home, b: Home): boolean {
  if (a.number === '' || a.number !== b.number || a.unit !== b.unit) return false
  if (a.street === '' || b.street === '' || !alike(a.street, b.street)) return false
  const agree = (x: string, y: string) => x !== '' && x === y
  const differ = (x: string, y: string) => x !== '' && y !== '' && x !== y
  if (agree(a.postcode, b.postcode)) return true
  if (differ(a.city, b.city)) return false
  return agree(a.city, b.city) || agree(a.district, b.district)
}

export function livingTogether(a: Resident, b: Resident): LivingTogether | null {
  if (!sameHome(a.home, b.home)) return null
  const surname = a.surname !== '' && a.surname === b.surname
  const phone = a.phones.some(number => number !== '' && b.phones.includes(number))
  if (surname) return phone ? 'both' : 'surname'
  return phone ? 'phone' : a.home.unit !== '' ? 'room' : null
}
