import { errors } from '../errors.ts'

/** A range of whole months, both counted, before the date of a turn. */
export interface Period {
  /** 'YYYY-MM'. */
  from: string
  to: string
  /** False: nobody asked for one; pages of flows then show the last twelve months. */
  given: boolean
  /** First day, and the day after the last, as the engine takes them. */
  fromDay: string
  toDay: string
  /** Bits of the months a customer bought in (bit k: k months before that of the date); '0' when no period was asked for. */
  mask: string
  /** The same bits whether it was asked for or not. */
  bits: string
}

const index = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
export const monthAt = (at: number): string => `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
export const monthIndex = index
export const addMonths = (month: string, by: number): string => monthAt(index(month) + by)
export const firstDay = (month: string): string => `${month}-01`

/** The last month that counts for a date: the one before it, or its own when some days of it have passed. */
export const lastMonthOf = (asOf: string): string => (asOf.endsWith('-01') ? addMonths(asOf, -1) : asOf.slice(0, 7))

/** `last`: the newest month that may be asked for. */
export function periodOf(
  asOf: string,
  { from, to }: { from: string; to: string },
  last: string = lastMonthOf(asOf),
): Period {
  const given = from !== '' || to !== ''
  const end = to === '' || to > last ? last : to
  const start = from === '' ? addMonths(end, -11) : from
  if (start > end) throw errors['analyze.period-backwards']({ from: start, to: end })
  let bits = 0n
  for (let at = index(start); at <= index(end); at++) {
    const age = index(asOf.slice(0, 7)) - at
    if (age >= 0 && age < 64) bits |= 1n << BigInt(age)
  }
  // A period before the months that are kept holds nobody: a bit that no customer has.
  if (bits === 0n) bits = 1n << 63n
  return {
    from: start,
    to: end,
    given,
    fromDay: firstDay(start),
    toDay: firstDay(addMonths(end, 1)),
    mask: given ? String(bits) : '0',
    bits: String(bits),
  }
}
