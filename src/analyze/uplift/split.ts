import { hash } from '../boosting/row-sample.ts'
import type { Experiment } from './experiment.ts'

/**
 * Parts with the same share of treated and of answers in each; the same rows always fall into the same part for one seed. Both matter:
 * with one answer in ten a part that happens to hold a few more of one arm has an uplift of its own.
 */
export function stratifiedParts({ treated, outcome }: Experiment, parts: number, seed: number): Uint8Array {
  const draw = Float64Array.from(treated, (_, row) => hash(seed, 71, row))
  const order = Uint32Array.from(treated.keys()).sort((a, b) => draw[a]! - draw[b]! || a - b)
  const next = [0, 0, 0, 0]
  const part = new Uint8Array(treated.length)
  for (const row of order) {
    const kind = 2 * treated[row]! + outcome[row]!
    part[row] = next[kind]! % parts
    next[kind] = next[kind]! + 1
  }
  return part
}
