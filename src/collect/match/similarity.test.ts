import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { editDistance, jaroWinkler } from './similarity.ts'

const units = (text: string) => Uint16Array.from(text, char => char.charCodeAt(0))
const jw = (a: string, b: string) => jaroWinkler(units(a), 0, a.length, units(b), 0, b.length)
const distance = (a: string, b: string, limit = 5) => editDistance(units(a), 0, a.length, units(b), 0, b.length, limit)

test("Winkler's published values", () => {
  for (const [a, b, value] of [
    ['martha', 'marhta', 0.961],
    ['dwayne', 'duane', 0.84],
    ['dixon', 'dicksonx', 0.813],
  ] as const) {
    assert.ok(Math.abs(jw(a, b) - value) < 0.001, `${a} ${b} ${jw(a, b)}`)
  }
})

test('Chinese characters count as one sign each', () => {
  assert.equal(distance('王小明', '王晓明'), 1)
  assert.equal(distance('abcd', 'acbd'), 1)
  assert.equal(distance('abc', 'xyz', 2), 3)
})

test('symmetric, one for equal texts, and a distance obeys its limit', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '王'), maxLength: 12 })
  fc.assert(
    fc.property(text, text, fc.integer({ min: 0, max: 4 }), (a, b, limit) => {
      assert.ok(Math.abs(jw(a, b) - jw(b, a)) < 1e-12)
      if (a !== '') assert.equal(jw(a, a), 1)
      assert.equal(distance(a, b, 12) <= limit ? distance(a, b, 12) : limit + 1, distance(a, b, limit))
    }),
  )
})
