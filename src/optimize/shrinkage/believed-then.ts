import { planLimitsOf } from '../offers/plan-limits.ts'
import { acceptanceOf } from '../options/acceptance.ts'
import { channelIds } from '../policy/contact-policy.ts'
import type { PlanBasis } from '../workflow-tables.ts'
import { factorTables } from './calibration.ts'

/** What a plan made when it was made: of one segment, offer and channel. */
export interface BelievedThen {
  /** Acceptance of somebody of average liking, with all that was learned by then; and the one the offer was entered with. */
  (segment: string, offer: string, channel: string): { acceptance: number; prior: number } | null
  /** What it counted a promised unit of margin as. */
  worth(segment: string, offer: string): number
  /** Cost of each offer's benefit. */
  benefits: ReadonlyMap<string, number>
}

/** From what was kept with the plan: the same as it had itself. */
export function believedThen(basis: PlanBasis, asOf: string): BelievedThen {
  const { offers, policy, answers = [], first } = basis
  const channels: readonly string[] = channelIds
  const limits = basis.limits ?? planLimitsOf(policy)
  const { mean } = acceptanceOf(offers, channelIds, answers, limits, asOf)
  const learned = first?.calibration
  const tables = learned && factorTables(learned, offers, channels, mean)
  const nth = new Map(offers.map((offer, o) => [offer.id, o]))
  const classes = new Map(learned?.segments.map((one, s) => [one.segment, s + 1]))
  const then = (segment: string, offer: string, channel: string) => {
    const o = nth.get(offer)
    const k = channels.indexOf(channel)
    if (o === undefined || k < 0) return null
    const at = o * channels.length + k
    const taught = tables?.acceptance[(classes.get(segment) ?? 0) * mean.length + at] ?? 1
    const acceptance = mean[at]! * taught
    const prior = offers[o]!.priorAcceptance[channel] ?? 0
    return acceptance > 0 && prior > 0 ? { acceptance, prior } : null
  }
  return Object.assign(then, {
    benefits: new Map(offers.map(offer => [offer.id, offer.benefitCostMinor])),
    worth: (segment: string, offer: string): number =>
      tables?.value[(classes.get(segment) ?? 0) * offers.length + (nth.get(offer) ?? 0)] ?? 1,
  })
}
