import { findCategorySplit } from './find-category-split.ts'
import { leafGain, leafValue, NOTHING, type NodeSums, type Split } from './gain.ts'
import { type MemoryPlan, RECORD_WORDS, type Views } from './memory-plan.ts'
import type { ForestOptions } from './options.ts'

/** Looks through the columns of one group in one node's histogram; the answer is written to its record. */
export function findSplit(
  views: Views,
  plan: MemoryPlan,
  options: ForestOptions,
  histogram: number,
  group: number,
  node: NodeSums,
  record: number,
): void {
  const { first, width } = plan.groups[group]!
  const best: Split = {
    gain: Math.max(options.minGain, NOTHING),
    column: -1,
    threshold: 0,
    missingLeft: false,
    leftGradient: 0,
    leftCurvature: 0,
    left: undefined,
  }
  for (let column = first; column < first + width; column++) {
    if (!views.u8[plan.activeColumns + column]) continue
    const at = (histogram + plan.columnOffset[column]!) / 8
    const bins = plan.shape.bins[column]!
    if (plan.shape.categorical[column]) findCategorySplit(views.f64, at, bins, column, node, options, best)
    else findNumberSplit(views.f64, at, bins, column, node, options, best)
  }
  writeSplit(views, record, best)
}

function findNumberSplit(
  sums: Float64Array,
  at: number,
  bins: number,
  column: number,
  node: NodeSums,
  options: ForestOptions,
  best: Split,
): void {
  const { gradient, curvature, low, high } = node
  const { l2, minChildWeight } = options
  const direction = options.monotone[column] ?? 0
  const missingGradient = sums[at]!
  const missingCurvature = sums[at + 1]!
  const someMissing = missingCurvature > NOTHING
  const parent = leafGain(gradient, curvature, l2, low, high)
  const free = direction === 0 && low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY
  let leftG = 0
  let leftH = 0
  // The last bin is a cut only where it parts all known values from the missing ones.
  const last = someMissing ? bins : bins - 1
  for (let bin = 1; bin < last; bin++) {
    const h = sums[at + 2 * bin + 1]!
    if (h <= NOTHING) continue
    leftG += sums[at + 2 * bin]!
    leftH += h
    for (let side = someMissing ? 1 : 0; side >= 0; side--) {
      const lg = side ? leftG + missingGradient : leftG
      const lh = side ? leftH + missingCurvature : leftH
      const rh = curvature - lh
      if (lh < minChildWeight || rh < minChildWeight) continue
      const rg = gradient - lg
      let gain = -parent
      if (free) gain += (lg * lg) / (lh + l2) + (rg * rg) / (rh + l2)
      else {
        const rise = leafValue(rg, rh, l2, low, high) - leafValue(lg, lh, l2, low, high)
        if (direction * rise < 0) continue
        gain += leafGain(lg, lh, l2, low, high) + leafGain(rg, rh, l2, low, high)
      }
      if (gain <= best.gain) continue
      best.gain = gain
      best.column = column
      best.threshold = bin
      // What was never missing in training goes where most customers go.
      best.missingLeft = someMissing ? side === 1 : lh >= rh
      best.leftGradient = lg
      best.leftCurvature = lh
      best.left = undefined
    }
  }
}

function writeSplit({ f64, u8 }: Views, record: number, split: Split): void {
  const at = record / 8
  f64[at] = split.gain
  f64[at + 1] = split.column
  f64[at + 2] = split.threshold
  f64[at + 3] = split.missingLeft ? 1 : 0
  f64[at + 4] = split.leftGradient
  f64[at + 5] = split.leftCurvature
  f64[at + 6] = split.left ? 1 : 0
  if (split.left) u8.set(split.left, record + 64)
}

/** The best of the records the groups wrote for one node; of equal ones that of the first column. */
export function bestSplit({ f64, u8 }: Views, record: number, groups: number): Split | undefined {
  let best = -1
  for (let g = 0; g < groups; g++) {
    const at = record / 8 + g * RECORD_WORDS
    if (f64[at + 1]! >= 0 && (best < 0 || f64[at]! > f64[best]!)) best = at
  }
  if (best < 0) return undefined
  return {
    gain: f64[best]!,
    column: f64[best + 1]!,
    threshold: f64[best + 2]!,
    missingLeft: f64[best + 3] === 1,
    leftGradient: f64[best + 4]!,
    leftCurvature: f64[best + 5]!,
    left: f64[best + 6] === 1 ? u8.slice(best * 8 + 64, best * 8 + 96) : undefined,
  }
}
