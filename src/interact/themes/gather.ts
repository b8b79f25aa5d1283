/** Everything that was brought to us in the time shown, with what it is about. */
import type { App } from '../../platform/app.ts'
import { type Product, productsNamed, withDocuments } from './about.ts'
import { bySpeaker, type Calendar, calendarOf } from './count-themes.ts'
import { cutAside } from './cut-aside.ts'
import type { Known } from './dimensions.ts'
import { type Documents, documentsMade } from './exposure.ts'
import type { Said } from './find-themes.ts'
import { type Bucketing, DAY_MS, dayOf, type Periods, periodsUntil, within } from './periods.ts'
import { idOf, sampleOf, type Voices, voicesIn, wordsOf } from './voices.ts'

/** Texts that are read: cutting them takes 0.1 ms each. */
const MOST_TEXTS = 20_000

export interface Gathered extends Known {
  periods: Periods
  calendar: Calendar
  /** Voices of one customer together. */
  order: Uint32Array
  documents: Documents
  /** Voices whose words are read, and the share they are of all that have words. */
  read: Uint32Array
  readShare: number
}

export async function gather(app: App, by: Bucketing, today = dayOf(Date.now())): Promise<Gathered> {
  const periods = periodsUntil(today, by)
  const [from = today] = [periods.buckets[0]!.from, periods.before.from].sort()
  const all = { from, to: today }
  const [{ voices, about }, documents] = await Promise.all([
    withDocuments(app, place => voicesIn(app, all, place)),
    documentsMade(app, { from: periods.before.from, to: today }),
  ])
  const products = await productsNamed(app, namedIn(voices, about.product.names))
  const read = sampleOf(voices, MOST_TEXTS)
  const spoken = voices.spoken.reduce((sum, one) => sum + one, 0)
  return {
    ...{ periods, calendar: calendarOf(periods), voices, about, documents, products },
    ...{ read, readShare: spoken > 0 ? read.length / spoken : 1, order: bySpeaker(voices) },
    ...productsOf(voices, about.product.names, about.product.codes, products),
  }
}

function* namedIn({ product, codes }: Voices, ofDocuments: readonly string[]): Generator<string> {
  yield* product.names
  yield* ofDocuments
  for (const some of codes.values()) yield* some
}

/** Which products of the catalogue each voice is about: its own, that of its document, and those its words name. */
function productsOf(
  voices: Voices,
  names: readonly string[],
  ofDocuments: Uint32Array,
  products: ReadonlyMap<string, Product>,
): Pick<Known, 'codes' | 'productsOf'> {
  const codes = [...products.keys()]
  const place = new Map(codes.map((code, at) => [code, at]))
  const found = new Map<number, readonly number[]>()
  const [own, document] = [voices.product.names, names].map(some => some.map(name => place.get(name)))
  for (let at = 0; at < voices.length; at++) {
    const its = [own![voices.product.codes[at]!], document![ofDocuments[at]!]]
    for (const code of voices.codes.get(at) ?? []) its.push(place.get(code))
    if (its.some(one => one !== undefined)) found.set(at, [...new Set(its.filter(one => one !== undefined))])
  }
  return { codes, productsOf: found }
}

/** What was said by those whose words are read, as terms. */
export async function saidIn(
  app: Pick<App, 'workflow'>,
  { voices, read, periods }: Gathered,
): Promise<(Said & { voice: number })[]> {
  const words = await wordsOf(app, voices, read)
  const spoken = [...words.keys()]
  const cuts = await cutAside([...words.values()])
  return spoken.map((voice, at) => {
    const day = dayOf(voices.day[voice]! * DAY_MS)
    return {
      ...cuts[at]!,
      voice,
      speaker: voices.customer[voice] === 0 ? idOf(voices, voice) : String(voices.customer[voice]),
      period: within(periods.now, day) ? 'now' : within(periods.before, day) ? 'before' : 'earlier',
    }
  })
}
