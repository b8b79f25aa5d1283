import { leafGain, NOTHING, type NodeSums, type Split } from './gain.ts'
import { categoryLimits, type ForestOptions } from './options.ts'

/**
 * For a convex loss the best two-way split of categories is a cut in the order of their mean gradient (Fisher 1958), so n
 * categories need n cuts, not 2ⁿ. "Missing" is a category like others. Categories too small in this node, or absent from it, stay
 * on the side of the rest; absent ones, were the rest the smaller side, go to the larger.
 */
export function findCategorySplit(
  sums: Float64Array,
  at: number,
  bins: number,
  column: number,
  node: NodeSums,
  options: ForestOptions,
  best: Split,
): void {
  const { gradient, curvature, low, high } = node
  const least = options.minChildWeight
  let order: number[] = []
  let present = 0
  for (let bin = 0; bin < bins; bin++) {
    const h = sums[at + 2 * bin + 1]!
    if (h <= NOTHING) continue
    present++
    order.push(bin)
  }
  if (present < 2) return
  const single = present <= categoryLimits.oneByOne
  const l2 = single ? options.l2 : options.l2 + categoryLimits.l2
  const parent = leafGain(gradient, curvature, options.l2, low, high)
  const mean = (bin: number) => sums[at + 2 * bin]! / (sums[at + 2 * bin + 1]! + categoryLimits.smoothing)
  if (!single) {
    order = order.filter(bin => sums[at + 2 * bin + 1]! >= options.minCategoryWeight)
    order.sort((a, b) => mean(a) - mean(b) || a - b)
  }

  const consider = (chosen: readonly number[], g: number, h: number) => {
    const restH = curvature - h
    if (h < least || restH < least) return
    const gain = leafGain(g, h, l2, low, high) + leafGain(gradient - g, restH, l2, low, high) - parent
    if (gain <= best.gain) return
    best.gain = gain
    best.column = column
    best.threshold = 0
    best.leftGradient = g
    best.leftCurvature = h
    best.left = sidesOf(sums, at, bins, chosen, h > restH)
    best.missingLeft = (best.left[0]! & 1) === 1
  }

  if (single) for (const bin of order) consider([bin], sums[at + 2 * bin]!, sums[at + 2 * bin + 1]!)
  else
    for (const way of [order, order.toReversed()]) {
      let g = 0
      let h = 0
      for (let k = 0; k < Math.min(way.length, categoryLimits.most); k++) {
        g += sums[at + 2 * way[k]!]!
        h += sums[at + 2 * way[k]! + 1]!
        consider(way.slice(0, k + 1), g, h)
      }
    }
}

/** 256 bits: the chosen bins go left, and with them those no row of the node has, where left is the larger side. */
function sidesOf(
  sums: Float64Array,
  at: number,
  bins: number,
  chosen: readonly number[],
  absentLeft: boolean,
): Uint8Array {
  const left = new Uint8Array(32)
  const put = (bin: number) => {
    left[bin >> 3] = left[bin >> 3]! | (1 << (bin & 7))
  }
  for (const bin of chosen) put(bin)
  if (absentLeft) for (let bin = 0; bin < 256; bin++) if (bin >= bins || sums[at + 2 * bin + 1]! <= NOTHING) put(bin)
  return left
}
