import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { allocate } from './allocate.ts'
import { benchmarkInstance } from './instance.ts'
import { byFallingKey } from './order.ts'
import { f64, u8 } from './problem.ts'
import { solve } from './solve.ts'
import { checkPlan } from './verify.ts'

test('39 limits, 20,000 customers: every limit kept, gap far below 0.1 %', () => {
  const problem = benchmarkInstance(20_000, 10, 3)
  const got = solve(problem)
  assert.equal(got.feasible, true)
  assert.deepEqual(checkPlan(problem, got.chosen), [])
  assert.ok(got.value <= got.bound && got.gap < 5e-4, `gap ${got.gap}`)
  for (const [r, price] of got.prices.entries()) {
    if (price > 0) assert.ok(got.used[r]! >= problem.max[r]! * 0.995, `limit ${r} costs but is not used up`)
    if (price < 0) assert.ok(got.used[r]! <= problem.min[r]! * 1.005, `minimum ${r} costs but is exceeded`)
  }
})

test('at most two each, from groups of which one may be taken', () => {
  const problem = benchmarkInstance(8_000, 12, 5)
  problem.most = 2
  // One group per offer: five codes each, and options are sorted by code.
  problem.group = new Uint32Array(problem.codes).map((_, code) => Math.floor(code / 5))
  const got = solve(problem)
  assert.deepEqual(checkPlan(problem, got.chosen), [])
  assert.ok(got.gap < 1e-3, `gap ${got.gap}`)
})

test('the answer is the same, bit for bit, for one thread and for three', async () => {
  const problem = benchmarkInstance(12_000, 10, 11)
  const one = solve(problem, { threads: 1 })
  const three = await allocate(problem, { threads: 3 })
  assert.equal(three.value, one.value)
  assert.equal(three.bound, one.bound)
  assert.deepEqual([...three.prices], [...one.prices])
  assert.equal(Buffer.compare(Buffer.from(three.chosen), Buffer.from(one.chosen)), 0)
})

test('customers whose cap is 0 get nothing and cost nothing', () => {
  const problem = benchmarkInstance(3_000, 10, 2)
  problem.cap = u8(3_000).map((_, c) => (c % 3 === 0 ? 0 : 1))
  problem.min.fill(0)
  const got = solve(problem)
  assert.deepEqual(checkPlan(problem, got.chosen), [])
  for (let c = 0; c < 3_000; c += 3)
    for (let j = problem.start[c]!; j < problem.start[c + 1]!; j++) assert.equal(got.chosen[j], 0)
})

test('after a limit changed, the last prices give the same bound in half the passes or fewer', () => {
  const problem = benchmarkInstance(30_000, 10, 9)
  const first = solve(problem)
  const max = f64(problem.resources)
  max.set(problem.max)
  max[35] = Math.floor(max[35]! * 0.9) // the budget
  const cold = solve({ ...problem, max })
  const warm = solve({ ...problem, max }, { prices: first.prices })
  assert.ok(Math.abs(warm.bound - cold.bound) <= 2e-4 * cold.bound, `${warm.bound} against ${cold.bound}`)
  assert.ok(warm.passes * 2 <= cold.passes, `${warm.passes} passes against ${cold.passes}`)
  assert.ok(warm.value < first.value)
})

test('out of time: a plan that keeps every limit, marked as stopped', () => {
  const problem = benchmarkInstance(50_000, 10, 4)
  const got = solve(problem, { seconds: 0.02 })
  assert.equal(got.stopped, true)
  assert.equal(got.feasible, true)
  assert.deepEqual(checkPlan(problem, got.chosen), [])
  assert.ok(got.value <= got.bound)
})

test('nothing worth having, and values all below nought', () => {
  const problem = benchmarkInstance(500, 5, 8)
  problem.value.fill(-1)
  problem.min.fill(0)
  const got = solve(problem)
  assert.equal(got.value, 0)
  assert.ok(got.bound >= 0 && got.bound < 1e-6)
  problem.value.fill(0)
  assert.equal(solve(problem).gap, 0)
})

test('order by falling key: as a comparison sort would, ties by index', () => {
  fc.assert(
    fc.property(fc.array(fc.float({ noNaN: true }), { maxLength: 6000, minLength: 4200, size: 'max' }), numbers => {
      const keys = Float32Array.from(numbers, x => (x === 0 ? 0 : x))
      const wanted = [...keys.keys()].sort((a, b) => (keys[b]! > keys[a]! ? 1 : keys[b]! < keys[a]! ? -1 : a - b))
      assert.deepEqual([...byFallingKey(keys)], wanted)
    }),
    { numRuns: 5 },
  )
})
