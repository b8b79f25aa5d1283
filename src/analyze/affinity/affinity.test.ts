import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { seededRandom } from '../math/random.ts'
import { affinePairs, poissonAtLeast } from './affinity.ts'
import { type Baskets, basketCount, basketsFromLines } from './baskets.ts'
import { countPairs, pairAt } from './count-pairs.ts'

const fromLists = (lists: readonly (readonly number[])[], itemCount: number): Baskets =>
  basketsFromLines(
    lists.flatMap((list, b) => list.map(() => b)),
    lists.flat(),
    itemCount,
  )

test('a line that stands twice in a basket counts once', () => {
  const baskets = basketsFromLines([9, 9, 9, 4], [2, 1, 2, 2], 3)
  assert.deepEqual(
    [[...baskets.start], [...baskets.items]],
    [
      [0, 2, 3],
      [1, 2, 2],
    ],
  )
})

test('pair counts are those of counting by hand', () => {
  const lists = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 10 }), {
    minLength: 1,
  })
  fc.assert(
    fc.property(lists, baskets => {
      const counts = countPairs(fromLists(baskets, 10), { minBaskets: 1 })
      const n = counts.items.length
      assert.equal(counts.baskets, baskets.length)
      for (let i = 0; i < n; i++) {
        const a = counts.items[i]!
        assert.equal(counts.single[i], baskets.filter(list => list.includes(a)).length)
        for (let j = i + 1; j < n; j++) {
          const b = counts.items[j]!
          const both = baskets.filter(list => list.includes(a) && list.includes(b)).length
          assert.equal(counts.pair[pairAt(i, j, n)], both)
        }
      }
    }),
  )
})

test('where nothing belongs together almost nothing is found; a planted pair is', () => {
  const random = seededRandom(4)
  const lists = Array.from({ length: 20_000 }, () => {
    const list = new Set<number>()
    for (let item = 0; item < 100; item++) if (random.uniform() < 0.05) list.add(item)
    if (random.uniform() < 0.02) for (const item of [7, 42]) list.add(item)
    return [...list]
  }).filter(list => list.length > 0)
  const counts = countPairs(fromLists(lists, 100), { minBaskets: 20 })
  const pairs = affinePairs(counts)
  const names = [...pairs.a.keys()].map(k =>
    [counts.items[pairs.a[k]!]!, counts.items[pairs.b[k]!]!].sort((x, y) => x - y).join('+'),
  )
  assert.ok(names.includes('7+42'))
  assert.ok(names.length <= 3, `${names.length} found among 4,950 pairs of chance`)
  const k = names.indexOf('7+42')
  assert.ok(pairs.shrunkLift[k]! > 1 && pairs.shrunkLift[k]! < pairs.lift[k]!, 'drawn towards 1')
})

test('customers who own much make no affinity; one beyond that is found', () => {
  const random = seededRandom(9)
  const lists = Array.from({ length: 6000 }, (_, u) => {
    const share = u % 10 === 0 ? 0.4 : 0.04
    const list = new Set<number>()
    for (let item = 0; item < 60; item++) if (random.uniform() < share * (0.4 + item / 50)) list.add(item)
    if (list.has(7) && random.uniform() < 0.3) list.add(42)
    return [...list]
  }).filter(list => list.length > 0)
  const rows = fromLists(lists, 60)
  const names = (pairs: ReturnType<typeof affinePairs>, items: Uint32Array) =>
    [...pairs.a.keys()].map(k => [items[pairs.a[k]!]!, items[pairs.b[k]!]!].sort((x, y) => x - y).join('+'))
  const plain = countPairs(rows, { minBaskets: 20 })
  assert.ok(affinePairs(plain).a.length > 1000, 'held against independence nearly everything goes with everything')
  const counts = countPairs(rows, { minBaskets: 20, largest: 1000, bySize: true })
  const found = names(affinePairs(counts), counts.items)
  assert.ok(found.includes('7+42') && found.length <= 12, `${found.length}: ${found.slice(0, 20)}`)
})

test('the Poisson tail', () => {
  assert.ok(Math.abs(poissonAtLeast(1, 0.5) - (1 - Math.exp(-0.5))) < 1e-14)
  assert.ok(Math.abs(poissonAtLeast(3, 2) - (1 - 5 * Math.exp(-2))) < 1e-14)
})

const groceries = fileURLToPath(new URL('../../../../shared/data/retail/groceries.csv', import.meta.url))

test('groceries: herbs and root vegetables, lift 3.9565 as published', { skip: !existsSync(groceries) }, () => {
  const names = new Map<string, number>()
  const lists = readFileSync(groceries, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map(line =>
      line.split(',').map(name => {
        if (!names.has(name)) names.set(name, names.size)
        return names.get(name)!
      }),
    )
  const baskets = fromLists(lists, names.size)
  assert.equal(basketCount(baskets), 9835)
  assert.equal(names.size, 169)
  const counts = countPairs(baskets, { minBaskets: 1 })
  const pairs = affinePairs(counts)
  const wanted = [names.get('herbs'), names.get('root vegetables')].sort()
  const k = [...pairs.a.keys()].find(p =>
    [counts.items[pairs.a[p]!], counts.items[pairs.b[p]!]].sort().every((item, i) => item === wanted[i]),
  )!
  assert.equal(pairs.lift[k]!.toFixed(4), '3.9565')
})
