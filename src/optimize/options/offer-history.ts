import type { PlanLimits } from '../offers/plan-limits.ts'

/**
 * What must be known of a customer's past with single offers, as numbered facts (bits): "contacted with A within the days of a
 * conflict", "accepted A". Rules over offers are then answered from the bits alone.
 */
export interface OfferFact {
  kind: 'contacted' | 'accepted'
  offer: string
  /** null: ever. */
  days: number | null
}

export interface OfferRules {
  facts: OfferFact[]
  /** By the number of the offer: facts of which any shuts it out, and what the rule is called. */
  barred: { fact: number; with: string }[][]
  /** Facts of which each must hold. */
  needed: { fact: number; needs: string }[][]
  /** Offers (numbers) that may not be in one plan with this one. */
  apart: Set<number>[]
}

export function offerRules(offers: readonly string[], limits: PlanLimits): OfferRules {
  const facts: OfferFact[] = []
  const number = (fact: OfferFact): number => {
    const known = facts.findIndex(f => f.kind === fact.kind && f.offer === fact.offer && f.days === fact.days)
    return known >= 0 ? known : facts.push(fact) - 1
  }
  const barred: OfferRules['barred'] = offers.map(() => [])
  const needed: OfferRules['needed'] = offers.map(() => [])
  const apart = offers.map(() => new Set<number>())
  for (const { never, days } of limits.conflicts)
    for (const one of never)
      for (const other of never) {
        const at = offers.indexOf(one)
        if (at < 0 || one === other) continue
        barred[at]!.push({ fact: number({ kind: 'contacted', offer: other, days }), with: other })
        const otherAt = offers.indexOf(other)
        if (otherAt >= 0) apart[at]!.add(otherAt)
      }
  for (const { offer, needs, within_days } of limits.after) {
    const at = offers.indexOf(offer)
    if (at >= 0)
      needed[at]!.push({ fact: number({ kind: 'accepted', offer: needs, days: within_days ?? null }), needs })
  }
  return { facts, barred, needed, apart }
}

/** Bits of facts in words of 32. */
export const words = (n: number): number => Math.ceil(n / 32)
