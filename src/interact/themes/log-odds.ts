/**
 * Which terms are said more, or less, now than before. Ranked by the log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi &
 * Quinn 2008, "Fightin' Words", eqs. 15–22): the prior is what was said in all the time looked at, so that rare words do not shout and
 * common ones do not drown. Its z is far too careful for words nobody said before (14 customers against none: z 2.6), so whether a term
 * changed is told by the exact test of its customers (trend.ts). A customer counts once a term and period, however often it is said.
 */
import { falseDiscovery } from '../../analyze/index.ts'
import type { TermLanguage } from './tokens.ts'
import { compareRates } from './trend.ts'

export type Period = 'now' | 'before' | 'earlier'

/** What one customer said in one period. */
export interface Speaker {
  period: Period
  language: TermLanguage
  terms: ReadonlySet<string>
}

export interface TermChange {
  term: string
  language: TermLanguage
  /** Customers who said it. */
  now: number
  before: number
  /** Of the log-odds ratio; above 0 said more now. */
  z: number
  p: number
  /** Smallest false-discovery rate at which it would be called changed; NaN: said by too few to tell anything. */
  q: number
}

/** Said by fewer, now and before together, it is neither tested nor shown: chance moves it, and it may name somebody. */
export const LEAST_SPEAKERS = 5
/** A term whose customers, were they all of one period, would not reach this is not tested (Tarone 1990): that is known beforehand. */
const LEAST_P = 0.01
/** Weight of the prior: a tenth of what both periods hold, so that it steadies and does not decide. */
const PRIOR_SHARE = 0.1

export function changedTerms(speakers: readonly Speaker[]): TermChange[] {
  const found = (['zh', 'en'] as const).flatMap(language =>
    ofLanguage(
      speakers.filter(one => one.language === language),
      language,
    ),
  )
  // All terms of both languages are one family of tests.
  const q = falseDiscovery(found.map(({ p }) => p))
  return found.map((one, at) => ({ ...one, q: q[at]! }))
}

function ofLanguage(speakers: readonly Speaker[], language: TermLanguage): Omit<TermChange, 'q'>[] {
  const counts = new Map<string, Record<Period, number>>()
  const all: Record<Period, number> = { now: 0, before: 0, earlier: 0 }
  const heard: Record<Period, number> = { now: 0, before: 0, earlier: 0 }
  for (const { period, terms } of speakers) {
    heard[period]++
    for (const term of terms) {
      const count = counts.get(term) ?? { now: 0, before: 0, earlier: 0 }
      count[period]++
      all[period]++
      counts.set(term, count)
    }
  }
  const pOf = (now: number, before: number): number =>
    compareRates({ customers: now, exposure: heard.now }, { customers: before, exposure: heard.before }).p
  const said = all.now + all.before + all.earlier
  const prior = PRIOR_SHARE * (all.now + all.before)
  const rows: Omit<TermChange, 'q'>[] = []
  for (const [term, { now, before, earlier }] of counts) {
    if (now + before < LEAST_SPEAKERS) continue
    const alpha = (prior * (now + before + earlier)) / said
    const odds = (count: number, of: number): number => Math.log(count + alpha) - Math.log(of + prior - count - alpha)
    const z = (odds(now, all.now) - odds(before, all.before)) / Math.sqrt(1 / (now + alpha) + 1 / (before + alpha))
    const both = now + before
    const tellable = Math.min(pOf(both, 0), pOf(0, both)) <= LEAST_P
    rows.push({ term, language, now, before, z, p: tellable ? pOf(now, before) : Number.NaN })
  }
  return rows
}
