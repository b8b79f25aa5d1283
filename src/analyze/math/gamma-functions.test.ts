import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { digamma, logBeta, logGamma } from './gamma-functions.ts'

const near = (got: number, want: number, tolerance: number) =>
  assert.ok(Math.abs(got - want) <= tolerance * Math.max(1, Math.abs(want)), `${got} is not ${want}`)

test('ln Γ at points known exactly', () => {
  near(logGamma(1), 0, 1e-14)
  near(logGamma(0.5), 0.5 * Math.log(Math.PI), 1e-14)
  near(logGamma(11), Math.log(3628800), 1e-14)
  near(logGamma(0.001), 6.907178885383853, 1e-14)
  near(logBeta(2, 3), Math.log(1 / 12), 1e-13)
})

test('ψ at points known exactly', () => {
  const euler = 0.5772156649015329
  near(digamma(1), -euler, 1e-14)
  near(digamma(0.5), -euler - 2 * Math.log(2), 1e-14)
})

test('the recurrences hold everywhere', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e4, noNaN: true }), x => {
      near(logGamma(x + 1), logGamma(x) + Math.log(x), 2e-14)
      assert.ok(Math.abs(digamma(x + 1) - digamma(x) - 1 / x) <= 1e-13 * Math.max(10, 1 / x))
    }),
  )
})
