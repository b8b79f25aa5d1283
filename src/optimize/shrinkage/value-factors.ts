import type { Factor } from './shrink-factors.ts'

/** What one group of customers was to bring more than those held out, and what it brought. */
export interface MoneyGroup {
  /** Margin promised, with the acceptance that really came; minor units. */
  promised: number
  /** Margin more than the control group's, times those planned, and its standard error. */
  gained: number
  error: number
}

export interface MoneyCell extends MoneyGroup {
  asOf: string
  offer: string
}

/** Money earned for money promised: what the next plan counts a promised unit of margin as. */
export interface ValueFactors {
  /** Days of the campaigns whose time is over. */
  turns: string[]
  promised: number
  gained: number
  /** Of the sum of what was gained. */
  error: number
  /** Of offers nothing has been measured of. */
  overall: Factor
  offers: (MoneyGroup & { offer: string } & Factor)[]
  segments: (MoneyGroup & { segment: string } & Factor)[]
}

/** Standard deviations believed beforehand: of the common factor about 1, and of each group's about the common one. */
const USUAL_SPREAD = 0.5
const MOST = 2
const LEAST = 0.05

const spreads = Array.from({ length: 25 }, (_, i) => 0.02 * 1.2 ** i)

interface Believed {
  of(group: MoneyGroup | null): Factor
}

/**
 * Normal means (Efron & Morris 1975; Rubin 1981): each group's factor comes from a normal about a common one, and what it gained is its factor
 * times what was promised, give or take the error of the comparison. Every spread counts by its marginal likelihood times a half-normal
 * (Gelman 2006). A plan picks what promises most, and what promises most is most often what was overrated: posterior means are what such
 * choices do not bias (Smith & Winkler 2006).
 */
function believe(groups: readonly MoneyGroup[], centred: boolean): Believed {
  const seen = groups.filter(({ promised, error }) => promised > 0 && error > 0)
  const before = 1 / USUAL_SPREAD ** 2
  const rows = spreads.map(spread => {
    let [weight, top] = [before, before]
    for (const { promised, gained, error } of seen) {
      const told = 1 / ((error / promised) ** 2 + spread ** 2)
      weight += told
      top += (told * gained) / promised
    }
    const centre = centred ? 1 : top / weight
    // Evenly spread by their logarithm, half-normal on the spread; the centre is integrated out.
    let log = Math.log(spread) - spread ** 2 / (2 * USUAL_SPREAD ** 2) - (centred ? 0 : 0.5 * Math.log(weight))
    log -= (centre - 1) ** 2 / (2 * USUAL_SPREAD ** 2)
    for (const { promised, gained, error } of seen) {
      const variance = (error / promised) ** 2 + spread ** 2
      log -= 0.5 * Math.log(variance) + (gained / promised - centre) ** 2 / (2 * variance)
    }
    return { spread, centre, centreVariance: centred ? 0 : 1 / weight, log }
  })
  const peak = Math.max(...rows.map(row => row.log))
  const total = rows.reduce((sum, row) => sum + Math.exp(row.log - peak), 0)
  return {
    of(group) {
      let [mean, square] = [0, 0]
      for (const { spread, centre, centreVariance, log } of rows) {
        const told = group && group.promised > 0 && group.error > 0 ? (group.promised / group.error) ** 2 : 0
        const own = 1 / (1 / spread ** 2 + told)
        const share = own / spread ** 2
        const at = share * centre + (group && told > 0 ? own * told * (group.gained / group.promised) : 0)
        const weight = Math.exp(log - peak) / total
        mean += weight * at
        square += weight * (own + share ** 2 * centreVariance + at ** 2)
      }
      const reach = 1.959964 * Math.sqrt(Math.max(0, square - mean ** 2))
      // What brings nothing is still worth a try once somebody changes it, and more than twice the promise is chance.
      const held = (value: number): number => Math.min(MOST, Math.max(LEAST, value))
      return { mean: held(mean), low: held(mean - reach), high: held(mean + reach) }
    },
  }
}

/** By offer about a common factor, and by segment on top of it. */
export function valueFactors(
  cells: readonly MoneyCell[],
  bySegment: readonly (MoneyGroup & { asOf: string; segment: string; offers: { offer: string; promised: number }[] })[],
): ValueFactors | null {
  if (cells.length === 0) return null
  const offers = Map.groupBy(cells, cell => cell.offer)
  const ofOffers = believe([...offers.values()].map(together), false)
  const told = [...offers].map(([offer, its]) => ({ offer, ...together(its), ...ofOffers.of(together(its)) }))
  const factorOf = new Map(told.map(one => [one.offer, one.mean]))
  const overall = ofOffers.of(null)
  const levelled = bySegment.map(row => ({
    ...row,
    promised: row.offers.reduce((sum, one) => sum + one.promised * (factorOf.get(one.offer) ?? overall.mean), 0),
  }))
  const segments = Map.groupBy(levelled, row => row.segment)
  const ofSegments = believe([...segments.values()].map(together), true)
  return {
    turns: [...new Set(cells.map(cell => cell.asOf))].sort(),
    ...together(cells),
    overall,
    offers: told,
    segments: [...segments].map(([segment, its]) => ({ segment, ...together(its), ...ofSegments.of(together(its)) })),
  }
}

/** Several campaigns of one group: who was held out is drawn anew for each, so that their errors are independent. */
function together(groups: readonly MoneyGroup[]): MoneyGroup {
  const sum = (pick: (group: MoneyGroup) => number): number => groups.reduce((total, group) => total + pick(group), 0)
  return {
    promised: sum(group => group.promised),
    gained: sum(group => group.gained),
    error: Math.sqrt(sum(group => group.error ** 2)),
  }
}

/** What a promised unit of margin counts as: class of the segment (0: not seen) × offer. */
export function valueTable(
  { segments, values }: { segments: readonly { segment: string }[]; values?: ValueFactors },
  offers: readonly { id: string }[],
): Float64Array {
  const table = new Float64Array((segments.length + 1) * offers.length).fill(1)
  if (!values) return table
  const ofOffer = new Map(values.offers.map(one => [one.offer, one.mean]))
  const ofSegment = new Map(values.segments.map(one => [one.segment, one.mean]))
  for (let s = 0; s <= segments.length; s++)
    for (const [o, { id }] of offers.entries())
      table[s * offers.length + o] =
        (ofOffer.get(id) ?? values.overall.mean) * (s === 0 ? 1 : (ofSegment.get(segments[s - 1]!.segment) ?? 1))
  return table
}
