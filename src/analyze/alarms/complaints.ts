import type { Watched } from './found.ts'
import type { ComplaintCounts, Histories } from './histories.ts'
import { excess } from './returns.ts'
import { BASELINE, WINDOWS, type WindowSums } from './windows.ts'

/** Complaints by customer and window: entry `i * WINDOWS + k`; null where nobody ever complained. */
export function complaintSums(h: Histories, rows: ComplaintCounts): Float64Array | null {
  if (rows.ids.length === 0) return null
  const sums = new Float64Array(h.ids.length * WINDOWS)
  let i = 0
  for (let r = 0; r < rows.ids.length; r++) {
    while (i < h.ids.length && h.ids[i]! < rows.ids[r]!) i++
    if (h.ids[i] === rows.ids[r] && rows.window[r]! < WINDOWS)
      sums[i * WINDOWS + rows.window[r]!]! += rows.complaints[r]!
  }
  return sums
}

/** Of window k: more complaints than the customer's windows before let expect (gamma prior of everybody, weight one window). */
export function watchComplaints(complaints: Float64Array, sums: WindowSums, k: number): Watched {
  const mean = Math.max(complaints.reduce((s, c) => s + c, 0) / complaints.length, 1e-6)
  const rows: [number, number, number, number, number][] = []
  for (let i = 0; i < sums.whole.length; i++) {
    const last = Math.min(sums.whole[i]! + 1, WINDOWS, k + 1 + BASELINE)
    const windows = last - (k + 1)
    if (windows < 1) continue
    let [before, spent] = [0, 0]
    for (let w = k + 1; w < last; w++) {
      before += complaints[i * WINDOWS + w]!
      spent += sums.spent[i * WINDOWS + w]!
    }
    const expected = (before + mean) / (windows + 1)
    const observed = complaints[i * WINDOWS + k]!
    rows.push([i, excess(observed, expected), observed, expected, spent / windows])
  }
  return {
    who: Uint32Array.from(rows, row => row[0]),
    score: Float64Array.from(rows, row => row[1]),
    stratum: new Uint8Array(rows.length),
    observed: Float64Array.from(rows, row => row[2]),
    expected: Float64Array.from(rows, row => row[3]),
    spread: new Float64Array(rows.length).fill(Number.NaN),
    stake: Float64Array.from(rows, row => row[4]),
    about: null,
  }
}
