import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random } from './random.ts'

const draw = (seed: string) => {
  const random = new Random(seed)
  return Array.from({ length: 2000 }, () => random.next())
}

test('a seed gives its numbers again, another seed others', () => {
  assert.deepEqual(draw('a'), draw('a'))
  assert.notDeepEqual(draw('a'), draw('b'))
})

test('numbers are even over [0, 1) and weights are kept', () => {
  const numbers = draw('even')
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length
  assert.ok(Math.abs(mean - 0.5) < 0.02, `mean ${mean}`)
  assert.ok(numbers.every(number => number >= 0 && number < 1))
  const random = new Random('weights')
  const heavy = Array.from({ length: 4000 }, () =>
    random.weighted([
      ['a', 3],
      ['b', 1],
    ]),
  ).filter(each => each === 'a').length
  assert.ok(Math.abs(heavy / 4000 - 0.75) < 0.03, `share ${heavy / 4000}`)
})
