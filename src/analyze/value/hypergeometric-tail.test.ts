import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hypergeometricTail } from './hypergeometric-tail.ts'

/** The series as it stands, however many terms it takes. */
function plain(A: number, C: number, z: number): number {
  let [term, sum] = [1, 1]
  for (let n = 0; term > 1e-18 * (1 - z) * sum; n++) {
    term *= ((A + n) / (C + n)) * z
    sum += term
  }
  return Math.log(sum)
}

const tail = (A: number, C: number, z: number) => {
  const out = new Float64Array(4)
  hypergeometricTail(A, C, z, out)
  return out
}
const positive = fc.double({ min: -4, max: 6, noNaN: true }).map(Math.exp)
/** 1 − z from 1 down to 2e-5: series and integral both. The worst seen in thousands of cases is 3e-11, with C near 1. */
const argument = fc.double({ min: 0, max: 11, noNaN: true }).map(v => 1 - Math.exp(-v))

test('series and integral are the plain series, on both sides of the border between them', () => {
  fc.assert(
    fc.property(positive, positive, argument, (A, above, z) => {
      const C = A + 1 + above
      const [got, want] = [tail(A, C, z)[0]!, plain(A, C, z)]
      assert.ok(Math.abs(got - want) < 1e-10 * (1 + Math.abs(want)), `${got} is not ${want}`)
    }),
  )
})

test('where C is as near to A as the Pareto/NBD allows, a rare buyer with β above α', () => {
  fc.assert(
    fc.property(positive, fc.double({ min: 0.01, max: 1, noNaN: true }), argument, (A, r, z) => {
      const C = A + r
      if (C <= 1) return
      const [got, want] = [tail(A, C, z)[0]!, plain(A, C, z)]
      assert.ok(Math.abs(got - want) < 1e-10 * (1 + Math.abs(want)), `${got} is not ${want}`)
    }),
  )
})

test('the derivatives are slopes', () => {
  fc.assert(
    fc.property(positive, positive, argument, (A, above, z) => {
      const C = A + 1 + above
      const got = tail(A, C, z)
      const h = 1e-5
      const slopes = [
        (tail(A * (1 + h), C, z)[0]! - tail(A * (1 - h), C, z)[0]!) / (2 * h * A),
        (tail(A, C * (1 + h), z)[0]! - tail(A, C * (1 - h), z)[0]!) / (2 * h * C),
        z > 0
          ? (tail(A, C, z + h * (1 - z))[0]! - tail(A, C, z - h * (1 - z) * z)[0]!) / (h * (1 - z) * (1 + z))
          : A / C,
      ]
      const sizes = [A, C, 1 - z]
      for (const [k, slope] of slopes.entries())
        assert.ok(Math.abs(got[k + 1]! - slope) * sizes[k]! < 1e-4 * (1 + Math.abs(slope * sizes[k]!)), `${k}`)
    }),
  )
})
