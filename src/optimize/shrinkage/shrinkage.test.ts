import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offerSchema } from '../offers/offer.ts'
import { planLimitsOf } from '../offers/plan-limits.ts'
import { acceptanceOf } from '../options/acceptance.ts'
import { axesOf } from '../options/axes.ts'
import { offerRules } from '../options/offer-history.ts'
import { emptyStanding } from '../options/standing.ts'
import { worthOf } from '../options/worth.ts'
import { contactPolicySchema } from '../policy/contact-policy.ts'
import { calibrate, factorTable, type PastCell } from './calibration.ts'
import { factorOf, shapeOf } from './shrink-factors.ts'

const cell = (segment: string, offer: string, channel: string, expected: number, taken: number): PastCell => ({
  ...{ segment, offer, channel, contacts: expected * 20, expected, taken },
})

test('cells that differ by chance alone have no factors; those that differ have, the more the more was answered', () => {
  const alike = [48, 52, 50, 47, 55, 50].map(taken => ({ expected: 50, taken }))
  assert.equal(shapeOf(alike), Number.POSITIVE_INFINITY)
  const unlike = [20, 90, 45, 130, 25, 60].map(taken => ({ expected: 50, taken }))
  const shape = shapeOf(unlike)
  assert.ok(shape > 1 && shape < 10, `${shape}`)
  const [many, few] = [factorOf({ expected: 500, taken: 1000 }, shape), factorOf({ expected: 2, taken: 4 }, shape)]
  assert.ok(many.mean > 1.9 && many.mean < 2 && many.low > 1.85 && many.high < 2.15)
  assert.ok(few.mean > 1 && few.mean < 1.5 && few.low < 1)
})

test('the level of an offer is left to the believed acceptance; what a segment does otherwise is its own', () => {
  const segments = ['A', 'B', 'C', 'D']
  const all = segments.flatMap(segment =>
    ['X', 'Y'].flatMap(offer =>
      ['email', 'letter'].map(channel => {
        // Everybody takes half of what was said of offer Y; customers of C twice as much of everything.
        const truth = (offer === 'Y' ? 0.5 : 1) * (segment === 'C' ? 2 : 1)
        return cell(segment, offer, channel, 60, Math.round(60 * truth))
      }),
    ),
  )
  const learned = calibrate(all, ['2010-01-01'])!
  const factor = (segment: string) => learned.segments.find(one => one.segment === segment)!.factor
  // Over all, C among four: 2 against a mean of 1.25.
  assert.ok(Math.abs(factor('C') - 1.6) < 0.12, `${factor('C')}`)
  for (const segment of ['A', 'B', 'D']) assert.ok(Math.abs(factor(segment) - 0.8) < 0.08)
  const y = learned.cells.find(one => one.segment === 'C' && one.offer === 'Y')!
  assert.ok(Math.abs(y.mean - factor('C')) < 0.15 && y.level < 0.8)
  const table = factorTable(learned, ['X', 'Y', 'Z'], ['email', 'letter', 'sms'])
  const at = (segment: number, offer: number, channel: number) => table[(segment * 3 + offer) * 3 + channel]!
  assert.equal(at(0, 0, 0), 1)
  assert.equal(at(3, 1, 0), y.mean)
  // An offer nobody has been sent has the segment's own factor.
  assert.equal(at(3, 2, 2), factor('C'))
})

test('too little teaches nothing, and no factor is believed beyond four', () => {
  assert.equal(calibrate([cell('A', 'X', 'email', 5, 9)], ['2010-01-01']), null)
  const wild = calibrate([cell('A', 'X', 'email', 100, 1500), cell('B', 'X', 'email', 1000, 100)], ['2010-01-01'])!
  assert.ok(wild.cells.every(({ mean }) => mean <= 4 && mean >= 0.25))
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
    factorTable(learned, axes.offers, axes.channels),
  )
  const factor = learned.cells.find(one => one.segment === 'A')!.mean
  assert.ok(factor > 1.3)
  assert.ok(Math.abs(worth.acceptance(0, 0, 0) - 0.1) < 1e-9)
  assert.ok(Math.abs(worth.acceptance(1, 0, 0) - 0.1 * factor) < 1e-9)
  assert.ok(Math.abs(worth.value(1, 0, 0) / worth.value(0, 0, 0) - factor) < 1e-6)
})
