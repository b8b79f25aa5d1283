import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { associationRules } from './association-rules.ts'
import { type Baskets, basketsFromLines } from './baskets.ts'
import { frequentItemsets } from './frequent-itemsets.ts'

const fromLists = (lists: readonly (readonly number[])[], itemCount: number): Baskets =>
  basketsFromLines(
    lists.flatMap((list, b) => list.map(() => b)),
    lists.flat(),
    itemCount,
  )
const rulesOf = (baskets: Baskets, minCount: number, minConfidence: number, minLength = 1, maxLength = 10) => {
  const tree = frequentItemsets(baskets, { minCount, maxLength, mostSets: 1e6 })!
  return associationRules(tree, { minConfidence, minLength, mostRules: 1e6 })!
}

test('the rules are those of trying every set', () => {
  const lists = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 1 }), {
    minLength: 1,
    maxLength: 30,
  })
  fc.assert(
    fc.property(
      lists,
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(0.25, 0.5, 0.8, 1),
      fc.integer({ min: 1, max: 3 }),
      (baskets, minCount, minConfidence, minLength) => {
        const having = (set: number[]) => baskets.filter(list => set.every(item => list.includes(item))).length
        const wanted: string[] = []
        for (let bits = 1; bits < 64; bits++) {
          const set = [0, 1, 2, 3, 4, 5].filter(item => bits & (1 << item))
          if (set.length < minLength || having(set) < minCount) continue
          for (const rhs of set) {
            const lhs = set.filter(item => item !== rhs)
            const confidence = having(set) / having(lhs)
            if (confidence < minConfidence) continue
            const lift = confidence / (having([rhs]) / baskets.length)
            wanted.push(`${lhs} ⇒ ${rhs} ${having(set)} ${confidence.toFixed(9)} ${lift.toFixed(9)}`)
          }
        }
        const got = rulesOf(fromLists(baskets, 6), minCount, minConfidence, minLength).map(
          ({ lhs, rhs, count, confidence, lift }) =>
            `${lhs.sort()} ⇒ ${rhs} ${count} ${confidence.toFixed(9)} ${lift.toFixed(9)}`,
        )
        assert.deepEqual(got.sort(), wanted.sort())
      },
    ),
  )
})

test('sets stop at the longest asked for; too many are not kept', () => {
  const baskets = fromLists(
    Array.from({ length: 9 }, () => [0, 1, 2, 3]),
    4,
  )
  const longest = (maxLength: number) => Math.max(...rulesOf(baskets, 2, 0.5, 1, maxLength).map(r => r.lhs.length + 1))
  assert.deepEqual([1, 2, 3, 9].map(longest), [1, 2, 3, 4])
  assert.equal(frequentItemsets(baskets, { minCount: 2, maxLength: 9, mostSets: 10 }), undefined)
})

const file = fileURLToPath(new URL('../../../../shared/data/retail/groceries.csv', import.meta.url))
describe('Groceries, 9,835 baskets: as many rules as R’s arules finds', { skip: !existsSync(file) }, () => {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split(/\r?\n/) : []
  const names = [...new Set(lines.flatMap(line => line.split(',')))]
  const number = new Map(names.map((name, k) => [name, k]))
  const baskets = fromLists(
    lines.map(line => line.split(',').map(name => number.get(name)!)),
    names.length,
  )
  const rules = (support: number, confidence: number, minLength?: number) =>
    rulesOf(baskets, Math.ceil(support * lines.length), confidence, minLength)

  test('9,835 baskets of 169 items', () => assert.deepEqual([lines.length, names.length], [9835, 169]))
  test('support .001, confidence .8: 410', () => assert.equal(rules(0.001, 0.8).length, 410))
  test('support .001, confidence .5: 5,668', () => assert.equal(rules(0.001, 0.5).length, 5668))
  test('support .006, confidence .25, two items or more: 463, herbs ⇒ root vegetables first with lift 3.9565', () => {
    const found = rules(0.006, 0.25, 2)
    assert.equal(found.length, 463)
    const [first] = found
    assert.deepEqual([first!.lhs.map(item => names[item]), names[first!.rhs]], [['herbs'], 'root vegetables'])
    assert.equal(first!.lift.toFixed(4), '3.9565')
  })
})
