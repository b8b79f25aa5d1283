import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AlarmModel, findAlarms, learnAlarms, type WatchSettings } from './find-alarms.ts'
import type { CustomerMeasure } from './measure.ts'
import { type Change, simulate } from './simulate.ts'

const settings: WatchSettings = {
  asOf: 15_000,
  window: 90,
  rate: 0.05,
  measures: ['silence', 'drop', 'rise', 'category', 'returns', 'complaints'],
}
/** Sales of the year's last weeks are twice those of its middle: everybody's season, nobody's change. */
const season = (daysBefore: number): number => 0.5 + 0.5 * Math.cos((Math.PI * daysBefore) / 365) ** 2

test('customers who behave as ever: false alarms stay at the rate chosen, measure by measure', () => {
  const sums = new Map<CustomerMeasure, { alarms: number; watched: number; learned: number }>()
  for (const seed of [1, 2]) {
    const behaviour = simulate({ customers: 2500, seed, asOf: settings.asOf, window: settings.window, season })
    for (const figure of findAlarms(learnAlarms(behaviour, settings), behaviour).figures) {
      const sum = sums.get(figure.measure) ?? { alarms: 0, watched: 0, learned: 0 }
      sum.alarms += figure.alarms
      sum.watched += figure.watched
      sum.learned += figure.learnedFrom
      sums.set(figure.measure, sum)
    }
  }
  const alpha = settings.rate / settings.measures.length
  for (const [measure, { alarms, watched, learned }] of sums) {
    if (measure === 'complaints') assert.equal(watched, 0)
    else {
      assert.ok(watched > 3500, `${measure}: ${watched}`)
      // The error of so many windows watched, and of the threshold learned from so many; windows of one customer are alike, so four times the least.
      const error = Math.sqrt(alpha * (1 - alpha) * (1 / watched + 4 / learned))
      assert.ok(
        Math.abs(alarms / watched - alpha) < 3.5 * error,
        `${measure}: ${alarms / watched} of ${alpha} ± ${error}`,
      )
    }
  }
})

test('changes put in are found, with the power stated, and about the right thing', () => {
  const kinds: [Change, CustomerMeasure, number][] = [
    ['stops', 'silence', 0.5],
    ['half', 'drop', 0.2],
    ['triple', 'rise', 0.45],
    ['category', 'category', 0.4],
    ['returns', 'returns', 0.6],
  ]
  const changeOf = (i: number): Change => (i % 10 === 0 ? kinds[(i / 10) % kinds.length]![0] : 'none')
  const behaviour = simulate({
    customers: 4000,
    seed: 99,
    asOf: settings.asOf,
    window: settings.window,
    changeOf,
    season,
  })
  const { alarms } = findAlarms(learnAlarms(behaviour, settings), behaviour)
  for (const [change, measure, power] of kinds) {
    const changed = Array.from({ length: 4000 }, (_, i) => i + 1).filter(i => changeOf(i) === change)
    const found = changed.filter(i => alarms.some(alarm => alarm.customer === i && alarm.measure === measure))
    assert.ok(found.length / changed.length >= power, `${change}: ${found.length} of ${changed.length}`)
  }
  // Of those who changed nothing no more are in alarm than the rate allows, whatever happened to the others.
  const falsely = new Set(
    alarms.filter(({ customer }) => changeOf(customer) === 'none').map(({ customer }) => customer),
  )
  assert.ok(falsely.size / 3600 < settings.rate, `${falsely.size}`)
  // The less likely an alarm is by chance, the more of its kind are real.
  const sure = alarms.filter(({ q, measure }) => q < 0.2 && measure === 'returns')
  const wrong = sure.filter(({ customer }) => changeOf(customer) !== 'returns')
  assert.ok(sure.length > 20 && wrong.length / sure.length < 0.35, `${wrong.length} of ${sure.length}`)
  for (const { measure, observed, low, high } of alarms)
    assert.ok(observed < low || observed > high || measure === 'silence', `${measure} ${observed} ${low} ${high}`)
})

test('too short a past: the measure says so and raises nothing', () => {
  const behaviour = simulate({ customers: 60, seed: 5, asOf: settings.asOf, window: settings.window })
  const strict = { ...settings, rate: 0.0005 }
  const { alarms, figures } = findAlarms(learnAlarms(behaviour, strict), behaviour)
  assert.equal(alarms.length, 0)
  assert.ok(figures.every(({ problem }) => problem !== null))
})

test('one part of the customers is judged by what was learned of another', () => {
  const world = { asOf: settings.asOf, window: settings.window }
  const model: AlarmModel = learnAlarms(simulate({ ...world, customers: 1500, seed: 11 }), settings)
  const { figures } = findAlarms(model, simulate({ ...world, customers: 1500, seed: 12 }))
  for (const { measure, alarms, expectedFalse } of figures)
    if (measure !== 'complaints')
      assert.ok(
        Math.abs(alarms - expectedFalse) < 4.5 * Math.sqrt(expectedFalse),
        `${measure} ${alarms} ${expectedFalse}`,
      )
})
