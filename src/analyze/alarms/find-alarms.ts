import { categoryShares, watchCategories } from './category.ts'
import { complaintSums, watchComplaints } from './complaints.ts'
import { conformalP, learnReference, type Reference, thresholdAt } from './conformal.ts'
import { qValues } from './false-discovery.ts'
import type { Alarm, MeasureFigures, Watched } from './found.ts'
import type { CategoryDays, ComplaintCounts, Histories } from './histories.ts'
import type { CustomerMeasure } from './measure.ts'
import { learnMoney, type MoneyModel, watchMoney } from './money.ts'
import { excess, learnReturns, type ReturnsModel, watchReturns } from './returns.ts'
import { findSilent, learnSilence, type SilenceModel } from './silence.ts'
import { WINDOWS, type WindowSums, windowSums } from './windows.ts'

/** What happened up to a date, of some or of all customers. */
export interface Behaviour {
  histories: Histories
  categories: CategoryDays
  complaints: ComplaintCounts
}

export interface WatchSettings {
  /** Day the watching ends at, since 1970. */
  asOf: number
  /** Days of a window. */
  window: number
  /** Of a customer who behaves as ever: the chance of any alarm in one window. */
  rate: number
  measures: readonly CustomerMeasure[]
}

/** What was learned of the past, to be held against the present of these and of other customers. */
export interface AlarmModel {
  settings: WatchSettings
  /** Each measure's part of the rate. */
  alpha: number
  silence: SilenceModel | null
  money: MoneyModel | null
  returns: ReturnsModel | null
  shares: Float64Array
  /** Whether anybody ever complained. */
  complained: boolean
  references: ReadonlyMap<CustomerMeasure, Reference>
}

type Watch = (window: number) => Watched | null

function watchersOf(
  model: Pick<AlarmModel, 'money' | 'returns' | 'shares'>,
  { histories, categories, complaints }: Behaviour,
  sums: WindowSums,
): Record<Exclude<CustomerMeasure, 'silence'>, Watch> {
  const complained = complaintSums(histories, complaints)
  return {
    drop: k => model.money && watchMoney(model.money, sums, k, -1),
    rise: k => model.money && watchMoney(model.money, sums, k, 1),
    returns: k => model.returns && watchReturns(model.returns, sums, k),
    category: k => (categories.names.length > 0 ? watchCategories(histories, sums, categories, model.shares, k) : null),
    complaints: k => complained && watchComplaints(complained, sums, k),
  }
}

export function learnAlarms(behaviour: Behaviour, settings: WatchSettings): AlarmModel {
  const { histories } = behaviour
  const sums = windowSums(histories, settings.asOf, settings.window)
  const alpha = settings.rate / Math.max(1, settings.measures.length)
  const parts = {
    money: learnMoney(histories, sums),
    returns: learnReturns(sums),
    shares: categoryShares(sums, behaviour.categories),
  }
  const watchers = watchersOf(parts, behaviour, sums)
  const references = new Map<CustomerMeasure, Reference>()
  for (const measure of settings.measures) {
    if (measure === 'silence') continue
    const past = Array.from({ length: WINDOWS - 2 }, (_, k) => watchers[measure](k + 1)).filter(
      watched => watched !== null,
    )
    const join = <T extends Float64Array | Uint8Array>(of: (watched: Watched) => T) =>
      past.flatMap(watched => [...of(watched)])
    references.set(
      measure,
      learnReference(Float64Array.from(join(w => w.score)), Uint8Array.from(join(w => w.stratum)), alpha),
    )
  }
  return {
    settings,
    alpha,
    ...parts,
    silence: settings.measures.includes('silence')
      ? learnSilence(histories, settings.asOf, settings.window, alpha)
      : null,
    complained: behaviour.complaints.ids.length > 0,
    references,
  }
}

/** Alarms of the window that ends on the date; `figures` say how each measure went. */
export function findAlarms(model: AlarmModel, behaviour: Behaviour): { alarms: Alarm[]; figures: MeasureFigures[] } {
  const { settings, alpha } = model
  const { histories } = behaviour
  const sums = windowSums(histories, settings.asOf, settings.window)
  const watchers = watchersOf(model, behaviour, sums)
  const alarms: Alarm[] = []
  const figures: MeasureFigures[] = []
  for (const measure of settings.measures) {
    const { watched, learnedFrom, found } =
      measure === 'silence'
        ? silentNow(model, histories, sums)
        : oddNow(model, histories, watchers[measure](0), measure)
    const q = qValues(
      found.map(alarm => alarm.p),
      watched,
    )
    alarms.push(...found.map((alarm, i) => ({ ...alarm, q: q[i]! })))
    figures.push({
      measure,
      watched,
      learnedFrom,
      rate: alpha,
      alarms: found.length,
      expectedFalse: watched * alpha,
      problem: watched === 0 ? 'nobody' : learnedFrom * alpha < 1 ? 'history' : null,
    })
  }
  return { alarms, figures }
}

type Found = { watched: number; learnedFrom: number; found: Omit<Alarm, 'q'>[] }

function silentNow({ settings, silence, alpha }: AlarmModel, histories: Histories, sums: WindowSums): Found {
  if (!silence) return { watched: 0, learnedFrom: 0, found: [] }
  const { watched, found } = findSilent(histories, settings.asOf, settings.window, silence)
  return {
    watched,
    learnedFrom: silence.learnedFrom,
    found: found.map(({ who, days, usual, limit, p }) => ({
      customer: histories.ids[who]!,
      measure: 'silence',
      observed: days,
      expected: usual,
      low: 0,
      high: limit,
      p: Math.min(p, alpha),
      stakeMinor: perWindow(sums, who),
      about: '',
    })),
  }
}

/** Money of a usual window, from the one with the first purchase on. */
function perWindow(sums: WindowSums, who: number): number {
  const windows = Math.min(sums.whole[who]! + 1, WINDOWS)
  let spent = 0
  for (let k = 0; k < windows; k++) spent += sums.spent[who * WINDOWS + k]!
  return spent / windows
}

function oddNow(model: AlarmModel, histories: Histories, now: Watched | null, measure: CustomerMeasure): Found {
  const reference = model.references.get(measure)
  if (!now || !reference) return { watched: 0, learnedFrom: 0, found: [] }
  const found: Omit<Alarm, 'q'>[] = []
  for (let row = 0; row < now.who.length; row++) {
    const stratum = now.stratum[row]!
    const p = conformalP(reference, now.score[row]!, stratum)
    if (p > model.alpha || now.score[row]! <= 0) continue
    const [low, high] = bandOf(measure, now, row, thresholdAt(reference, stratum, model.alpha))
    found.push({
      customer: histories.ids[now.who[row]!]!,
      measure,
      observed: now.observed[row]!,
      expected: now.expected[row]!,
      low,
      high,
      p,
      stakeMinor: now.stake[row]!,
      about: now.about?.[row] ?? '',
    })
  }
  return { watched: now.who.length, learnedFrom: reference.size, found }
}

/** Where the behaviour would have raised no alarm: the score turned back into the unit of what is watched. */
function bandOf(measure: CustomerMeasure, now: Watched, row: number, threshold: number): [number, number] {
  const expected = now.expected[row]!
  if (measure === 'drop' || measure === 'rise') {
    const root = (side: number) =>
      Math.max(0, Math.sqrt(expected) + (side * threshold * now.spread[row]!) / (2 * Math.sqrt(expected))) ** 2
    return [root(-1), root(1)]
  }
  if (measure === 'category') return [1, Number.POSITIVE_INFINITY]
  // The least whole number whose excess would have been below the threshold.
  let most = Math.floor(expected)
  while (most < now.observed[row]! && excess(most + 1, expected) < threshold) most++
  return [0, most]
}
