import assert from 'node:assert/strict'
import { test } from 'node:test'
import { factorsHeld } from '../../../bench/learn/factors-held.ts'
import { promiseWorld } from '../../../bench/learn/promise-world.ts'
import { offerSchema } from '../offers/offer.ts'
import { planLimitsOf } from '../offers/plan-limits.ts'
import { acceptanceOf } from '../options/acceptance.ts'
import { axesOf } from '../options/axes.ts'
import { offerRules } from '../options/offer-history.ts'
import { emptyStanding } from '../options/standing.ts'
import { worthOf } from '../options/worth.ts'
import { contactPolicySchema } from '../policy/contact-policy.ts'
import type { PlanBasis } from '../workflow-tables.ts'
import { believedThen } from './believed-then.ts'
import { calibrate, factorTables, type PastCell } from './calibration.ts'
import { factorOf, spreadOf } from './shrink-factors.ts'
import { valueFactors } from './value-factors.ts'

const cell = (segment: string, offer: string, channel: string, expected: number, taken: number): PastCell => ({
  ...{ segment, offer, channel, contacts: expected * 20, expected, taken, exposure: expected * 20, prior: 0.05 },
})

test('cells that differ by chance alone have hardly any factors; those that differ have, the more the more was answered', () => {
  const alike = spreadOf(
    [48, 52, 50, 47, 55, 50].map(taken => ({ expected: 50, taken })),
    true,
  )
  const near = factorOf({ expected: 50, taken: 55 }, alike)
  assert.ok(Math.abs(near.mean - 1) < 0.04 && near.low < 1 && near.high > 1, `${near.mean}`)
  const unlike = spreadOf(
    [20, 90, 45, 130, 25, 60].map(taken => ({ expected: 50, taken })),
    true,
  )
  const [many, few] = [factorOf({ expected: 500, taken: 1000 }, unlike), factorOf({ expected: 2, taken: 4 }, unlike)]
  assert.ok(many.mean > 1.9 && many.mean < 2.01 && many.low > 1.82 && many.high < 2.15)
  assert.ok(few.mean > 1 && few.mean < 1.6 && few.low < 1)
  // Of all alike half of what was hoped for came: an offer never sent is believed to bring little more, and is not known well.
  const hoped = spreadOf(
    [24, 26, 25, 27].map(taken => ({ expected: 50, taken })),
    false,
  )
  const unseen = factorOf({ expected: 0, taken: 0 }, hoped)
  assert.ok(unseen.mean > 0.48 && unseen.mean < 0.62 && unseen.low < 0.4 && unseen.high > 0.6, JSON.stringify(unseen))
})

test('intervals of factors hold the truth nineteen times of twenty', () => {
  const held = factorsHeld(60, 5)
  assert.ok(held > 0.925 && held < 0.98, `${held}`)
})

test('an offer that went to ready segments only is not taken for a good offer', () => {
  const all = ['A', 'B', 'C', 'D'].flatMap(segment =>
    ['X', 'Y'].flatMap(offer =>
      ['email', 'letter'].map(channel => {
        // Everybody takes half of what was hoped of offer Y; customers of C twice as much of everything, and Y went to them most.
        const truth = (offer === 'Y' ? 0.5 : 1) * (segment === 'C' ? 2 : 1)
        const expected = offer === 'Y' && segment !== 'C' ? 30 : 120
        return cell(segment, offer, channel, expected, Math.round(expected * truth))
      }),
    ),
  )
  const learned = calibrate(all, ['2010-01-01'])!
  const factor = (segment: string) => learned.segments.find(one => one.segment === segment)!.factor
  const level = (offer: string) => learned.levels!.find(one => one.offer === offer && one.channel === 'email')!.mean
  assert.ok(Math.abs(factor('C') / factor('A') - 2) < 0.15, `${factor('C')} ${factor('A')}`)
  assert.ok(Math.abs(level('Y') / level('X') - 0.5) < 0.06, `${level('Y')} ${level('X')}`)
  const offers = ['X', 'Y', 'Z'].map(id => ({ id, priorAcceptance: { email: 0.05, letter: 0.05, sms: 0.05 } }))
  // Today's belief of offer X has learned a part already: the product is what was learned, not more.
  const believed = offers.flatMap(({ id }) => (id === 'X' ? [0.1, 0.1, 0.05] : [0.05, 0.05, 0.05]))
  const { acceptance } = factorTables(learned, offers, ['email', 'letter', 'sms'], believed)
  const at = (segment: number, offer: number, channel: number) => acceptance[(segment * 3 + offer) * 3 + channel]!
  const c = learned.cells.find(one => one.segment === 'C' && one.offer === 'X')!
  assert.ok(Math.abs(at(3, 0, 0) * 0.1 - c.mean * 0.05) < 1e-12)
  // An offer nobody has been sent has the common level and the segment's own factor.
  assert.ok(Math.abs(at(3, 2, 2) - learned.overall!.mean * factor('C')) < 1e-12)
  assert.ok(Math.abs(at(0, 2, 2) - learned.overall!.mean) < 1e-12)
})

test('promise against outcome: half of what was promised came; from the second turn on it is what is promised', () => {
  const ratio = (learn: boolean): number => {
    let [promised, came] = [0, 0]
    for (let seed = 1; seed <= 2; seed++)
      for (const turn of promiseWorld({ customers: 3000, turns: 4, learn, seed: 77 * seed }).slice(1)) {
        promised += turn.answers.promised
        came += turn.answers.came
      }
    return came / promised
  }
  const [without, learned] = [ratio(false), ratio(true)]
  assert.ok(without < 0.7, `${without}`)
  assert.ok(learned > 0.88 && learned < 1.13, `${learned}`)
})

test('money: what earned half of its promise counts half, as far as the error of the comparison lets one believe it', () => {
  const group = (offer: string, promised: number, gained: number, error: number) => ({
    ...{ asOf: '2010-01-01', offer, promised, gained, error },
  })
  const clear = valueFactors(
    ['A', 'B', 'C', 'D'].map(offer => group(offer, 1e6, 5e5, 2e4)),
    [],
  )!
  assert.ok(clear.offers.every(one => Math.abs(one.mean - 0.5) < 0.03) && Math.abs(clear.overall.mean - 0.5) < 0.1)
  const dim = valueFactors([group('A', 1e6, -2e6, 4e6)], [])!
  assert.ok(dim.offers[0]!.mean > 0.85 && dim.offers[0]!.mean < 1, `${dim.offers[0]!.mean}`)
  const unlike = valueFactors(
    [group('A', 1e6, 1e6, 5e4), group('B', 1e6, 2e5, 5e4), group('C', 1e6, 6e5, 5e4)],
    [
      {
        ...{ asOf: '2010-01-01', segment: 'S', promised: 0, gained: 3e5, error: 3e4 },
        offers: [{ offer: 'B', promised: 1e6 }],
      },
    ],
  )!
  const of = (offer: string) => unlike.offers.find(one => one.offer === offer)!
  assert.ok(of('A').mean > 0.9 && of('B').mean < 0.3 && of('A').low > of('B').high)
  assert.ok(unlike.segments[0]!.mean > 1, 'the segment earned more than its offers do elsewhere')
})

test('too little teaches nothing, and no layer is believed beyond four', () => {
  assert.equal(calibrate([cell('A', 'X', 'email', 5, 9)], ['2010-01-01']), null)
  const wild = calibrate([cell('A', 'X', 'email', 100, 1500), cell('B', 'X', 'email', 1000, 100)], ['2010-01-01'])!
  assert.ok(wild.cells.every(({ mean, level }) => mean / level <= 4 && mean / level >= 0.25 && level <= 4))
  assert.ok([...wild.levels!, ...wild.cells].every(({ mean, low, high }) => low <= mean && mean <= high))
})

test('the value of an option follows the factor of its customer’s segment', () => {
  const offer = offerSchema.parse({
    ...{
      id: 'X',
      kind: 'loyalty',
      name: { en: 'x', zh: 'x' },
      text: { en: 'x', zh: 'x' },
      benefit: { en: 'x', zh: 'x' },
    },
    ...{
      category: null,
      channels: ['email'],
      rule: { all: [] },
      marginMinor: 1000,
      marginRate: 0.3,
      benefitCostMinor: 0,
    },
    ...{ priorAcceptance: { email: 0.1 }, incrementality: 1, minimum: 0, maximum: null },
  })
  const policy = contactPolicySchema.parse({
    ...{ currency: 'GBP', limits: [], quiet_hours: [], blackouts: [], control_share: 0.1, budget_minor: 1000 },
    channels: { email: { consent: 'email', unit_cost_minor: 0, capacity: { kind: 'none' } } },
  })
  const limits = planLimitsOf(policy)
  const axes = axesOf([offer], policy, limits)
  const standing = emptyStanding(2, [offer], policy, axes, offerRules(axes.offers, limits))
  standing.readiness.fill(1)
  standing.usualOrder.fill(Number.NaN)
  standing.calibration[1] = 1
  const acceptance = acceptanceOf([offer], axes.channels, [], limits, '2010-12-01')
  const learned = calibrate(
    [cell('A', 'X', 'email', 100, 190), cell('B', 'X', 'email', 300, 210), cell('C', 'X', 'email', 300, 290)],
    ['2010-10-01'],
  )!
  const worth = worthOf(
    standing,
    [offer],
    policy,
    axes,
    acceptance,
    [1],
    factorTables(learned, [offer], axes.channels, acceptance.mean),
  )
  const { mean, level } = learned.cells.find(one => one.segment === 'A')!
  assert.ok(mean / level > 1.3)
  // The offer was entered with 5 % when its answers came, and is now with 10 %: what was learned stands.
  assert.ok(Math.abs(worth.acceptance(0, 0, 0) - 0.05 * level) < 1e-9)
  assert.ok(Math.abs(worth.acceptance(1, 0, 0) - 0.05 * mean) < 1e-9)
  assert.ok(Math.abs(worth.value(1, 0, 0) / worth.value(0, 0, 0) - mean / level) < 1e-6)
  const poor = { acceptance: new Float64Array(4).fill(1), value: Float64Array.of(1, 0.4, 1, 1) }
  const poorer = worthOf(standing, [offer], policy, axes, acceptance, [1], poor)
  assert.ok(Math.abs(poorer.value(1, 0, 0) - 0.4 * poorer.value(0, 0, 0)) < 1e-9, 'what earns less is worth less')
  const { levels: _, overall: __, ...before } = learned
  const old = factorTables(before, [offer], axes.channels, acceptance.mean)
  assert.equal(
    old.acceptance[axes.channels.indexOf('email')],
    1,
    'plans kept before levels were learned are read as they were',
  )
  // What that plan believed is made again from what is kept with it: exposure is what the promise was divided by it.
  const basis = {
    offers: [offer],
    policy,
    limits,
    runs: {},
    meanLiking: [1],
    answers: [],
    first: { calibration: learned },
  }
  const then = believedThen(basis as unknown as PlanBasis, '2010-12-01')
  assert.ok(Math.abs(then('A', 'X', 'email')!.acceptance - worth.acceptance(1, 0, 0)) < 1e-12)
  assert.equal(then('A', 'X', 'email')!.prior, 0.1)
  assert.equal(then('A', 'unknown', 'email'), null)
  assert.equal(then.worth('A', 'X'), 1)
})
