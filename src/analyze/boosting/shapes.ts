import type { ForestOptions } from './options.ts'

/**
 * The shapes of forest the trainer tries: small trees where a few columns act one by one, larger ones where they act together. Slow
 * learning (a small rate, many trees) is worth about .003 AUC on a few thousand rows and nothing on a million.
 */
export function shapesFor(rows: number): Partial<ForestOptions>[] {
  const learningRate = rows < 20_000 ? 0.04 : rows < 200_000 ? 0.06 : 0.1
  const rounds = rows < 200_000 ? 1500 : 600
  const patience = Math.round(2 / learningRate)
  const sampled = { rowShare: 0.7, columnShare: 0.7, learningRate, rounds, patience }
  const weight = rows < 5_000 ? 3 : 5
  return [
    { ...sampled, growth: 'depth', maxDepth: 2, maxLeaves: 4, minChildWeight: weight, l2: 2 },
    { ...sampled, growth: 'depth', maxDepth: 4, maxLeaves: 16, minChildWeight: weight, l2: 5 },
    { ...sampled, growth: 'leaf', maxDepth: 10, maxLeaves: rows < 20_000 ? 24 : 48, minChildWeight: weight, l2: 10 },
  ]
}

export const MOST_LEAVES = 64
