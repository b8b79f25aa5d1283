import { type Ground, growTree } from './grow-tree.ts'
import { chunksOf } from './memory-plan.ts'
import { ROW_HELD, ROW_TRAIN } from './row-sample.ts'
import { PHASE } from './tasks.ts'
import type { Forest, Tree } from './tree.ts'

export interface GrownForest extends Forest {
  /** Mean log-loss of the held-out rows before any tree and after each; empty where none were held out. */
  curve: number[]
}

/**
 * Gradient boosting for the log-loss (Friedman 2001; second order as Chen & Guestrin 2016). With held-out rows it stops when
 * they no longer gain and keeps the trees up to their best round.
 */
export function growForest(ground: Ground, progress: (done: number, total: number) => void): GrownForest {
  const { views, plan, crew, options } = ground
  const { rows } = plan.shape
  let [trained, yes, held] = [0, 0, 0]
  for (let row = 0; row < rows; row++) {
    const state = views.u8[plan.states + row]!
    if (state === ROW_HELD) held++
    if (state !== ROW_TRAIN) continue
    trained++
    yes += views.u8[plan.labels + row]!
  }
  const base = Math.log(yes / (trained - yes))
  views.f64.fill(base, plan.margins / 8, plan.margins / 8 + rows)
  const chunks = chunksOf(rows)
  const trees: Tree[] = []
  const curve: number[] = []
  let best = 0
  for (let round = 0; ; round++) {
    crew.run(PHASE.gradients, chunks, round)
    if (held > 0) {
      const parts = views.f64.subarray(plan.partials / 8, plan.partials / 8 + chunks)
      curve.push(parts.reduce((sum, part) => sum + part, 0) / held)
      if (curve[round]! < curve[best]!) best = round
      if (round - best >= options.patience) break
    }
    if (round >= options.rounds) break
    trees.push(growTree(ground, round))
    progress(round + 1, options.rounds)
  }
  return { base, trees: held > 0 ? trees.slice(0, best) : trees, curve }
}
