import type { CategoryColumn, Column, NumberColumn, Table } from './table.ts'

/**
 * A column cut into at most 255 bins of about as many rows each; bin 0 is "missing". A byte per value is what the histogram loop
 * reads, and with 255 bins no published comparison of boosters finds a loss against exact cuts.
 */
export type ColumnBins =
  /** Bin b ≥ 1 holds values above bounds[b − 2] and up to bounds[b − 1]; the last one has no upper bound. */
  | { kind: 'number'; bins: number; bounds: Float64Array }
  /** `binOf[code]`; the categories that share the last bin are the rare ones. */
  | { kind: 'category'; bins: number; binOf: Uint8Array; kept: number[] }

export const MISSING_BIN = 0
const MOST_BINS = 255

/** Cuts are found on about so many rows: the error of a quantile is then below a tenth of a bin's width. */
const SAMPLE = 200_000

export const cutColumns = (table: Table, mostBins = MOST_BINS): ColumnBins[] =>
  table.columns.map(column =>
    column.kind === 'number' ? cutNumbers(column, mostBins) : cutCategories(column, mostBins),
  )

function cutNumbers({ values }: NumberColumn, mostBins: number): ColumnBins {
  const step = Math.max(1, Math.floor(values.length / SAMPLE))
  const sorted = values.filter((v, i) => i % step === 0 && !Number.isNaN(v)).sort()
  const bounds: number[] = []
  let left = sorted.length
  let room = mostBins
  let inBin = 0
  let distinct = 0
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++
  for (let from = 0; from < sorted.length; ) {
    let to = from
    while (to < sorted.length && sorted[to] === sorted[from]) to++
    inBin += to - from
    // The rest is shared out anew after every cut: one value that fills many bins does not starve the others.
    const full = distinct <= mostBins || inBin >= left / room
    if (full && to < sorted.length && room > 1) {
      bounds.push(between(sorted[from]!, sorted[to]!))
      left -= inBin
      inBin = 0
      room--
    }
    from = to
  }
  return { kind: 'number', bins: bounds.length + 2, bounds: Float64Array.from(bounds) }
}

/** A cut that tells a from b even where nothing lies between them. */
const between = (a: number, b: number): number => {
  const middle = a + (b - a) / 2
  return middle < b && middle >= a ? middle : a
}

function cutCategories({ codes, categories }: CategoryColumn, mostBins: number): ColumnBins {
  const count = new Float64Array(categories.length)
  for (const code of codes) if (code >= 0) count[code] = count[code]! + 1
  const seen = [...count.keys()].filter(code => count[code]! > 0).sort((a, b) => count[b]! - count[a]! || a - b)
  const kept = seen.length <= mostBins ? seen : seen.slice(0, mostBins - 1)
  const binOf = new Uint8Array(categories.length).fill(seen.length > kept.length ? kept.length + 1 : MISSING_BIN)
  for (const [k, code] of kept.entries()) binOf[code] = k + 1
  return { kind: 'category', bins: kept.length + (seen.length > kept.length ? 2 : 1), binOf, kept }
}

/** Cells of the grid that tells a value's bin to within a bound or two. */
const CELLS = 1024

/**
 * The bin of a value: the first whose upper bound is not below it. Bounds in lower cells of an even grid are below the value, those
 * in higher cells above it, so only the bounds of its own cell are searched: 10 ns a value against 60 for all 254.
 */
export function binnerOf(bounds: Float64Array): (value: number) => number {
  const least = bounds[0] ?? 0
  const width = (bounds.at(-1) ?? 0) - least
  const scale = width > 0 && Number.isFinite(width) ? CELLS / width : 0
  const cellOf = (value: number) => Math.max(0, Math.min(CELLS - 1, (value - least) * scale)) | 0
  const below = new Int32Array(CELLS + 1)
  for (const bound of bounds) below[cellOf(bound) + 1] = below[cellOf(bound) + 1]! + 1
  for (let cell = 0; cell < CELLS; cell++) below[cell + 1] = below[cell + 1]! + below[cell]!
  return value => {
    if (Number.isNaN(value)) return MISSING_BIN
    const cell = cellOf(value)
    let low = below[cell]!
    let high = below[cell + 1]!
    while (low < high) {
      const middle = (low + high) >> 1
      if (bounds[middle]! < value) low = middle + 1
      else high = middle
    }
    return low + 1
  }
}

/** Writes the bins of a column at `out[start + row · stride]`. */
export function writeBins(column: Column, cut: ColumnBins, out: Uint8Array, start: number, stride: number): void {
  let at = start
  if (column.kind === 'number' && cut.kind === 'number') {
    const binOf = binnerOf(cut.bounds)
    for (const value of column.values) {
      out[at] = binOf(value)
      at += stride
    }
  } else if (column.kind === 'category' && cut.kind === 'category') {
    const { binOf } = cut
    for (const code of column.codes) {
      out[at] = code < 0 ? MISSING_BIN : binOf[code]!
      at += stride
    }
  }
}
