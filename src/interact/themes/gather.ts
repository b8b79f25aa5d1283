/** Everything that was brought to us in the time shown, with what it is about. */
import type { App } from '../../platform/app.ts'
import { codesIn, documentsOf, productsNamed } from './about.ts'
import { cutAside } from './cut-aside.ts'
import type { Known } from './dimensions.ts'
import { type Documents, documentsMade } from './exposure.ts'
import type { Said } from './find-themes.ts'
import { type Bucketing, dayOf, type Periods, periodsUntil, within } from './periods.ts'
import { speakerOf, voicesIn, wordsOf } from './voices.ts'

/** Texts that are read: cutting them takes 0.1 ms each. */
const MOST_TEXTS = 20_000

export interface Gathered {
  periods: Periods
  known: Known[]
  documents: Documents
  /** Words by id of the voice; of the erased none. */
  words: Map<string, string>
}

export async function gather(app: App, by: Bucketing, today = dayOf(Date.now())): Promise<Gathered> {
  const periods = periodsUntil(today, by)
  const [from = today] = [periods.buckets[0]!.from, periods.before.from].sort()
  const all = { from, to: today }
  const [voices, words, documents] = await Promise.all([
    voicesIn(app, all),
    wordsOf(app, all, MOST_TEXTS),
    documentsMade(app, { from: periods.before.from, to: today }),
  ])
  const about = await documentsOf(app, voices)
  const named = voices.map(voice => [
    ...new Set([
      voice.productCode,
      about.get(voice.communicationId)?.product ?? '',
      ...codesIn(`${voice.line} ${words.get(voice.id) ?? ''}`),
    ]),
  ])
  const products = await productsNamed(app, named.flat())
  const known = voices.map((voice, at) => ({
    voice,
    about: about.get(voice.communicationId),
    products: named[at]!.flatMap(code => products.get(code) ?? []),
  }))
  return { periods, known, documents, words }
}

/** What was said, as terms. */
export async function saidIn({ known, words, periods }: Gathered): Promise<(Said & { id: string })[]> {
  const spoken = known.filter(({ voice }) => words.has(voice.id))
  const cuts = await cutAside(spoken.map(({ voice }) => words.get(voice.id)!))
  return spoken.map(({ voice }, at) => ({
    ...cuts[at]!,
    id: voice.id,
    speaker: speakerOf(voice),
    period: within(periods.now, voice.day) ? 'now' : within(periods.before, voice.day) ? 'before' : 'earlier',
  }))
}
