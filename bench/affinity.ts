import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { affinePairs } from '../src/analyze/affinity/affinity.ts'
import { associationRules } from '../src/analyze/affinity/association-rules.ts'
import { basketCount } from '../src/analyze/affinity/baskets.ts'
import { countPairs } from '../src/analyze/affinity/count-pairs.ts'
import { frequentItemsets } from '../src/analyze/affinity/frequent-itemsets.ts'
import { readBasketLines } from '../src/analyze/affinity-command/read-baskets.ts'
import { generateBaskets } from './affinity/generate.ts'
import { type Bench, timed } from './bench.ts'
import { watchResident } from './turn/resident.ts'

/**
 * Affinity of about `--lines` (default 30,000,000) basket lines of `--items` (5,000), from a file: read, association rules at
 * `--support` and `--confidence`, and all pairs with shrunk lift and false-discovery control.
 */
export const bench: Bench = {
  name: 'affinity',
  summary: 'association rules and pair affinity of a large file of baskets',
  async run({ number, say }) {
    const dir = await mkdtemp(join(tmpdir(), 'huiyin-bench-'))
    const file = join(dir, 'baskets.csv')
    try {
      const made = await timed(() => generateBaskets(file, number('lines', 30_000_000), number('items', 5000)))
      say(`${made.value} lines made in ${made.seconds.toFixed(1)} s (not measured)`)
      const resident = watchResident()
      const read = await timed(() => readBasketLines(file))
      const { baskets } = read.value
      const n = basketCount(baskets)
      const minCount = Math.ceil(number('support', 0.001) * n)
      const sets = await timed(async () => frequentItemsets(baskets, { minCount, maxLength: 10, mostSets: 2e7 }))
      if (!sets.value) throw new Error('more than 20 million sets: raise --support')
      const tree = sets.value
      const rules = await timed(async () =>
        associationRules(tree, { minConfidence: number('confidence', 0.2), minLength: 2, mostRules: 1e6 }),
      )
      const counted = await timed(async () => countPairs(baskets, { minBaskets: 20 }))
      const pairs = await timed(async () => affinePairs(counted.value))
      const peak = resident.stop()
      const steps = {
        read: read.seconds,
        sets: sets.seconds,
        rules: rules.seconds,
        countPairs: counted.seconds,
        affinePairs: pairs.seconds,
      }
      const seconds = Object.values(steps).reduce((s, v) => s + v, 0)
      // What no way of counting pairs can do without: one look at every pair of every basket.
      const bare = await timed(async () => {
        let looks = 0
        for (let b = 0; b < n; b++)
          for (let i = baskets.start[b]!; i < baskets.start[b + 1]!; i++)
            for (let j = i + 1; j < baskets.start[b + 1]!; j++) looks += baskets.items[j]! & 1
        return looks
      })
      return {
        name: 'affinity',
        figures: {
          lines: made.value,
          baskets: n,
          items: read.value.items.size,
          seconds,
          steps,
          peakResidentBytes: peak,
          sets: tree.rank.length - 1,
          rules: rules.value?.length ?? null,
          affinePairs: pairs.value.a.length,
        },
        baseline: { what: 'looking at every pair of every basket once', seconds: bare.seconds },
        ratio: seconds / bare.seconds,
      }
    } finally {
      await rm(dir, { recursive: true, force: true })
    }
  },
}
