import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../math/random.ts'
import { adjustedRand, assign, kMeans, simplifiedSilhouette } from './k-means.ts'
import { fitLabelTree, isSplit } from './label-tree.ts'
import { standardise } from './standardise.ts'

/** Three clouds: few cheap orders, many cheap ones, few dear ones; some amounts are not known. */
function clouds() {
  const random = seededRandom(3)
  const centres = [
    [3, 50],
    [30, 60],
    [4, 900],
  ]
  const truth = new Uint16Array(1500)
  const columns = [new Float64Array(1500), new Float64Array(1500)]
  for (let i = 0; i < 1500; i++) {
    truth[i] = i % 3
    for (const [j, column] of columns.entries()) column[i] = centres[i % 3]![j]! * Math.exp(0.25 * random.normal())
    if (i % 50 === 1) columns[1]![i] = Number.NaN
  }
  return { truth, columns }
}

test('clouds are found again, three is seen to be their number, and a tree tells them apart by readable limits', () => {
  const { truth, columns } = clouds()
  const { points } = standardise(columns)
  const of = (k: number) => kMeans(points, k, seededRandom(1))
  const found = of(3)
  assert.ok(adjustedRand(found.label, truth) > 0.9)
  const silhouettes = [2, 3, 4, 5].map(k => simplifiedSilhouette(points, of(k).centres, k))
  assert.equal(silhouettes.indexOf(Math.max(...silhouettes)), 1)
  assert.deepEqual(assign(points, found.centres, 3).label, found.label)
  assert.deepEqual(of(3).centres, found.centres)

  const tree = fitLabelTree(columns, truth, { depth: 3, fewest: 20, groups: 3 })
  let right = 0
  for (let i = 0; i < 1500; i++) {
    let node = tree
    while (isSplit(node)) node = columns[node.column]![i]! < node.below ? node.left : node.right
    if (node.label === truth[i]) right++
  }
  assert.ok(right / 1500 > 0.95, String(right))
  assert.ok(isSplit(tree) && Number(tree.below.toPrecision(2)) === tree.below)
})

test('agreement is 1 for the same grouping under other names and near 0 by chance', () => {
  const a = Uint16Array.from({ length: 600 }, (_, i) => i % 3)
  const random = seededRandom(9)
  assert.equal(
    adjustedRand(
      a,
      a.map(x => (x + 1) % 3),
    ),
    1,
  )
  assert.ok(
    Math.abs(
      adjustedRand(
        a,
        a.map(() => Math.floor(random.uniform() * 3)),
      ),
    ) < 0.03,
  )
})
