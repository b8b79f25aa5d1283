import type { Box, Cells } from './cells.ts'

/**
 * Pairs of boxes that have a customer in common, the earlier first. For every cell of every dimension the set of boxes that
 * reach into it is kept as bits; those that meet a box are what is left of all boxes after, for each dimension the box
 * restricts, only those that reach into one of its cells stay. 5,000 boxes over 30 dimensions take 0.1 s, pair by pair 12 s.
 */
export function* meetingBoxes(boxes: readonly Box[], { dimensions, everything }: Cells): Generator<[number, number]> {
  const reaching = dimensions.map((d, k) =>
    d.examples.map((_, cell) => bitsWhere(boxes, box => ((box[k]! >> BigInt(cell)) & 1n) === 1n)),
  )
  for (const [a, box] of boxes.entries()) {
    // Bit 0 is the box after this one.
    let left = (1n << BigInt(boxes.length - a - 1)) - 1n
    for (let k = 0; k < box.length && left !== 0n; k++) {
      if (box[k] === everything[k]) continue
      let some = 0n
      for (const [cell, reach] of reaching[k]!.entries()) if ((box[k]! >> BigInt(cell)) & 1n) some |= reach
      left &= some >> BigInt(a + 1)
    }
    for (let b = a + 1; left !== 0n; b++, left >>= 1n) {
      // Runs of boxes that do not meet are passed over 32 at a time.
      while ((left & 0xffff_ffffn) === 0n) {
        left >>= 32n
        b += 32
      }
      if (left & 1n) yield [a, b]
    }
  }
}

/** Built from text: or-ing bit after bit would copy the whole number each time. */
function bitsWhere(boxes: readonly Box[], holds: (box: Box) => boolean): bigint {
  let digits = ''
  for (let b = boxes.length - 1; b >= 0; b--) digits += holds(boxes[b]!) ? '1' : '0'
  return digits === '' ? 0n : BigInt(`0b${digits}`)
}
