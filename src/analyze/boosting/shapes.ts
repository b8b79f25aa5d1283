import type { ForestOptions } from './options.ts'

/**
 * The shapes of forest the trainer tries: small trees where a few columns act one by one, larger ones where they act together; the
 * last is what boosters do by default, only slower. Slow learning (a small rate, many trees) is worth about .003 AUC on a few
 * thousand rows and nothing on a million.
 */
export function shapesFor(rows: number, rate: number): Partial<ForestOptions>[] {
  const learningRate = rows < 20_000 ? 0.04 : rows < 200_000 ? 0.07 : 0.1
  const rounds = rows < 200_000 ? 1500 : 600
  const minCategoryWeight = Math.min(10, (rows * rate * (1 - rate)) / 50)
  const sampled = {
    rowShare: 0.7,
    columnShare: 0.7,
    learningRate,
    rounds,
    patience: Math.round(2 / learningRate),
    minCategoryWeight,
  }
  return [
    { ...sampled, growth: 'depth', maxDepth: 2, maxLeaves: 4, minChildWeight: 5, l2: 2 },
    { ...sampled, growth: 'depth', maxDepth: 4, maxLeaves: 16, minChildWeight: 5, l2: 5 },
    { ...sampled, growth: 'leaf', maxDepth: 12, maxLeaves: rows < 20_000 ? 24 : 64, minChildWeight: 2, l2: 5 },
    { ...sampled, growth: 'depth', maxDepth: 6, maxLeaves: 64, minChildWeight: 1, l2: 1, rowShare: 1, columnShare: 1 },
    ...(rows < 5_000
      ? [{ ...sampled, growth: 'depth' as const, maxDepth: 6, maxLeaves: 64, minChildWeight: 0.5, l2: 1 }]
      : []),
  ]
}

export const MOST_LEAVES = 64

/** A bin of fewer than some twenty rows tells nothing apart. */
export const binsFor = (rows: number): number => Math.max(32, Math.min(255, Math.floor(rows / 4)))
