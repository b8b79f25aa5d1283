/**
 * How often something is brought to us per document that could give cause, and whether that changed. Customers count, not letters: ten
 * letters of one angry customer are one. Counts are Poisson; given both, those of now are a binomial share under an unchanged rate
 * (Przyborowski & Wilenski 1940), so the test is exact and holds for few.
 */
import { falseDiscovery, logGamma, wilson } from '../../analyze/index.ts'

export interface Counted {
  customers: number
  /** What they could have written about: document-months, or days. */
  exposure: number
}

export interface Rate {
  rate: number
  low: number
  high: number
}

const Z = 1.959963984540054

/** Per unit of exposure, with its 95 % interval (Byar's approximation of the exact one: Breslow & Day 1987, eq. 2.13). */
export function rateOf({ customers: n, exposure }: Counted): Rate | null {
  if (exposure <= 0) return null
  const low = n === 0 ? 0 : n * (1 - 1 / (9 * n) - Z / (3 * Math.sqrt(n))) ** 3
  const m = n + 1
  const high = m * (1 - 1 / (9 * m) + Z / (3 * Math.sqrt(m))) ** 3
  return { rate: n / exposure, low: Math.max(0, low) / exposure, high: high / exposure }
}

export interface Change {
  /** Of the rate now to the rate before; null where one of them is nothing. */
  ratio: Rate | null
  /** Two-sided; NaN where there is nothing to compare. */
  p: number
}

export function compareRates(now: Counted, before: Counted): Change {
  const all = now.customers + before.customers
  if (all === 0 || now.exposure <= 0 || before.exposure <= 0) return { ratio: null, p: Number.NaN }
  const expected = now.exposure / (now.exposure + before.exposure)
  const p = Math.min(1, 2 * Math.min(atMost(now.customers, all, expected), atMost(before.customers, all, 1 - expected)))
  if (now.customers === 0 || before.customers === 0) return { ratio: null, p }
  const { low, high } = wilson(now.customers, all)
  const odds = (share: number): number => (share / (1 - share)) * (before.exposure / now.exposure)
  return { ratio: { rate: odds(now.customers / all), low: odds(low), high: odds(high) }, p }
}

/** P(X ≤ k) of a binomial, summed from the likelier end of its tail down to what no longer counts. */
function atMost(k: number, n: number, share: number): number {
  let sum = 0
  for (let i = k; i >= 0; i--) {
    const term = Math.exp(
      logGamma(n + 1) - logGamma(i + 1) - logGamma(n - i + 1) + i * Math.log(share) + (n - i) * Math.log1p(-share),
    )
    sum += term
    if (i < n * share && term < sum * 1e-12) break
  }
  return Math.min(1, sum)
}

export type Verdict = 'rising' | 'falling' | 'same'

/** What changed among all that was tested at once, with 5 % of the changes named expected to be none (Benjamini & Hochberg 1995). */
export function verdicts(
  changes: readonly { p: number; more: boolean }[],
  rate: number,
): { q: number; verdict: Verdict }[] {
  const q = falseDiscovery(changes.map(({ p }) => p))
  return changes.map(({ more }, at) => ({
    q: q[at]!,
    verdict: !(q[at]! <= rate) ? 'same' : more ? 'rising' : 'falling',
  }))
}
