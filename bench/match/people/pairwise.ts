/** Pairwise precision, recall and F1 of a clustering against the truth. */
export interface Pairwise {
  precision: number
  recall: number
  f1: number
}

function pairs(keys: Iterable<string>): number {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts.values().reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
}

export function pairwise(entity: ArrayLike<number>, truth: ArrayLike<number | string>): Pairwise {
  const records = Array.from({ length: truth.length }, (_, i) => i)
  const both = pairs(records.map(i => `${truth[i]} ${entity[i]}`))
  const found = pairs(records.map(i => String(entity[i])))
  const real = pairs(records.map(i => String(truth[i])))
  return { precision: both / found, recall: both / real, f1: (2 * both) / (found + real) }
}
