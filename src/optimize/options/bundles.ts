import type { Growing } from '../allocate/growing.ts'
import { coordinatesOf } from './axes.ts'
import { bitsIn } from './closings.ts'
import { channelBits, WISH_DAYS } from './history-sql.ts'
import type { OptionRules } from './options.ts'
import type { Standing } from './standing.ts'

/** Options of one customer out of which bundles are made: the best of them, 10 give 45 pairs. */
const BEST = 10

/**
 * Where a plan may give a customer several offers: every set of them that all rules allow together becomes an option of its own,
 * of which the customer gets one at most. So whatever rules say of several contacts (windows, conflicts, wishes) is kept by
 * each option itself, and the solver's bound holds. Sets are made of the ten best options of a customer.
 */
export function bundlesFor({ axes, policy, rules }: OptionRules) {
  const most = policy.most_offers ?? 1
  const parts: number[][] = []
  const codes = new Map<string, number>()
  const contactGaps = policy.blackouts.filter(b => b.after === 'contact')
  const isContact = axes.channels.map(c => c !== 'bill')
  const limits = policy.limits.map(l => ({
    ...l,
    counts: axes.channels.map(c => (l.kinds ?? ['offer']).includes('offer') && l.channels.includes(c)),
    statement: (l.kinds ?? ['offer']).includes('service') && l.channels.includes('letter') ? 1 : 0,
    notices: (l.kinds ?? ['offer']).includes('legal') ? channelBits(l.channels) : 0,
  }))

  const allowed = (s: Standing, c: number, set: readonly number[]): boolean => {
    const at = set.map(code => coordinatesOf(axes, code))
    for (const [i, one] of at.entries())
      for (const other of at.slice(i + 1)) {
        if (one.offer === other.offer || rules.apart[one.offer]!.has(other.offer)) return false
        if (one.channel === other.channel && one.wave === other.wave) return false
        // Of two on one day either may come first.
        const days = axes.waves[one.wave]!.after - axes.waves[other.wave]!.after
        const later = [...(days >= 0 ? [one] : []), ...(days <= 0 ? [other] : [])].map(p => axes.channels[p.channel]!)
        if (contactGaps.some(b => Math.abs(days) < b.days && later.some(c => b.channels.includes(c)))) return false
      }
    for (const { wave } of at) {
      const day = axes.waves[wave]!.after
      const within = (days: number, counts: readonly boolean[]) =>
        at.filter(p => {
          const its = axes.waves[p.wave]!.after
          return counts[p.channel] && its <= day && its > day - days
        }).length
      for (const [l, limit] of limits.entries()) {
        const first = limit.statement * s.statementDue[c]! + bitsIn(limit.notices & s.noticeDue[c]!)
        const own = within(limit.days, limit.counts)
        if (own > 0 && s.contacts[wave]![l]![c]! + first + own > limit.max) return false
      }
      if (s.wish[c]! < 255 && s.wished[wave]![c]! + within(WISH_DAYS, isContact) > s.wish[c]!) return false
    }
    return true
  }

  const codeOf = (set: readonly number[]): number => {
    const key = set.join()
    const known = codes.get(key)
    if (known !== undefined) return known
    const code = axes.codes + parts.push([...set]) - 1
    codes.set(key, code)
    return code
  }

  return {
    parts,
    /** Appends the bundles of a customer whose single options begin at `first`. */
    add(
      s: Standing,
      c: number,
      first: number,
      code: Growing<Uint32Array>,
      value: Growing<Float32Array>,
      acceptance: Growing<Float32Array>,
    ): void {
      const single = Array.from({ length: code.length - first }, (_, i) => ({
        code: code.at(first + i),
        value: value.at(first + i),
        acceptance: acceptance.at(first + i),
      }))
      const best = single
        .sort((a, b) => b.value - a.value || a.code - b.code)
        .slice(0, BEST)
        .sort((a, b) => a.code - b.code)
      const extend = (from: number, set: typeof best): void => {
        for (let i = from; i < best.length; i++) {
          const next = [...set, best[i]!]
          const its = next.map(o => o.code)
          // What a set breaks, every larger set breaks too.
          if (next.length > 1 && !allowed(s, c, its)) continue
          if (next.length > 1) {
            // Each contact of a bundle is one contact more for those after it.
            const more = harmOfMore(its)
            code.push(codeOf(its))
            value.push(next.reduce((sum, o) => sum + o.value, 0) - more)
            acceptance.push(1 - next.reduce((none, o) => none * (1 - o.acceptance), 1))
          }
          if (next.length < most) extend(i + 1, next)
        }
      }
      extend(0, [])
    },
  }

  function harmOfMore(set: readonly number[]): number {
    const contacts = set.filter(code => isContact[coordinatesOf(axes, code).channel]).length
    return ((policy.fatigue?.minor ?? 0) * (contacts * (contacts - 1))) / 2
  }
}
