/**
 * What having one item says of wanting another, as a compressed matrix over item numbers: the row of item i holds, by rising number, the
 * items it speaks for (or against) and how much. Weights add up over what a customer has, so a proposal's score is the sum of
 * what each own item contributes.
 */
export interface ItemWeights {
  start: Uint32Array
  item: Uint32Array
  weight: Float32Array
}

export interface Weighted {
  item: number
  weight: number
}

/** Keeps of each row what weighs most, for or against. */
export function itemWeights(rows: readonly (readonly Weighted[])[], most: number): ItemWeights {
  const kept = rows.map(row =>
    (row.length > most
      ? row.toSorted((x, y) => Math.abs(y.weight) - Math.abs(x.weight) || x.item - y.item).slice(0, most)
      : row
    ).toSorted((x, y) => x.item - y.item),
  )
  const start = new Uint32Array(rows.length + 1)
  for (const [k, row] of kept.entries()) start[k + 1] = start[k]! + row.length
  const item = new Uint32Array(start[rows.length]!)
  const weight = new Float32Array(item.length)
  let at = 0
  for (const row of kept)
    for (const own of row) {
      item[at] = own.item
      weight[at++] = own.weight
    }
  return { start, item, weight }
}

/** Weight of `to` in the row of `from`; 0 where there is none. */
export function weightOf({ start, item, weight }: ItemWeights, from: number, to: number): number {
  let [low, high] = [start[from]!, start[from + 1]!]
  const end = high
  while (low < high) {
    const middle = (low + high) >>> 1
    if (item[middle]! < to) low = middle + 1
    else high = middle
  }
  return low < end && item[low] === to ? weight[low]! : 0
}
