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

/** Of window k: everybody who bought or returned in it and had bought before it. */
export function watchReturns(model: ReturnsModel, sums: WindowSums, k: number): Watched {
  const rows: [number, number, number, number, number, number][] = []
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
    const perLine = observed > 0 ? sums.returned[at]! / observed : 0
    rows.push([
      i,
      excess(observed, expected),
      stratumOf(exposed / 4),
      observed,
      expected,
      Math.max(0, observed - expected) * perLine,
    ])
  }
  return {
    who: Uint32Array.from(rows, row => row[0]),
    score: Float64Array.from(rows, row => row[1]),
    stratum: Uint8Array.from(rows, row => row[2]),
    observed: Float64Array.from(rows, row => row[3]),
    expected: Float64Array.from(rows, row => row[4]),
    spread: new Float64Array(rows.length).fill(Number.NaN),
    stake: Float64Array.from(rows, row => row[5]),
    about: null,
  }
}
