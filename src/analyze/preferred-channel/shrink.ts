/** Sums over the customers of a channel (in a segment): nᵢ contacts, rᵢ answers. */
export interface Moments {
  customers: number
  contacts: number
  responses: number
  /** Σ nᵢ² and Σ rᵢ²/nᵢ. */
  squares: number
  spread: number
}

/** A beta distribution by its mean and how many contacts it weighs. */
export interface Prior {
  rate: number
  weight: number
  /** Variance of the rate itself: where nobody has answered yet no channel stands out, however few were asked by it. */
  doubt: number
}

/** Priors lighter than this let one contact decide; heavier ones never let go. */
const [LIGHTEST, HEAVIEST] = [2, 500]

/**
 * Beta-binomial by moments (Kleinman 1973): Σ nᵢ(pᵢ − p)² is (K − 1)·p(1 − p) by chance alone; what is more is how customers differ, ρ,
 * and the prior weighs (1 − ρ)/ρ contacts.
 */
export function betaPrior({ customers, contacts, responses, squares, spread }: Moments): Prior {
  // Half an answer more keeps a rate off nought and one.
  const rate = (responses + 0.5) / (contacts + 1)
  const chance = rate * (1 - rate)
  const between = spread - 2 * rate * responses + rate * rate * contacts
  const room = chance * (contacts - squares / Math.max(1, contacts) - (customers - 1))
  const rho = room > 0 ? (between - chance * (customers - 1)) / room : 0
  const weight = rho > 0 ? (1 - rho) / rho : HEAVIEST
  return { rate, weight: Math.min(HEAVIEST, Math.max(LIGHTEST, weight)), doubt: chance / (contacts + 1) }
}

export const together = (parts: readonly Moments[]): Moments =>
  parts.reduce(
    (sum, part) => ({
      customers: sum.customers + part.customers,
      contacts: sum.contacts + part.contacts,
      responses: sum.responses + part.responses,
      squares: sum.squares + part.squares,
      spread: sum.spread + part.spread,
    }),
    { customers: 0, contacts: 0, responses: 0, squares: 0, spread: 0 },
  )

/**
 * The prior of a segment: its own rate drawn to that of all by as many contacts as segments differ, then how much its customers differ
 * among themselves, judged over all segments together.
 */
export function segmentPriors(segments: ReadonlyMap<string, Moments>): { all: Prior; bySegment: Map<string, Prior> } {
  const parts = [...segments.values()]
  const all = betaPrior(together(parts))
  const asOne = betaPrior({
    ...together(parts),
    customers: parts.length,
    squares: parts.reduce((sum, { contacts }) => sum + contacts * contacts, 0),
    spread: parts.reduce((sum, { contacts, responses }) => sum + (contacts > 0 ? responses ** 2 / contacts : 0), 0),
  })
  return {
    all,
    bySegment: new Map(
      [...segments].map(([segment, { contacts, responses }]) => {
        const rate = (responses + asOne.weight * all.rate) / (contacts + asOne.weight)
        // Drawn to all, it is at most as certain as both together.
        const doubt = (rate * (1 - rate)) / (contacts + Math.min(asOne.weight, together(parts).contacts) + 1)
        return [segment, { rate, weight: all.weight, doubt }]
      }),
    ),
  }
}
