/** Themes over time: how often each thing is brought to us, what changed, and what the words say. */
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { ThemeRow, Themes } from './api.ts'
import { type Dimension, dimensions, exposureKey, keysOf } from './dimensions.ts'
import { exposureOf, madeIn } from './exposure.ts'
import { FALSE_DISCOVERY, findThemes } from './find-themes.ts'
import { type Gathered, gather, saidIn } from './gather.ts'
import { themeNames } from './names.ts'
import { type Bucketing, daysIn, type Span, within } from './periods.ts'
import { compareRates, type Rate, rateOf, verdicts } from './trend.ts'
import { speakerOf, type Voice } from './voices.ts'

export type View = 'changes' | Dimension | 'words'
type Place = ThemeRow['dimension']

interface Group {
  dimension: Place
  key: string
  name: Text
  voices: Voice[]
  /** Words are tested as words (find-themes.ts); of everything else the rate is. */
  words?: { q: number; rising: boolean }
}

/** Rates are told per so many documents. */
const PER = 10_000
const WEEK = 7
/** Keys of a theme in words: its terms. */
export const JOIN = '|'

export async function themesOf(app: App, { by, view }: { by: Bucketing; view: View }, today?: string): Promise<Themes> {
  const gathered = await gather(app, by, today)
  const { periods, known, documents } = gathered
  const shown = dimensions.filter(one => view === 'changes' || view === one)
  const nameOf = await themeNames(app, known)
  const groups = shown.flatMap(dimension =>
    groupsOf(gathered, dimension).map(([key, voices]) => ({ dimension, key, name: nameOf(dimension, key), voices })),
  )
  const wanted = view === 'words' || view === 'changes'
  const inWords = wanted ? await wordGroups(gathered) : []
  const made = { now: madeIn(documents, '', periods.now), before: madeIn(documents, '', periods.before) }
  const basis =
    exposureOf(documents, '', periods.now) > 0 && exposureOf(documents, '', periods.before) > 0 ? 'documents' : 'days'
  const rows = tested(gathered, [...groups, ...inWords], basis)
  const inSpan = (span: Span) => known.filter(({ voice }) => within(span, voice.day)).length
  const changed = rows.filter(({ verdict }) => verdict !== 'same').sort((a, b) => (a.q ?? 1) - (b.q ?? 1))
  return {
    ...periods,
    basis,
    voices: { now: inSpan(periods.now), before: inSpan(periods.before) },
    documents: made,
    read: wanted ? { texts: gathered.words.size, of: known.length } : null,
    tested: rows.filter(({ q }) => q !== null).length,
    rows: view === 'changes' ? changed : rows,
  }
}

/** Voices by the keys of a dimension, the most of now first. */
function groupsOf({ known, periods }: Gathered, dimension: Dimension): [string, Voice[]][] {
  const groups = new Map<string, Voice[]>()
  for (const one of known)
    for (const key of keysOf[dimension](one)) groups.set(key, [...(groups.get(key) ?? []), one.voice])
  const now = (voices: readonly Voice[]) => voices.filter(({ day }) => within(periods.now, day)).length
  return [...groups].sort((a, b) => now(b[1]) - now(a[1]) || b[1].length - a[1].length || a[0].localeCompare(b[0]))
}

async function wordGroups(gathered: Gathered): Promise<Group[]> {
  const said = await saidIn(gathered)
  const voiceOf = new Map(gathered.known.map(({ voice }) => [voice.id, voice]))
  const bySaid = said.map(one => ({ terms: new Set(one.terms), voice: voiceOf.get(one.id)! }))
  const groups = new Map<string, Group>()
  for (const { terms, q, rising } of findThemes(said)) {
    const [key, named] = [terms.join(JOIN), terms.slice(0, 3).join(' · ')]
    // A word said within both languages is one theme, the surer of the two.
    if ((groups.get(key)?.words?.q ?? Number.NaN) <= q || (groups.has(key) && Number.isNaN(q))) continue
    groups.set(key, {
      dimension: 'words',
      key,
      name: { en: named, zh: named },
      voices: bySaid.flatMap(one => (terms.some(term => one.terms.has(term)) ? [one.voice] : [])),
      words: { q, rising },
    })
  }
  return [...groups.values()]
}

function tested({ periods, documents }: Gathered, groups: readonly Group[], basis: Themes['basis']): ThemeRow[] {
  const counted = (group: Group, span: Span) => {
    const voices = group.voices.filter(({ day }) => within(span, day))
    const exposure =
      basis === 'days'
        ? daysIn(span) / WEEK
        : exposureOf(documents, exposureKey(group.dimension, group.key), span) / PER
    return { voices: voices.length, customers: new Set(voices.map(speakerOf)).size, exposure }
  }
  const rows = groups.map(group => {
    const [now, before] = [counted(group, periods.now), counted(group, periods.before)]
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
  return rows.map(({ group, now, before, ratio }) => {
    const { q, verdict } = judged.get(group) ?? ofWords(group.words!)
    return {
      dimension: group.dimension,
      key: group.key,
      name: group.name,
      series: periods.buckets.map(bucket => group.voices.filter(({ day }) => within(bucket, day)).length),
      now: { voices: now.voices, customers: now.customers, rate: rateOf(now) },
      before: { voices: before.voices, customers: before.customers, rate: rateOf(before) },
      ratio: ratio satisfies Rate | null,
      q: Number.isNaN(q) ? null : q,
      verdict,
      watched: false,
    }
  })
}

const ofWords = ({ q, rising }: { q: number; rising: boolean }) => ({
  q,
  verdict: !(q <= FALSE_DISCOVERY) ? ('same' as const) : rising ? ('rising' as const) : ('falling' as const),
})
