/** Themes over time: how often each thing is brought to us, what changed, and what the words say. */
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { ThemeRow, Themes } from './api.ts'
import { countKeys, type KeyCounts } from './count-themes.ts'
import { type Dimension, dimensions, exposureKey, type Keys, keysOf } from './dimensions.ts'
import { exposureOf, madeIn } from './exposure.ts'
import { FALSE_DISCOVERY, findThemes } from './find-themes.ts'
import { type Gathered, saidIn } from './gather.ts'
import { gatheredLately } from './gathered-lately.ts'
import { themeNames } from './names.ts'
import { type Bucketing, dayNumber, daysIn, type Span } from './periods.ts'
import { compareRates, rateOf, verdicts } from './trend.ts'

export type View = 'changes' | Dimension | 'words'

interface Group {
  dimension: ThemeRow['dimension']
  key: string
  name: Text
  counts: KeyCounts
  /** Words are tested as words (find-themes.ts); of everything else the rate is. */
  words?: { q: number; rising: boolean }
}

/** Rates are told per so many documents. */
const PER = 10_000
const WEEK = 7
/** Keys of a theme in words: its terms. */
export const JOIN = '|'

export async function themesOf(app: App, { by, view }: { by: Bucketing; view: View }, today?: string): Promise<Themes> {
  const gathered = await gatheredLately(app, by, today)
  const { periods, voices, documents, products, read } = gathered
  const shown = dimensions.filter(one => view === 'changes' || view === one)
  const nameOf = await themeNames(app, products.values())
  const groups = shown.flatMap(dimension => groupsOf(gathered, dimension, nameOf))
  const wanted = view === 'words' || view === 'changes'
  const inWords = wanted ? await wordGroups(app, gathered) : []
  const made = { now: madeIn(documents, '', periods.now), before: madeIn(documents, '', periods.before) }
  const basis =
    exposureOf(documents, '', periods.now) > 0 && exposureOf(documents, '', periods.before) > 0 ? 'documents' : 'days'
  const rows = tested(gathered, [...groups, ...inWords], basis)
  const inSpan = ({ from, to }: Span): number => {
    const [first, last] = [dayNumber(from), dayNumber(to)]
    let n = 0
    for (let at = 0; at < voices.length; at++) if (voices.day[at]! >= first && voices.day[at]! <= last) n++
    return n
  }
  const changed = rows.filter(({ verdict }) => verdict !== 'same').sort((a, b) => (a.q ?? 1) - (b.q ?? 1))
  return {
    ...periods,
    basis,
    voices: { now: inSpan(periods.now), before: inSpan(periods.before) },
    documents: made,
    read: wanted ? { texts: read.length, of: voices.length } : null,
    tested: rows.filter(({ q }) => q !== null).length,
    rows: view === 'changes' ? changed : rows,
  }
}

const total = ({ series }: KeyCounts): number => series.reduce((sum, one) => sum + one, 0)

/** What is brought to us by the keys of a dimension, the most of now first. */
function groupsOf(
  gathered: Gathered,
  dimension: Dimension,
  nameOf: (dimension: Dimension, key: string) => Text,
): Group[] {
  const keys = keysOf[dimension](gathered)
  return counted(gathered, keys)
    .flatMap((counts, at): Group[] => {
      const key = keys.names[at]!
      return counts ? [{ dimension, key, name: nameOf(dimension, key), counts }] : []
    })
    .sort(
      (a, b) =>
        b.counts.now.voices - a.counts.now.voices ||
        total(b.counts) - total(a.counts) ||
        (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
    )
}

const counted = ({ voices, order, calendar }: Gathered, keys: Keys) => countKeys(voices, keys, order, calendar)

async function wordGroups(app: App, gathered: Gathered): Promise<Group[]> {
  const said = await saidIn(app, gathered)
  const found = new Map<string, { name: string; words: { q: number; rising: boolean }; terms: readonly string[] }>()
  for (const { terms, q, rising } of findThemes(said)) {
    const key = terms.join(JOIN)
    // A word said within both languages is one theme, the surer of the two.
    if ((found.get(key)?.words.q ?? Number.NaN) <= q || (found.has(key) && Number.isNaN(q))) continue
    found.set(key, { name: terms.slice(0, 3).join(' · '), words: { q, rising }, terms })
  }
  const names = [...found.keys()]
  const themesWith = new Map<string, number[]>()
  for (const [at, { terms }] of [...found.values()].entries())
    for (const term of terms) themesWith.set(term, [...(themesWith.get(term) ?? []), at])
  const themesOfVoice = new Map(
    said.map(({ voice, terms }) => [voice, [...new Set(terms.flatMap(term => themesWith.get(term) ?? []))]]),
  )
  const none: readonly number[] = []
  return counted(gathered, { names, of: voice => themesOfVoice.get(voice) ?? none }).flatMap((counts, at): Group[] => {
    const { name, words } = found.get(names[at]!)!
    return counts ? [{ dimension: 'words', key: names[at]!, name: { en: name, zh: name }, counts, words }] : []
  })
}

function tested({ periods, documents, readShare }: Gathered, groups: readonly Group[], basis: Themes['basis']) {
  const exposed = ({ dimension, key }: Group, span: Span): number => {
    const all = basis === 'days' ? daysIn(span) / WEEK : exposureOf(documents, exposureKey(dimension, key), span) / PER
    // Words stand for all who wrote, of whom a share was read.
    return dimension === 'words' ? all * readShare : all
  }
  const rows = groups.map(group => {
    const now = { ...group.counts.now, exposure: exposed(group, periods.now) }
    const before = { ...group.counts.before, exposure: exposed(group, periods.before) }
    return { group, now, before, ...compareRates(now, before) }
  })
  // One family of what has rates; the words were judged by their own, over all terms.
  const rates = rows.filter(({ group }) => !group.words)
  const judged = new Map(
    verdicts(
      rates.map(({ p, now, before }) => ({
        p,
        more: now.customers * before.exposure > before.customers * now.exposure,
      })),
      FALSE_DISCOVERY,
    ).map((verdict, at) => [rates[at]!.group, verdict]),
  )
  return rows.map(({ group, now, before, ratio }): ThemeRow => {
    const { q, verdict } = judged.get(group) ?? ofWords(group.words!)
    return {
      ...{ dimension: group.dimension, key: group.key, name: group.name, series: group.counts.series },
      now: { voices: now.voices, customers: now.customers, rate: rateOf(now) },
      before: { voices: before.voices, customers: before.customers, rate: rateOf(before) },
      ...{ ratio, q: Number.isNaN(q) ? null : q, verdict, watched: false },
    }
  })
}

const ofWords = ({ q, rising }: { q: number; rising: boolean }) => ({
  q,
  verdict: !(q <= FALSE_DISCOVERY) ? ('same' as const) : rising ? ('rising' as const) : ('falling' as const),
})
