import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bgNbd } from '../value/bg-nbd.ts'
import { futureMoments } from '../value/future-moments.ts'
import { yearlySteps } from '../value/horizons.ts'
import { countShape } from './count-shape.ts'

test("the negative binomial has the model's own mean and chance of none", () => {
  const positive = fc.double({ min: 0.2, max: 4, noNaN: true })
  fc.assert(
    fc.property(positive, positive, fc.integer({ min: 0, max: 20 }), (r, a, x) => {
      const p = Float64Array.from([r, 60, a, 4])
      for (const moments of futureMoments(
        bgNbd,
        p,
        x,
        300,
        yearlySteps(2, 0, days => days),
      )) {
        const k = countShape(moments)
        // Leaving takes from the mean and not from the chance of none, which can then be below Poisson's: as near as it gets.
        if (moments.none < Math.exp(-moments.purchases)) assert.ok(k > 0.99e6)
        else assert.ok(Math.abs((1 + moments.purchases / k) ** -k - moments.none) < 1e-6, `${k}`)
      }
    }),
  )
})
