import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../math/random.ts'
import { bgNbd } from '../value/bg-nbd.ts'
import { fitRepeatModel } from '../value/fit-repeat-model.ts'
import { distinctSummaries } from '../value/summaries.ts'
import { chooseModel } from './choose-model.ts'
import { dailyVolume, type Histories } from './histories.ts'
import { knownAt } from './known-at.ts'
import { learnSeason } from './learn-season.ts'
import { expectedTotal } from './level.ts'
import { dayOf, monthOf, noSeason, SeasonClock } from './season-clock.ts'

const FIRST = dayOf('2018-01-01')
/** Quiet in winter, busy before Christmas. */
const busy = [0.5, 0.6, 0.9, 0.8, 0.9, 0.9, 0.8, 0.8, 1.1, 1.4, 1.9, 1.4]
const mean = busy.reduce((s, v) => s + v, 0) / 12
const season = busy.map(v => v / mean)

/** BG/NBD customers who buy by the season's clock; newcomers come by it as well, so that the company neither grows nor shrinks much. */
function seasonal(customers: number, days: number, seed: number): Histories {
  const random = seededRandom(seed)
  const clock = new SeasonClock(season, FIRST - 800, FIRST + days + 1)
  const lives: number[][] = []
  for (let c = 0; c < customers; c++) {
    const [rate, goes] = [random.gamma(0.9, 60), random.beta(0.8, 6)]
    // Many came long before the data begin.
    let first = Math.floor(-800 + (days + 800) * random.uniform())
    if (random.uniform() > season[monthOf(FIRST + first)]! / 2)
      first = Math.floor(-800 + (days + 800) * random.uniform())
    const bought = new Set<number>()
    let at = clock.at(FIRST + first)
    let day = FIRST + first
    while (day < FIRST + days) {
      if (day >= FIRST) bought.add(day)
      if (random.uniform() < goes) break
      at += -Math.log(1 - random.uniform()) / rate
      if (at >= clock.at(FIRST + days)) break
      while (clock.at(day + 1) <= at) day++
    }
    if (bought.size > 0) lives.push([...bought].sort((a, b) => a - b))
  }
  const start = [0]
  for (const life of lives) start.push(start.at(-1)! + life.length)
  return { start: Uint32Array.from(start), day: Int32Array.from(lives.flat()), firstDay: FIRST }
}

const before = (histories: Histories, asOf: number): Histories => {
  const start = [0]
  const day: number[] = []
  for (let c = 0; c + 1 < histories.start.length; c++) {
    const own = histories.day.subarray(histories.start[c], histories.start[c + 1]).filter(d => d < asOf)
    if (own.length === 0) continue
    day.push(...own)
    start.push(day.length)
  }
  return { start: Uint32Array.from(start), day: Int32Array.from(day), firstDay: histories.firstDay }
}

test('a clock runs by its season, and a year of it is a year', () => {
  const clock = new SeasonClock(season, FIRST, FIRST + 365)
  assert.ok(Math.abs(clock.between(FIRST, FIRST + 365) / 365 - 1) < 0.01)
  const [november, february] = [dayOf('2018-11-01'), dayOf('2018-02-01')]
  assert.ok(clock.between(november, november + 28) > 2.9 * clock.between(february, february + 28))
  const plain = new SeasonClock(noSeason, FIRST, FIRST + 10)
  assert.equal(plain.between(FIRST + 2, FIRST + 9), 7)
})

test('a season of whole years is learned; of less than a year nothing is said', () => {
  const all = seasonal(3000, 730, 5)
  const asOf = FIRST + 730
  const { all: volume } = dailyVolume(all, asOf)
  const learned = learnSeason(volume, asOf)!
  assert.equal(learned.years, 2)
  for (const [m, v] of learned.index.entries()) assert.ok(Math.abs(v / season[m]! - 1) < 0.25, `month ${m + 1}: ${v}`)
  assert.equal(learnSeason(volume.subarray(0, 300), asOf), undefined)
  const oneYear = learnSeason(volume.subarray(0, 360), asOf)!
  assert.equal(oneYear.years, 1)
})

test('as of the Christmas peak, the season and the level bring expected purchases of the year to come within a tenth', () => {
  const [asOf, until] = [FIRST + 334 + 365, FIRST + 334 + 730]
  const all = seasonal(2500, 334 + 730, 8)
  const known = before(all, asOf)
  const choice = chooseModel(known, asOf)
  assert.equal(choice.season.used, true)
  const clock = new SeasonClock(choice.season.index, known.firstDay, until + 1)
  const expected = (by: SeasonClock, parameters: Float64Array, level: number) =>
    expectedTotal(
      choice.chosen!.model,
      { known: knownAt(known, by, asOf, asOf), parameters, length: by.between(asOf, until) },
      level,
    )
  const came = knownAt(all, clock, asOf, until).later.reduce((s, v) => s + v, 0)
  const said = expected(clock, choice.chosen!.fit.parameters, choice.level)
  assert.ok(Math.abs(said / came - 1) < 0.1, `${said} expected, ${came} came`)
  // The quarter after the peak: the calendar alone expects far more than the season does.
  const plain = new SeasonClock(noSeason, known.firstDay, until + 1)
  const { x, tx, T } = knownAt(known, plain, asOf, asOf)
  const byCalendar = fitRepeatModel(bgNbd, distinctSummaries(x, tx, T), { prior: true })
  const quarter = knownAt(all, clock, asOf, asOf + 90).later.reduce((s, v) => s + v, 0)
  const off = (by: SeasonClock, p: Float64Array, level: number) =>
    Math.abs(
      expectedTotal(
        bgNbd,
        { known: knownAt(known, by, asOf, asOf), parameters: p, length: by.between(asOf, asOf + 90) },
        level,
      ) /
        quarter -
        1,
    )
  const bySeason = fitRepeatModel(bgNbd, distinctSummaries(...timesOf(known, clock, asOf)), { prior: true })
  assert.ok(off(clock, bySeason.parameters, choice.level) < off(plain, byCalendar.parameters, 1))
})

const timesOf = (histories: Histories, clock: SeasonClock, asOf: number) => {
  const { x, tx, T } = knownAt(histories, clock, asOf, asOf)
  return [x, tx, T] as const
}

test('customers of one cohort who fade are no season: their decline is not taken for one', () => {
  const random = seededRandom(3)
  const start = [0]
  const day: number[] = []
  for (let c = 0; c < 1500; c++) {
    const [rate, goes] = [random.gamma(0.8, 40), random.beta(0.8, 2.5)]
    let at = Math.floor(80 * random.uniform())
    const own = new Set<number>()
    while (at < 365) {
      own.add(FIRST + Math.floor(at))
      if (random.uniform() < goes) break
      at += -Math.log(1 - random.uniform()) / rate
    }
    day.push(...[...own].sort((a, b) => a - b))
    start.push(day.length)
  }
  const histories = { start: Uint32Array.from(start), day: Int32Array.from(day), firstDay: FIRST }
  const choice = chooseModel(histories, FIRST + 365)
  assert.equal(choice.season.used, false)
  assert.ok(choice.season.gain < 0)
  assert.ok(Math.abs(choice.level - 1) < 0.2)
})
