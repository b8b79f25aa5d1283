/** What a fit does with a row: nothing, train on it, or hold it out to see when to stop. */
export const ROW_UNUSED = 0
export const ROW_TRAIN = 1
export const ROW_HELD = 2

/**
 * Which of the rows trained on a round's tree sees: a hash of seed, round and row, not a draw, so that every thread knows it of
 * every row.
 */
export function rowSampler(
  { rowShare, seed }: { rowShare: number; seed: number },
  round: number,
): (row: number) => boolean {
  const start = startOf(seed, round)
  const least = rowShare * 4294967296
  return row => mix(start + Math.imul(row + 1, GOLDEN)) < least
}

/** Uniform in [0, 1). */
export const hash = (seed: number, round: number, item: number): number =>
  mix(startOf(seed, round) + Math.imul(item + 1, GOLDEN)) / 4294967296

const GOLDEN = 0x9e3779b9

const startOf = (seed: number, round: number): number => mix(Math.imul(seed, GOLDEN) + Math.imul(round + 1, 0x85ebca6b))

/** The finisher of splitmix32. */
function mix(z: number): number {
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
  return (z ^ (z >>> 15)) >>> 0
}
