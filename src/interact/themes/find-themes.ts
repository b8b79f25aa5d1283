/** Themes in what customers wrote: terms that changed and terms that are common, grouped by who said them. */
import { groupTerms } from './group-terms.ts'
import { changedTerms, type Period, type Speaker, type TermChange } from './log-odds.ts'
import type { Cut, TermLanguage } from './tokens.ts'

export interface Said extends Cut {
  /** Who said it: letters of one customer count once. */
  speaker: string
  period: Period
}

export interface Theme {
  /** The most telling first. */
  terms: string[]
  language: TermLanguage
  /** Customers now and before. */
  now: number
  before: number
  /** Of its most changed term; null: its terms were too rare to be tested. */
  q: number
  rising: boolean
}

export const FALSE_DISCOVERY = 0.05
/** Terms a page can show: that changed, each way, and the most common of the others. */
const MOST_CHANGED = 60
const MOST_COMMON = 50
const MOST_IN_NAME = 6

export function findThemes(said: readonly Said[]): Theme[] {
  const speakers = speakersOf(said)
  const changes = changedTerms(speakers)
  const changed = changes.filter(({ q }) => q <= FALSE_DISCOVERY)
  const common = changes.filter(({ q }) => !(q <= FALSE_DISCOVERY)).sort(byHowMany)
  // A common word beside what changed would dilute it: each kind is grouped with its like.
  const kinds = [changed.filter(({ z }) => z > 0), changed.filter(({ z }) => z <= 0), common.slice(0, MOST_COMMON)]
  return kinds.flatMap(terms => grouped(terms.slice(0, MOST_CHANGED), speakers))
}

function grouped(terms: readonly TermChange[], speakers: readonly Speaker[]): Theme[] {
  const place = new Map(terms.map(({ term, language }, at) => [`${language} ${term}`, at]))
  const saidBy = terms.map(() => new Set<number>())
  for (const [at, { period, language, terms: said }] of speakers.entries()) {
    if (period === 'earlier') continue
    for (const term of said) saidBy[place.get(`${language} ${term}`) ?? -1]?.add(at)
  }
  return groupTerms(saidBy)
    .map(group => themeOf(group, terms, saidBy, speakers))
    .sort((a, b) => b.now - a.now)
}

const byHowMany = (a: TermChange, b: TermChange): number =>
  b.now + b.before - a.now - a.before || a.term.localeCompare(b.term)

function speakersOf(said: readonly Said[]): Speaker[] {
  const speakers = new Map<string, { period: Period; language: TermLanguage; terms: Set<string> }>()
  for (const { speaker, period, language, terms } of said) {
    const key = `${period} ${language} ${speaker}`
    const known = speakers.get(key) ?? { period, language, terms: new Set<string>() }
    for (const term of terms) known.terms.add(term)
    speakers.set(key, known)
  }
  return [...speakers.values()]
}

function themeOf(
  group: readonly number[],
  shown: readonly TermChange[],
  saidBy: readonly ReadonlySet<number>[],
  speakers: readonly Speaker[],
): Theme {
  const saying = new Set(group.flatMap(at => [...saidBy[at]!]))
  const now = [...saying].filter(at => speakers[at]!.period === 'now').length
  const terms = group.map(at => shown[at]!)
  const most = terms.reduce((best, one) => (one.q < best.q || Number.isNaN(best.q) ? one : best))
  return {
    terms: named(terms),
    language: most.language,
    now,
    before: saying.size - now,
    q: most.q,
    rising: most.z > 0,
  }
}

/** A phrase stands for the words in it. */
function named(terms: readonly TermChange[]): string[] {
  const sorted = [...terms].sort((a, b) => Math.abs(b.z) - Math.abs(a.z) || byHowMany(a, b)).map(({ term }) => term)
  const whole = sorted.filter(
    (term, at) => !sorted.some((other, place) => place !== at && other.length > term.length && holdsWord(other, term)),
  )
  return whole.slice(0, MOST_IN_NAME)
}

const holdsWord = (phrase: string, word: string): boolean =>
  phrase.includes(' ') ? ` ${phrase} `.includes(` ${word} `) : phrase.includes(word)
