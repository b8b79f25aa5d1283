import type { Watched } from './found.ts'
import { BASELINE, stratumOf, WINDOWS, type WindowSums } from './windows.ts'

/** Usual share of lines that come back, as a beta prior with the weight of so many lines. */
export interface ReturnsModel {
  share: number
  weight: number
}

export function learnReturns(sums: WindowSums): ReturnsModel | null {
  let lines = 0
  let returned = 0
  for (let at = 0; at < sums.lines.length; at++) {
    lines += sums.lines[at]!
    returned += sums.returnLines[at]!
  }
  if (returned < 20) return null
  // Between customers the share varies about as much as its mean: one return's worth of lines.
  return { share: returned / lines, weight: lines / returned }
}

/** Signed root of the Poisson deviance: how far more came back than so many lines let expect. */
export const excess = (observed: number, expected: number): number =>
  observed <= expected ? 0 : Math.sqrt(2 * (observed * Math.log(observed / expected) - (observed - expected)))

/**
 * Of window k: everybody who bought or returned in it and had bought before it. As with money, what all customers did together is taken
 * out: after a season more comes back.
 */
export function watchReturns(model: ReturnsModel, sums: WindowSums, k: number): Watched {
  const rows: [who: number, exposed: number, observed: number, expected: number, perLine: number][] = []
  let [all, foretold] = [0, 0]
  for (let i = 0; i < sums.whole.length; i++) {
    const last = Math.min(sums.whole[i]! + 1, WINDOWS, k + 1 + BASELINE)
    if (last - (k + 1) < 1) continue
    let [lines, returned] = [0, 0]
    for (let w = k + 1; w < last; w++) {
      lines += sums.lines[i * WINDOWS + w]!
      returned += sums.returnLines[i * WINDOWS + w]!
    }
    const at = i * WINDOWS + k
    // What comes back was bought in this window or late in the one before.
    const exposed = sums.lines[at]! + sums.lines[at + 1]! / 2
    if (lines === 0 || exposed === 0) continue
    const expected = (exposed * (returned + model.share * model.weight)) / (lines + model.weight)
    const observed = sums.returnLines[at]!
    all += observed
    foretold += expected
    rows.push([i, exposed, observed, expected, observed > 0 ? sums.returned[at]! / observed : 0])
  }
  const ratio = all > 0 && foretold > 0 ? all / foretold : 1
  return {
    who: Uint32Array.from(rows, ([who]) => who),
    score: Float64Array.from(rows, ([, , observed, expected]) => excess(observed, expected * ratio)),
    stratum: Uint8Array.from(rows, ([, exposed]) => stratumOf(exposed / 4)),
    observed: Float64Array.from(rows, ([, , observed]) => observed),
    expected: Float64Array.from(rows, ([, , , expected]) => expected * ratio),
    spread: new Float64Array(rows.length).fill(Number.NaN),
    stake: Float64Array.from(
      rows,
      ([, , observed, expected, perLine]) => Math.max(0, observed - expected * ratio) * perLine,
    ),
    about: null,
  }
}
