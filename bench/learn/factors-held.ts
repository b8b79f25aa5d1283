import { seededRandom } from '../../src/analyze/math/random.ts'
import { factorOf, spreadOf } from '../../src/optimize/shrinkage/shrink-factors.ts'
import { poisson } from './promise-world.ts'

/** Share of shrunk factors whose 95 % interval holds the truth: a dozen groups, from 5 answers expected to 115, factors from a gamma of shape 8. */
export function factorsHeld(worlds: number, seed: number): number {
  const random = seededRandom(seed)
  let [held, all] = [0, 0]
  for (let world = 0; world < worlds; world++) {
    const truth = Array.from({ length: 12 }, () => random.gamma(8, 8))
    const groups = truth.map((factor, i) => ({ expected: 5 + 10 * i, taken: poisson(random, factor * (5 + 10 * i)) }))
    const spread = spreadOf(groups, true)
    for (const [i, group] of groups.entries()) {
      const { low, high } = factorOf(group, spread)
      all++
      if (low <= truth[i]! && truth[i]! <= high) held++
    }
  }
  return held / all
}
