import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { estimateDecay, fitRate, holdsAfter, type Observed, TRADE } from './estimate.ts'

/** mulberry32. */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
const exponential = (next: () => number, rate: number): number => -Math.log(1 - next()) / rate

const monthly = (rate: number): number => 1 - Math.exp(-rate)
const HAZARD = -Math.log(1 - 0.025)

/** Values looked at so far apart as `wait` says, until `end`; the look finds them right or changed. */
function looks(seed: number, values: number, wait: (next: () => number) => number, end: number): Observed {
  const next = random(seed)
  let held = 0
  const gaps = new Map<number, number>()
  for (let value = 0; value < values; value++) {
    let known = 0
    let dies = exponential(next, HAZARD)
    for (let at = wait(next); at <= end; at += wait(next)) {
      if (dies > at) held += at - known
      else {
        const gap = Math.round((at - known) * 10) / 10
        gaps.set(gap, (gaps.get(gap) ?? 0) + 1)
        dies = at + exponential(next, HAZARD)
      }
      known = at
    }
  }
  return { source: `s${seed}`, held, changes: [...gaps].map(([gap, count]) => ({ gap, count })) }
}

test('2.5 % a month is found within .3 points, however unevenly it is looked at', () => {
  const ways: Record<string, (next: () => number) => number> = {
    monthly: () => 1,
    'twice a year': () => 6,
    'every month to two years, by chance': next => 1 + 23 * next() ** 2,
    'mostly soon, seldom late': next => 0.2 + exponential(next, 0.3),
  }
  for (const [way, wait] of Object.entries(ways))
    for (let seed = 1; seed <= 8; seed++) {
      const [field] = estimateDecay([looks(seed, 1500, wait, 24)])
      assert.ok(Math.abs(monthly(field!.rate) - 0.025) < 0.003, `${way}, seed ${seed}: ${monthly(field!.rate)}`)
    }
})

test('its interval holds the truth about nine times in ten', () => {
  let hits = 0
  for (let seed = 1; seed <= 200; seed++) {
    const { rate: _, ...interval } = fitRate(
      looks(seed, 60, next => 1 + 8 * next(), 24),
      { shape: 1e-6, rate: 1e-6 },
    )
    if (interval.low <= HAZARD && HAZARD <= interval.high) hits++
  }
  assert.ok(hits >= 170 && hits <= 192, String(hits))
})

test('with nothing seen it is what the trade reports, with much seen only what was seen', () => {
  const nothing = estimateDecay([{ source: 'a', held: 0, changes: [] }])
  assert.ok(Math.abs(monthly(nothing[0]!.rate) - 0.025) < 1e-9)
  assert.ok(nothing[0]!.high / nothing[0]!.low > 5)
  const { rate } = fitRate({ source: 'a', held: 100_000, changes: [{ gap: 0, count: 1000 }] }, TRADE)
  assert.ok(Math.abs(rate - 0.01) < 1e-4)
})

test('a source of which little is known is drawn to its field, one of which much is known stays its own', () => {
  const seen = (source: string, months: number, changes: number): Observed => ({
    source,
    held: months,
    changes: changes === 0 ? [] : [{ gap: 0, count: changes }],
  })
  const [field, ...sources] = estimateDecay([
    seen('a', 40_000, 800),
    seen('b', 30_000, 900),
    seen('c', 20_000, 300),
    seen('new', 20, 3),
  ])
  const of = (name: string) => sources.find(({ source }) => source === name)!.rate
  assert.ok(Math.abs(of('a') - 0.02) < 0.001 && Math.abs(of('b') - 0.03) < 0.001)
  assert.ok(of('new') < 0.08 && of('new') > field!.rate, String(of('new')))
})

test('whatever was seen, the rate is a number inside of its interval and values only get worse', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e7, noNaN: true }),
      fc.array(
        fc.record({ gap: fc.double({ min: 0, max: 600, noNaN: true }), count: fc.integer({ min: 1, max: 1e6 }) }),
        { maxLength: 8 },
      ),
      (held, changes) => {
        const rates = estimateDecay([{ source: 'a', held, changes }])
        for (const rate of rates) {
          assert.ok(rate.low <= rate.rate && rate.rate <= rate.high && Number.isFinite(rate.high), JSON.stringify(rate))
          const young = holdsAfter(rate, 1)
          const old = holdsAfter(rate, 30)
          assert.ok(old.probability <= young.probability && young.low <= young.probability && young.high >= old.high)
        }
      },
    ),
    { numRuns: 200 },
  )
})
