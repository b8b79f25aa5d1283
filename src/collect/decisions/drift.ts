/**
 * Whether the sizes of customers drifted between two runs beyond what chance explains. Each run's customers are taken as a
 * sample; two shares are compared with their pooled standard error. Runs share most of their records, so true chance is
 * smaller still, and what is called drift here is drift. With many customers the tiniest change is beyond chance, so it must
 * be worth mentioning too.
 */
import type { RunFigures } from './migrations.ts'

export interface DriftSign {
  what: 'share' | 'mean' | 'largest' | 'changed'
  /** Number of records, for `share`: '1' … '4', '5+'. */
  size: string
  before: number
  now: number
  /** Standard errors between the two; 0 where none can be given. */
  errors: number
}

/** Three standard errors: by chance once in 370 comparisons. */
const BEYOND_CHANCE = 3
/** A tenth of a share, or a fiftieth of the mean, is worth a word. */
const WORTH = { share: 0.1, mean: 0.02 }
/** More than one known customer in fifty merged or split is not what new data alone does. */
const CHANGED = 0.02
const GROUPS = ['1', '2', '3', '4', '5+'] as const

export const sizeGroups = (sizes: Record<string, number>): Record<string, number> => {
  const out: Record<string, number> = Object.fromEntries(GROUPS.map(group => [group, 0]))
  for (const [size, customers] of Object.entries(sizes)) {
    const group = Number(size) >= 5 ? '5+' : size
    out[group] = (out[group] ?? 0) + customers
  }
  return out
}

export function driftBetween(before: RunFigures, now: RunFigures): DriftSign[] {
  const signs: DriftSign[] = []
  const [a, b] = [sizeGroups(before.sizes), sizeGroups(now.sizes)]
  if (before.customers === 0 || now.customers === 0) return signs
  for (const size of GROUPS) {
    const p = (a[size] ?? 0) / before.customers
    const q = (b[size] ?? 0) / now.customers
    const pooled = ((a[size] ?? 0) + (b[size] ?? 0)) / (before.customers + now.customers)
    const error = Math.sqrt(pooled * (1 - pooled) * (1 / before.customers + 1 / now.customers))
    const errors = error > 0 ? Math.abs(q - p) / error : 0
    if (errors > BEYOND_CHANCE && Math.abs(q - p) > WORTH.share * Math.max(p, q))
      signs.push({ what: 'share', size, before: p, now: q, errors })
  }
  const [x, y] = [moments(before), moments(now)]
  const error = Math.sqrt(x.variance / before.customers + y.variance / now.customers)
  const errors = error > 0 ? Math.abs(y.mean - x.mean) / error : 0
  if (errors > BEYOND_CHANCE && Math.abs(y.mean - x.mean) > WORTH.mean * x.mean)
    signs.push({ what: 'mean', size: '', before: x.mean, now: y.mean, errors })
  if (now.largest > 20 && now.largest > 2 * before.largest)
    signs.push({ what: 'largest', size: '', before: before.largest, now: now.largest, errors: 0 })
  const changed = (now.merged + now.split) / before.customers
  if (changed > CHANGED && now.merged + now.split > 10)
    signs.push({ what: 'changed', size: '', before: before.customers, now: now.merged + now.split, errors: 0 })
  return signs
}

function moments({ sizes, customers }: RunFigures): { mean: number; variance: number } {
  let sum = 0
  let squares = 0
  for (const [size, count] of Object.entries(sizes)) {
    sum += Number(size) * count
    squares += Number(size) ** 2 * count
  }
  const mean = sum / customers
  return { mean, variance: Math.max(0, squares / customers - mean * mean) }
}
