import assert from 'node:assert/strict'
import { test } from 'node:test'
import { difference, type Moments, studentQuantile975 } from './difference.ts'

const moments = (values: readonly number[]): Moments => ({
  customers: values.length,
  sum: values.reduce((a, b) => a + b, 0),
  squares: values.reduce((a, b) => a + b * b, 0),
})

test("Student's sleep data: t −1.8608 on 17.776 degrees of freedom, −3.3655 … 0.2055 (R's t.test)", () => {
  const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
  const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
  const d = difference(moments(first), moments(second))!
  assert.ok(Math.abs(d.difference / d.standardError + 1.8608) < 1e-4)
  assert.ok(Math.abs(d.low + 3.3654832) < 2e-3 && Math.abs(d.high - 0.2054832) < 2e-3, `${d.low} … ${d.high}`)
  assert.equal(d.withinError, true)
})

test("Student's t, 97.5 %", () => {
  for (const [freedom, wanted] of [
    [1, 12.706],
    [3, 3.182],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
    [1000, 1.962],
  ] as const)
    assert.ok(Math.abs(studentQuantile975(freedom) - wanted) < 0.01, `${freedom}: ${studentQuantile975(freedom)}`)
})

test('the error is right: of 2,000 comparisons of like with like about 5 % lie outside', () => {
  let seed = 7
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed / 2 ** 32
  }
  // Skewed, most of it nought: as what customers spend in a month.
  const spend = () => (random() < 0.6 ? 0 : -2000 * Math.log(1 - random()))
  let outside = 0
  for (let trial = 0; trial < 2000; trial++) {
    const planned = moments(Array.from({ length: 300 }, spend))
    const control = moments(Array.from({ length: 60 }, spend))
    if (!difference(planned, control)!.withinError) outside++
  }
  assert.ok(outside > 60 && outside < 160, `${outside} of 2000`)
})

test('a group too small has no error', () => {
  assert.equal(difference(moments([1, 2]), moments([3])), null)
  assert.equal(difference(moments([]), moments([])), null)
})
