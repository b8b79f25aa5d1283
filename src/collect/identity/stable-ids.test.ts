import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { stableIds } from './stable-ids.ts'

const none = (n: number) => new Float64Array(n)

test('the same entities keep their numbers, whatever is loaded beside them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(20), { minLength: 1, maxLength: 40 }),
      fc.array(fc.nat(20), { maxLength: 20 }),
      (labels, more) => {
        const rootsOf = (list: number[]) => Uint32Array.from(list, label => list.indexOf(label))
        const first = stableIds(rootsOf(labels), none(labels.length), 1)
        const all = [...labels, ...more.map(label => label + 100)]
        const previous = Float64Array.from(all, (_, i) => first.customer[i] ?? 0)
        const again = stableIds(rootsOf(all), previous, 1000)
        assert.equal(again.changed, 0)
        assert.equal(again.redirects.size, 0)
        labels.forEach((_, i) => {
          assert.equal(again.customer[i], first.customer[i])
        })
      },
    ),
  )
})

test('of two customers that become one the larger keeps its number and the other is redirected', () => {
  const { customer, redirects, changed } = stableIds(Uint32Array.of(0, 0, 0, 0), Float64Array.of(7, 9, 9, 0), 20)
  assert.deepEqual([...customer], [9, 9, 9, 9])
  assert.deepEqual([...redirects], [[7, 9]])
  assert.equal(changed, 1)
})

test('of a customer that falls apart the larger part keeps the number', () => {
  const { customer } = stableIds(Uint32Array.of(0, 1, 1), Float64Array.of(5, 5, 5), 20)
  assert.deepEqual([...customer], [20, 5, 5])
})
