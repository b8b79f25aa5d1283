import type { Offer } from '../offers/offer.ts'
import { type Limit, usesOfCodes } from '../plan/limits.ts'
import type { ChannelId, ContactPolicy } from '../policy/contact-policy.ts'
import type { KeptInputs } from './workflow-tables.ts'

interface Made {
  offers: readonly Offer[]
  policy: ContactPolicy
  channels: readonly ChannelId[]
  limits: readonly Limit[]
  relaxed: ReadonlySet<string>
  options: number
  customers: number
}

/** What the solver was given beside the options, in a form that a plan can carry with it. */
export function keptInputs({ offers, policy, channels, limits, relaxed, options, customers }: Made): KeptInputs {
  const { useStart, useResource, useAmount } = usesOfCodes(offers, policy, channels)
  const codes = offers.flatMap(offer =>
    channels.map(channel => ({ offer: offer.id, channel, cost: policy.channels[channel]!.unit_cost_minor })),
  )
  return {
    codes,
    uses: codes.map((_, k) => {
      const list: number[] = []
      for (let e = useStart[k]!; e < useStart[k + 1]!; e++) list.push(useResource[e]!, useAmount[e]!)
      return list
    }),
    limits: keptLimits(limits),
    group: null,
    most: 1,
    exactly: false,
    relaxed: [...relaxed],
    options,
    customers,
  }
}

export const keptLimits = (limits: readonly Limit[]): KeptInputs['limits'] =>
  limits.map(limit => ({ ...limit, max: Number.isFinite(limit.max) ? limit.max : null }))

export const limitsKept = (kept: KeptInputs): Limit[] =>
  kept.limits.map(limit => ({ ...limit, max: limit.max ?? Number.POSITIVE_INFINITY }))
