import { Growing } from '../allocate/growing.ts'
import { f32, u8, u32 } from '../allocate/problem.ts'
import type { ContactPolicy } from '../policy/contact-policy.ts'
import type { Acceptance } from './acceptance.ts'
import { type Axes, codeAt } from './axes.ts'
import { bundlesFor } from './bundles.ts'
import type { Closings } from './closings.ts'
import type { OfferRules } from './offer-history.ts'
import type { Standing } from './standing.ts'
import type { Worth } from './worth.ts'

/** Why a customer has no option at all. */
export const noOptionReasons = [
  'no-offer-fits',
  'offer-rules',
  'contact-policy',
  'no-consent',
  'no-address',
  'not-worth-it',
] as const

/** All options of all customers as columns, in customer order; options of customer c at start[c] … start[c+1]. */
export interface OptionColumns {
  /** customer_id; a double holds it exactly up to 2^53. */
  ids: Float64Array
  control: Uint8Array
  start: Uint32Array
  /** See `axes.ts`; from `axes.codes` on bundles of several options. */
  code: Uint32Array
  value: Float32Array
  acceptance: Float32Array
  /** Codes of the options in each bundle. */
  bundles: number[][]
  /** Customers outside the control group without any option, by the reason. */
  without: Record<(typeof noOptionReasons)[number], number>
  /** Customers outside the control group × offer fitting × channel, shut by each rule (`closings.all`). */
  shut: number[]
  /** Customers of the turn, control group included. */
  customers: number
  inControl: number
}

/** What options are made of, apart from the standing. */
export interface OptionRules {
  policy: ContactPolicy
  axes: Axes
  rules: OfferRules
  closings: Closings
  worth: Worth
  acceptance: Acceptance
  /** By code: some minimum may need it, though it is worth nothing. */
  needed: Uint8Array
}

/** Which offers a customer may be shown: eligible and not shut out by another offer. 0 yes, 1 does not fit, 2 shut out. */
export function offerState(s: Standing, { barred, needed }: OfferRules, c: number, offer: number): 0 | 1 | 2 {
  if ((s.fits[offer >> 5]![c]! & (1 << (offer & 31))) === 0) return 1
  const holds = (fact: number) => (s.seen[fact >> 5]![c]! & (1 << (fact & 31))) !== 0
  for (const { fact } of barred[offer]!) if (holds(fact)) return 2
  for (const { fact } of needed[offer]!) if (!holds(fact)) return 2
  return 0
}

/**
 * Every customer × offer × channel × wave that no rule shuts out, with its value, in customer order. An option worth nothing is
 * left out unless a minimum may need it. Customers of the control group come too: they show whom the plan would have chosen.
 */
export function makeOptions(s: Standing, how: OptionRules): OptionColumns {
  const { axes, closings, worth, acceptance, rules, needed, policy } = how
  const channels = axes.channels.length
  const waves = axes.waves.length
  const ids = new Growing(Float64Array)
  const control = new Growing(Uint8Array)
  const start = new Growing(Uint32Array)
  const code = new Growing(Uint32Array)
  const value = new Growing(Float32Array)
  const likely = new Growing(Float32Array)
  const shut = closings.all.map(() => 0)
  const reasons = new Float64Array(noOptionReasons.length)
  const state = new Uint8Array(channels * waves)
  const bundles = (policy.most_offers ?? 1) > 1 ? bundlesFor(how) : null
  let inControl = 0
  for (let c = 0; c < s.customers; c++) {
    const held = s.control[c]!
    inControl += held
    for (let k = 0; k < channels; k++) for (let w = 0; w < waves; w++) state[k * waves + w] = closings.of(s, c, k, w)
    const first = code.length
    let nearest = NOTHING
    for (let o = 0; o < axes.offers.length; o++) {
      const shown = offerState(s, rules, c, o)
      if (shown === 1) continue
      if (shown === 2) {
        nearest = Math.min(nearest, RULED_OUT)
        continue
      }
      for (let k = 0; k < channels; k++) {
        if (acceptance.mean[o * channels + k]! === 0) continue
        let worked = false
        let v = 0
        // A statement leaves with the turn, whatever waves there are.
        const last = axes.channels[k] === 'bill' ? 1 : waves
        for (let w = 0; w < last; w++) {
          const closed = state[k * waves + w]!
          if (closed > 0) {
            nearest = Math.min(nearest, closed - 1)
            if (held === 0 && w === 0) shut[closed - 1] = shut[closed - 1]! + 1
            continue
          }
          if (!worked) {
            v = worth.value(c, o, k)
            worked = true
          }
          nearest = OPEN
          const at = codeAt(axes, o, k, w, s.segment[c]!)
          if (v <= 0 && needed[at] === 0) continue
          code.push(at)
          value.push(v)
          likely.push(worth.acceptance(c, o, k))
        }
      }
    }
    if (code.length === first) {
      if (held === 0) {
        const reason = reasonOf(nearest, closings)
        reasons[reason] = reasons[reason]! + 1
      }
      continue
    }
    ids.push(s.ids[c]!)
    control.push(held)
    start.push(first)
    bundles?.add(s, c, first, code, value, likely)
  }
  start.push(code.length)
  return {
    ids: ids.done(),
    control: inShared(control.done(), u8(control.length)),
    start: inShared(start.done(), u32(start.length)),
    code: inShared(code.done(), u32(code.length)),
    value: inShared(value.done(), f32(value.length)),
    acceptance: likely.done(),
    bundles: bundles?.parts ?? [],
    without: Object.fromEntries(noOptionReasons.map((reason, i) => [reason, reasons[i]!])) as OptionColumns['without'],
    shut,
    customers: s.customers,
    inControl,
  }
}

/** The nearest thing that keeps a customer from an option: something open, else a rule by its number, offers' rules, nothing fitting. */
const OPEN = -1
const RULED_OUT = 1e6
const NOTHING = 1e7

/** Index into `noOptionReasons`. */
export function reasonOf(nearest: number, { noConsent, noAddress }: Pick<Closings, 'noConsent' | 'noAddress'>): number {
  if (nearest === NOTHING) return 0
  if (nearest === RULED_OUT) return 1
  if (nearest === OPEN) return 5
  if (nearest === noConsent) return 3
  return nearest === noAddress ? 4 : 2
}

function inShared<T extends Uint8Array | Uint32Array | Float32Array>(from: T, to: T): T {
  to.set(from)
  return to
}
