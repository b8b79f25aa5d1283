/**
 * What a buy-till-you-die model knows of a customer: `x` repeat purchases (days with a purchase after the first), `tx` the time
 * from the first to the last, `T` the time from the first to the end of observation, all in one unit. Columns, one row per
 * distinct triple, with the number of customers who share it: 10 M customers of two years by days are about 1.4 M triples.
 */
export interface Summaries {
  x: Float64Array
  tx: Float64Array
  T: Float64Array
  weight: Float64Array
}

/** Groups equal triples; `rowOf[i]` is the distinct row of input row i. */
export function distinctSummaries(
  x: ArrayLike<number>,
  tx: ArrayLike<number>,
  T: ArrayLike<number>,
  weight?: ArrayLike<number>,
): Summaries & { rowOf: Uint32Array } {
  const n = x.length
  const rowOf = new Uint32Array(n)
  const first: number[] = []
  const sums: number[] = []
  // Nested maps on numbers: string keys cost four times as much at a million rows.
  const byT = new Map<number, Map<number, Map<number, number>>>()
  for (let i = 0; i < n; i++) {
    let byTx = byT.get(T[i]!)
    if (!byTx) {
      byTx = new Map()
      byT.set(T[i]!, byTx)
    }
    let byX = byTx.get(tx[i]!)
    if (!byX) {
      byX = new Map()
      byTx.set(tx[i]!, byX)
    }
    let row = byX.get(x[i]!)
    if (row === undefined) {
      row = first.length
      byX.set(x[i]!, row)
      first.push(i)
      sums.push(0)
    }
    sums[row] = sums[row]! + (weight ? weight[i]! : 1)
    rowOf[i] = row
  }
  const pick = (column: ArrayLike<number>) => Float64Array.from(first, i => column[i]!)
  return { x: pick(x), tx: pick(tx), T: pick(T), weight: Float64Array.from(sums), rowOf }
}

/** The distinct values of a column with each row's index among them: functions of the value are then computed once each. */
export function dictionary(column: ArrayLike<number>): { values: Float64Array; index: Uint32Array } {
  const places = new Map<number, number>()
  const index = new Uint32Array(column.length)
  for (let i = 0; i < column.length; i++) {
    let place = places.get(column[i]!)
    if (place === undefined) {
      place = places.size
      places.set(column[i]!, place)
    }
    index[i] = place
  }
  return { values: Float64Array.from(places.keys()), index }
}
