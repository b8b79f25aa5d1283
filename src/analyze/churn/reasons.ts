export interface YesNoScores {
  probability: Float32Array
  /** Per customer up to `REASONS` features (by their place in the matrix), strongest first, rows of REASONS; −1 is none. */
  reasons: Int16Array
  /** 1 where the reason raises the probability, else 0. */
  raises: Uint8Array
}

export const REASONS = 4

/** A feature that moves the log-odds by less than this is no reason: it changes a probability by two points at most. */
export const SMALLEST_EFFECT = 0.1

/** Writes the strongest parts of one row; `places[k]` is the place of part k in the matrix, −1 for none. Empties `parts`. */
export function strongest(
  parts: Float64Array,
  places: Int32Array,
  least: number,
  row: number,
  reasons: Int16Array,
  raises: Uint8Array,
): void {
  for (let rank = 0; rank < REASONS; rank++) {
    let best = -1
    for (let k = 0; k < parts.length; k++) {
      if (places[k]! < 0) continue
      const size = Math.abs(parts[k]!)
      if (size >= least && (best < 0 || size > Math.abs(parts[best]!))) best = k
    }
    if (best < 0) return
    reasons[row * REASONS + rank] = places[best]!
    raises[row * REASONS + rank] = parts[best]! > 0 ? 1 : 0
    parts[best] = 0
  }
}
