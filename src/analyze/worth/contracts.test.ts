import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { seededRandom } from '../math/random.ts'
import { type Contract, contractOf, contractValue, fitContracts } from './contracts.ts'
import { dayOf } from './season-clock.ts'

const asOf = dayOf('2020-01-01')
const row = (began: string, ended = '', months = '', margin = '') => ({ customer_id: 1, began, ended, months, margin })

test('a contract from its attributes: running, ended, with periods and margin of its own', () => {
  const running = contractOf(row('2017-07-01'), asOf)!
  assert.deepEqual([running.renewals, running.ended, running.periods], [2, false, 3])
  assert.ok(Math.abs(running.next - 182) < 2)
  const ended = contractOf(row('2017-07-01', '2018-07-02'), asOf)!
  assert.deepEqual([ended.renewals, ended.ended], [1, true])
  const later = contractOf(row('2017-07-01', '2020-06-30'), asOf)!
  assert.equal(later.ended, false, 'an end still to come is no end yet')
  const monthly = contractOf(row('2019-07-01', '', '1', '4500'), asOf)!
  assert.deepEqual([monthly.renewals, monthly.marginMinor], [6, 4500])
  assert.equal(contractOf(row('2020-03-01'), asOf), undefined, 'not begun')
  assert.equal(contractOf(row('soon'), asOf), undefined, 'no date')
})

/** Yearly contracts that began over ten years, each with a chance of its own to be ended at a renewal. */
function simulated(customers: number): { contracts: Contract[]; later: number[] } {
  const random = seededRandom(12)
  const contracts: Contract[] = []
  const later: number[] = []
  for (let c = 0; c < customers; c++) {
    const began = Math.floor(3600 * random.uniform()) + 30
    const goes = random.beta(1.2, 4)
    const possible = Math.floor(began / 365.25)
    let survived = 0
    while (survived < possible && random.uniform() >= goes) survived++
    const ended = survived < possible
    contracts.push({
      customerId: c,
      renewals: ended ? survived + 1 : survived,
      ended,
      next: (survived + 1) * 365.25 - began,
      days: 365.25,
      marginMinor: 10_000,
      periods: 1,
    })
    let paid = 0
    for (let at = (survived + 1) * 365.25 - began; !ended && at < 1095 && random.uniform() >= goes; at += 365.25) paid++
    later.push(10_000 * paid)
  }
  return { contracts, later }
}

test('what contracts are worth over three years is what simulated ones paid, and the interval holds it', () => {
  const { contracts, later } = simulated(6000)
  const fit = fitContracts(contracts)
  assert.equal(fit.converged, true)
  let [said, came, inside, running] = [0, 0, 0, 0]
  for (const [i, contract] of contracts.entries()) {
    const value = contractValue(fit.parameters, contract, 10_000, 1095, 0)
    said += value.margin
    came += later[i]!
    if (contract.ended) {
      assert.deepEqual([value.margin, value.high], [0, 0])
      continue
    }
    running++
    if (later[i]! >= value.low && later[i]! <= value.high) inside++
  }
  assert.ok(Math.abs(said / came - 1) < 0.03, `${said} expected, ${came} paid`)
  assert.ok(inside / running >= 0.95, `${inside} of ${running}`)
})

test('value and what leaving costs make up what nobody leaving would pay; more is worth more', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 5, noNaN: true }),
      fc.double({ min: 0.1, max: 20, noNaN: true }),
      fc.integer({ min: 0, max: 10 }),
      fc.double({ min: 0, max: 0.3, noNaN: true }),
      (alpha, beta, renewals, rate) => {
        const contract = {
          customerId: 1,
          renewals,
          ended: false,
          next: 100,
          days: 365.25,
          marginMinor: 500,
          periods: 1,
        }
        const p = [alpha, beta] as unknown as Float64Array
        const [one, three] = [365, 1095].map(days => contractValue(p, contract, 500, days, rate))
        const certain = [0, 1, 2].reduce((s, k) => s + 500 / (1 + rate) ** ((100 + 365.25 * k) / 365), 0)
        assert.ok(Math.abs(three!.margin + three!.lost - certain) < 1e-6 * certain)
        assert.ok(three!.margin >= one!.margin && three!.low <= three!.high && three!.high <= certain + 1e-9)
      },
    ),
  )
})

test('too few contracts are not fitted', () => {
  const { contracts } = simulated(20)
  assert.deepEqual([fitContracts(contracts).converged, fitContracts(contracts).problem], [false, 'too-few-customers'])
})
