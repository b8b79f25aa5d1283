import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cuped, gainOf, type PairedMoments } from './cuped.ts'

const moments = (rows: readonly (readonly [number, number])[]): PairedMoments => ({
  n: rows.length,
  ...{ y: sum(rows, ([, y]) => y), yy: sum(rows, ([, y]) => y * y), x: sum(rows, ([x]) => x) },
  ...{ xx: sum(rows, ([x]) => x * x), xy: sum(rows, ([x, y]) => x * y) },
})
const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((total, row) => total + of(row), 0)

function world(effect: number, seed: number) {
  let state = seed
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const row = (more: number): [number, number] => {
    const before = -1000 * Math.log(1 - random())
    return [before, 0.8 * before + 200 * random() + more]
  }
  return {
    planned: moments(Array.from({ length: 400 }, () => row(effect))),
    control: moments(Array.from({ length: 80 }, () => row(0))),
  }
}

test('what was known before is taken out: the effect stays, most of the spread goes', () => {
  const { planned, control } = world(100, 7)
  const found = cuped(planned, control)!
  assert.ok(Math.abs(found.difference - 100) < 4 * found.standardError && found.standardError < 15)
  assert.ok(found.saved > 0.9, `${found.saved}`)
  assert.equal(cuped(planned, { ...control, n: 1 }), null)
})

test('of 400 comparisons of like with like about one in twenty lies outside two errors', () => {
  let outside = 0
  for (let seed = 1; seed <= 400; seed++) {
    const { planned, control } = world(0, seed * 7919)
    const { difference, standardError } = cuped(planned, control)!
    if (Math.abs(difference) > 1.96 * standardError) outside++
  }
  assert.ok(outside >= 8 && outside <= 36, `${outside} of 400`)
})

test('without a past there is nothing to take out', () => {
  const flat = (y: number[]) => moments(y.map(one => [0, one] as const))
  const found = cuped(flat([1, 2, 3, 4]), flat([1, 1, 2, 2]))!
  assert.equal(found.difference, found.plain)
  assert.equal(found.saved, 0)
})

test('what was gained is the difference times those planned, put together over rows; too few held out tell nothing', () => {
  const rows = (arm: string, y: number[]) => y.map(one => ({ arm, ...moments([[0, one]]) }))
  const found = gainOf([...rows('planned', [5, 7, 6, 6]), ...rows('control', [3, 5, 4])])!
  assert.deepEqual([found.planned, found.control, found.gain], [4, 3, 8])
  assert.ok(found.freedom >= 1 && found.variance > 0)
  assert.equal(gainOf([...rows('planned', [5, 7]), ...rows('control', [3])]), null)
  assert.equal(gainOf([...rows('planned', [5, 7]), ...rows('control', [3, 4, 5])], 10), null)
})
