/**
 * RFM quintiles, 5 the best. Cut at values, so that equal customers get equal marks: the marks are 1 + the fifths of the others
 * that are worse, counted at the middle of ties.
 */
export function quintiles(values: ArrayLike<number>): Uint8Array {
  const n = values.length
  const sorted = Float64Array.from(values).sort()
  const marks = new Map<number, number>()
  for (let from = 0; from < n; ) {
    let to = from
    while (to < n && sorted[to] === sorted[from]) to++
    marks.set(sorted[from]!, Math.min(5, 1 + Math.floor((5 * ((from + to) / 2)) / n)))
    from = to
  }
  return Uint8Array.from(values, v => marks.get(v)!)
}
