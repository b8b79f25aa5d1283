/** What a fit does with a row: nothing, train on it, or hold it out to see when to stop. */
export const ROW_UNUSED = 0
export const ROW_TRAIN = 1
export const ROW_HELD = 2

/** The same answer in every thread: a hash of seed, round and row, not a draw. */
export const inSample = (
  state: number,
  row: number,
  round: number,
  { rowShare, seed }: { rowShare: number; seed: number },
): boolean => state === ROW_TRAIN && (rowShare >= 1 || hash(seed, round, row) < rowShare)

/** Uniform in [0, 1): two rounds of the splitmix32 finisher. */
export function hash(seed: number, round: number, item: number): number {
  const once = mix(Math.imul(seed, 0x9e3779b9) + Math.imul(round + 1, 0x85ebca6b))
  return mix(once + Math.imul(item + 1, 0x9e3779b9)) / 4294967296
}

function mix(z: number): number {
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
  return (z ^ (z >>> 15)) >>> 0
}
