import type { Limit } from './limits.ts'

/** Rounds after which what still breaks a share or a lot is taken back to what was reached, the lowest that is sure. */
const MOST_ROUNDS = 12

/** For people: a limit with lots as they set it, not as many contacts as the lots that were filled came to. */
export const shownLimits = (held: readonly Limit[], asked: readonly Limit[]): Limit[] =>
  held.map((limit, r) => (asked[r]?.lot === undefined ? limit : { ...limit, max: asked[r].max, min: asked[r].min }))

interface Round {
  /** Limits with their shares and lots, as people set them. */
  asked: readonly Limit[]
  /** As they were solved, shares and lots being numbers. */
  held: readonly Limit[]
  used: readonly number[]
  relaxed: ReadonlySet<string>
}

/** Limits to solve again with, or null when the plan keeps its shares and lots. */
export function nextRound(round: number, { asked, held, used, relaxed }: Round): Limit[] | null {
  const all = asked.findIndex(l => l.id === 'contacts')
  return round < MOST_ROUNDS ? asNumbers(asked, held, used, all, relaxed) : nothingLeft(asked, held, used, all)
}

/** Where limits contradict each other and full lots are among them: those lots one smaller. */
export function smallerLots(limits: readonly Limit[], conflict: readonly number[]): Limit[] | null {
  const lots = conflict.filter(r => limits[r]!.lot !== undefined && limits[r]!.min > 0)
  if (lots.length === 0) return null
  return limits.map((limit, r) =>
    lots.includes(r)
      ? { ...limit, max: Math.max(0, limit.max - limit.lot!), min: Math.max(0, limit.min - limit.lot!) }
      : limit,
  )
}

/**
 * The limits with shares and lots turned into numbers by what the last plan used, or null when it keeps them already. The
 * contacts of the last plan become the most there may be: so shares from below hold on, and those from above can only tighten.
 */
function asNumbers(
  asked: readonly Limit[],
  held: readonly Limit[],
  used: readonly number[],
  all: number,
  relaxed: ReadonlySet<string>,
): Limit[] | null {
  const contacts = all < 0 ? 0 : used[all]!
  const kept = asked.every((limit, r) => {
    const { share } = limit
    if (brokenLot(limit, used[r]!) > 0) return false
    if (!share) return true
    return used[r]! <= share.max * contacts + HAIR && (relaxed.has(limit.id) || used[r]! >= share.min * contacts - HAIR)
  })
  if (kept) return null
  return held.map((limit, r) => {
    const { share } = asked[r]!
    const broken = brokenLot(asked[r]!, used[r]!)
    if (r === all) return { ...limit, max: contacts }
    if (share)
      return {
        ...limit,
        min: Math.max(asked[r]!.min, Math.ceil(share.min * contacts - HAIR)),
        max: Math.min(asked[r]!.max, Math.floor(share.max * contacts + HAIR)),
      }
    if (broken > 0) {
      // Where the mail planned first alone opened the lot, its rest stays empty.
      const whole = Math.max(0, used[r]! - broken)
      return { ...limit, max: whole, min: whole }
    }
    return limit
  })
}

/** Contacts of this plan in a lot that is not full. */
const brokenLot = ({ lot, taken = 0 }: Limit, used: number): number =>
  lot === undefined || used === 0 ? 0 : (used + taken) % lot

/** Sums of whole contacts against a share times a whole number: apart from rounding of the product. */
const HAIR = 1e-9

/** When the rounds do not settle: shares from above become what is sure for any number of contacts, and lots are left out. */
function nothingLeft(
  asked: readonly Limit[],
  held: readonly Limit[],
  used: readonly number[],
  all: number,
): Limit[] | null {
  const broken = asNumbers(asked, held, used, all, new Set(asked.map(l => l.id)))
  if (!broken) return null
  return broken.map((limit, r) => {
    const { share } = asked[r]!
    if (share && used[r]! > share.max * used[all]! + HAIR) return { ...limit, max: 0, min: 0 }
    return brokenLot(asked[r]!, used[r]!) > 0 ? { ...limit, max: 0, min: 0 } : limit
  })
}
