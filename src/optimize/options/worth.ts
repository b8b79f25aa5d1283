import type { Offer } from '../offers/offer.ts'
import type { ContactPolicy } from '../policy/contact-policy.ts'
import type { FactorTables } from '../shrinkage/calibration.ts'
import type { Acceptance } from './acceptance.ts'
import type { Axes } from './axes.ts'
import type { Standing } from './standing.ts'
import { categoriesOf } from './standing-sql.ts'

/**
 * What an option is expected to bring:
 *
 *   acceptance = believed of offer and channel × what earlier promises taught of it and of the customer's segment (shrinkage/) × liking
 *                against the mean of those the offer fits, at most 0.95
 *   margin     = half the offer's margin, half the customer's usual order at the offer's margin rate (at most three times the offer's)
 *   value      = acceptance × (margin × incrementality × money earned for money promised (shrinkage/) − cost of the benefit) − cost of the
 *                contact − harm of one contact more
 *
 * Liking is the square root of the purchases expected (damped: whoever buys anyway is not all that much readier), half as much
 * again when a product of the offer's category is among those the customer is expected to want next.
 */
export interface Worth {
  liking(customer: number, offer: number): number
  acceptance(customer: number, offer: number, channel: number): number
  value(customer: number, offer: number, channel: number): number
  harm(customer: number, channel: number): number
}

const LIKED = 1.5
const MOST_LIKELY = 0.95

export function worthOf(
  s: Standing,
  offers: readonly Offer[],
  policy: ContactPolicy,
  axes: Axes,
  acceptance: Acceptance,
  meanLiking: readonly number[],
  /** What earlier plans' promises taught; absent: nothing. */
  learned?: FactorTables,
): Worth {
  const channels = axes.channels.length
  const categories = categoriesOf(offers)
  const category = offers.map(o => (o.category === null ? -1 : categories.indexOf(o.category)))
  const margin = Float64Array.from(offers, o => o.marginMinor)
  const rate = Float64Array.from(offers, o => o.marginRate)
  const benefit = Float64Array.from(offers, o => o.benefitCostMinor)
  const increment = Float64Array.from(offers, o => o.incrementality)
  const cost = Float64Array.from(axes.channels, c => policy.channels[c]!.unit_cost_minor)
  // An offer on a statement is no contact more.
  const harm = Float64Array.from(axes.channels, c => (c === 'bill' ? 0 : (policy.fatigue?.minor ?? 0)))
  const preferred = policy.preferred_channel
  const others = preferred?.mode === 'factor' ? preferred.factor : 1

  const liking = (c: number, o: number): number => {
    const nth = category[o]!
    const wanted = nth >= 0 && (s.wants[nth >> 5]![c]! & (1 << (nth & 31))) !== 0
    return wanted ? s.readiness[c]! * LIKED : s.readiness[c]!
  }
  const cells = offers.length * channels
  const likely = (c: number, o: number, k: number, believed: Float64Array): number => {
    const mean = meanLiking[o]!
    const at = o * channels + k
    const taught = learned ? learned.acceptance[s.calibration[c]! * cells + at]! : 1
    return Math.min(MOST_LIKELY, believed[at]! * taught * (mean > 0 ? liking(c, o) / mean : 1))
  }
  return {
    liking,
    acceptance: (c, o, k) => likely(c, o, k, acceptance.mean),
    harm: (c, k) => harm[k]! * s.tired[c]!,
    value(c, o, k) {
      const usual = s.usualOrder[c]!
      const m = margin[o]!
      const order = Number.isNaN(usual) ? m : 0.5 * m + 0.5 * Math.min(rate[o]! * usual, 3 * m)
      const worth = learned ? learned.value[s.calibration[c]! * offers.length + o]! : 1
      const earned = likely(c, o, k, acceptance.used) * (order * increment[o]! * worth - benefit[o]!)
      const value = earned - cost[k]! - harm[k]! * s.tired[c]!
      const away = others < 1 && s.preferred[c]! !== 0 && (s.preferred[c]! & (1 << k)) === 0
      return away && value > 0 ? value * others : value
    },
  }
}

/**
 * The mean liking of those an offer fits, per offer (0 where it fits nobody), so that the believed acceptance holds on the whole.
 * Added in customer order: the same input gives the same plan.
 */
export function meanLikings(
  s: Standing,
  offers: readonly Offer[],
  policy: ContactPolicy,
  axes: Axes,
  acceptance: Acceptance,
): number[] {
  const worth = worthOf(s, offers, policy, axes, acceptance, [])
  return offers.map((_, o) => {
    const fits = s.fits[o >> 5]!
    const bit = 1 << (o & 31)
    let n = 0
    let sum = 0
    for (let c = 0; c < s.customers; c++) {
      if ((fits[c]! & bit) === 0) continue
      n++
      sum += worth.liking(c, o)
    }
    return n > 0 ? Number((sum / n).toPrecision(6)) : 0
  })
}
