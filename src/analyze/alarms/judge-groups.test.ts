import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../math/random.ts'
import { type GroupFigure, type GroupSums, judgeGroups, judgeWhole } from './judge-groups.ts'

const GROUPS = 10

/** Segments of very different sizes whose members spend as lopsidedly as real ones do. */
function turnOf(random: ReturnType<typeof seededRandom>, factorOf: (group: number) => number): GroupSums[] {
  const customers = Array.from({ length: GROUPS }, (_, g) =>
    Array.from({ length: 30 * 2 ** (g % 5) }, () => {
      const e = random.gamma(0.7, 0.7 / 100)
      // Most buy nothing in a month; those who do spend about what was expected, times a lognormal.
      const buys = random.uniform() < 0.4
      const normal = Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform())
      return { e, a: buys ? (1.7 * factorOf(g) * e * Math.exp(0.6 * normal)) / 0.4 : 0 }
    }),
  )
  const all = customers.flat()
  const ratio = all.reduce((s, c) => s + c.a, 0) / all.reduce((s, c) => s + c.e, 0)
  return customers.map((own, g) => ({
    group: `G${g}`,
    customers: own.length,
    actual: own.reduce((s, c) => s + c.a, 0),
    expected: own.reduce((s, c) => s + c.e, 0),
    squares: own.reduce((s, c) => s + (c.a - ratio * c.e) ** 2, 0),
    fourths: own.reduce((s, c) => s + (c.a - ratio * c.e) ** 4, 0),
  }))
}

/** Turns one after the other, each knowing those before it. */
function watch(
  seed: number,
  turns: number,
  factorOf: (group: number, turn: number) => number,
  rate: number,
): GroupFigure[][] {
  const random = seededRandom(seed)
  const all: GroupFigure[][] = []
  let earlier: GroupFigure[] = []
  for (let turn = 0; turn < turns; turn++) {
    earlier = judgeGroups(
      'revenue',
      `2011-01-${String(turn + 1).padStart(2, '0')}`,
      turnOf(random, g => factorOf(g, turn)),
      earlier,
      rate,
    )
    all.push(earlier)
  }
  return all
}

test('segments that do as their members let expect, a model that is off for all: turns with an alarm stay at the rate', () => {
  const rate = 0.1
  let turns = 0
  let alarmed = 0
  for (let seed = 1; seed <= 80; seed++)
    for (const turn of watch(seed, 4, () => 1, rate)) {
      turns++
      if (turn.some(({ alarm }) => alarm)) alarmed++
    }
  // Without a real change every alarm is false: the share of turns with one is the false-discovery rate.
  assert.ok(alarmed / turns < rate + 3 * Math.sqrt((rate * (1 - rate)) / turns), `${alarmed} of ${turns}`)
  assert.ok(alarmed > 0)
})

test('a model that is coarse by segment raises no more', () => {
  let turns = 0
  let alarmed = 0
  for (let seed = 1; seed <= 40; seed++) {
    const random = seededRandom(5000 + seed)
    const misfit = Array.from({ length: GROUPS }, () => Math.exp(0.5 * (random.uniform() - 0.5)))
    for (const turn of watch(seed, 4, g => misfit[g]!, 0.1)) {
      turns++
      if (turn.some(({ alarm }) => alarm)) alarmed++
    }
  }
  assert.ok(alarmed / turns < 0.1 + 3 * Math.sqrt(0.09 / turns), `${alarmed} of ${turns}`)
})

test('a segment that loses half is found in two of three, the loss of a quarter within six turns in two of five', () => {
  let sudden = 0
  let slow = 0
  for (let seed = 1; seed <= 60; seed++) {
    const [now] = watch(1000 + seed, 1, g => (g === 4 ? 0.5 : 1), 0.1)
    if (now!.find(({ group }) => group === 'G4')!.alarm) sudden++
    const turns = watch(2000 + seed, 8, (g, turn) => (g === 4 && turn > 2 ? 0.75 : 1), 0.1)
    if (turns.slice(3).some(turn => turn.find(({ group }) => group === 'G4')!.alarm)) slow++
  }
  assert.ok(sudden / 60 >= 0.6, `${sudden} of 60`)
  assert.ok(slow / 60 >= 0.4, `${slow} of 60`)
})

test('all customers: against the year before and its growth; a season that comes every year is no alarm', () => {
  const random = seededRandom(8)
  const value = (k: number, factor = 1) =>
    factor *
    1000 *
    (1 + 0.01 * k) *
    (1 + 0.5 * Math.cos((2 * Math.PI * k) / 13)) *
    Math.exp(0.05 * (random.uniform() - 0.5))
  const blocks = Array.from({ length: 40 }, (_, k) => ({ from: String(k), value: value(k) }))
  const usual = judgeWhole('revenue', '2011-01-01', blocks, 13, 0.05)!
  assert.equal(usual.alarm, false)
  const fallen = judgeWhole(
    'revenue',
    '2011-01-01',
    [...blocks.slice(0, -1), { from: '39', value: value(39, 0.6) }],
    13,
    0.05,
  )!
  assert.equal(fallen.alarm, true)
  assert.ok(fallen.actual < fallen.low)
  assert.equal(judgeWhole('revenue', '2011-01-01', blocks.slice(0, 6), 13, 0.05), null)
})
