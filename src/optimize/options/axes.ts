import type { Offer } from '../offers/offer.ts'
import { type PlanLimits, type Wave, wavesOf } from '../offers/plan-limits.ts'
import { type ChannelId, type ContactPolicy, channelsOf } from '../policy/contact-policy.ts'

/**
 * What an option's code is made of: offer × channel × wave × class of segment. Only segments that a limit names are told
 * apart (class 0: any other), so that plans without such limits stay as small as they can be.
 */
export interface Axes {
  offers: string[]
  channels: ChannelId[]
  waves: Wave[]
  /** Segments with a class of their own; class i + 1. */
  segments: string[]
  /** Codes of single options; bundles of several offers for one customer have codes from here on. */
  codes: number
}

export function axesOf(offers: readonly Offer[], policy: ContactPolicy, limits: PlanLimits): Axes {
  const channels = channelsOf(policy)
  const waves = wavesOf(limits)
  const named = [...limits.budgets, ...limits.quotas].flatMap(l => (l.segment === undefined ? [] : [l.segment]))
  const segments = [...new Set(named)].sort()
  return {
    offers: offers.map(o => o.id),
    channels,
    waves,
    segments,
    codes: offers.length * channels.length * waves.length * (segments.length + 1),
  }
}

export interface Coordinates {
  offer: number
  channel: number
  wave: number
  segment: number
}

export const codeAt = (a: Axes, offer: number, channel: number, wave: number, segment: number): number =>
  ((offer * a.channels.length + channel) * a.waves.length + wave) * (a.segments.length + 1) + segment

export function coordinatesOf(a: Axes, code: number): Coordinates {
  const classes = a.segments.length + 1
  const waves = a.waves.length
  const channels = a.channels.length
  return {
    segment: code % classes,
    wave: Math.floor(code / classes) % waves,
    channel: Math.floor(code / (classes * waves)) % channels,
    offer: Math.floor(code / (classes * waves * channels)),
  }
}
