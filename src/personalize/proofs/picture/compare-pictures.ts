import type { Box, Canvas } from './canvas.ts'

export interface PictureDifference {
  /** Pixels that a reader would see changed, as a share of the page. */
  share: number
  /** Where, in thousandths of the page's width and height. */
  boxes: Box[]
}

/**
 * How differently two colours are seen: the YIQ distance of Kotsarenko and Ramos, "Measuring perceived color difference using YIQ NTSC
 * transmission color space in mobile applications" (2010), of at most 35,215 between black and white. .1 of the way, squared, is the
 * threshold pixelmatch uses; equal pages give equal pixels here, so nothing has to be forgiven for anti-aliasing.
 */
const THRESHOLD = 35_215 * 0.1 * 0.1
/** Side of the cells that changed pixels are gathered in. */
const CELL = 10

/** A page that is on one side only differs wholly. */
export function comparePictures(before: Canvas | undefined, now: Canvas | undefined): PictureDifference {
  if (!before || !now || before.width !== now.width || before.height !== now.height)
    return { share: 1, boxes: [{ left: 0, top: 0, right: 1000, bottom: 1000 }] }
  const columns = Math.ceil(now.width / CELL)
  const cells = new Uint8Array(columns * Math.ceil(now.height / CELL))
  let changed = 0
  for (let y = 0, at = 0; y < now.height; y++)
    for (let x = 0; x < now.width; x++, at += 3) {
      if (!differs(before.pixels, now.pixels, at)) continue
      changed++
      cells[Math.floor(y / CELL) * columns + Math.floor(x / CELL)] = 1
    }
  if (changed === 0) return { share: 0, boxes: [] }
  const thousandths = (value: number, of: number) => Math.min(1000, Math.round((value * CELL * 1000) / of))
  const boxes = islands(cells, columns).map(({ left, top, right, bottom }) => ({
    left: thousandths(left, now.width),
    top: thousandths(top, now.height),
    right: thousandths(right, now.width),
    bottom: thousandths(bottom, now.height),
  }))
  return { share: changed / (now.width * now.height), boxes }
}

function differs(a: Uint8Array, b: Uint8Array, at: number): boolean {
  const [r, g, l] = [a[at]! - b[at]!, a[at + 1]! - b[at + 1]!, a[at + 2]! - b[at + 2]!]
  if (r === 0 && g === 0 && l === 0) return false
  const y = r * 0.29889531 + g * 0.58662247 + l * 0.11448223
  const i = r * 0.59597799 - g * 0.2741761 - l * 0.32180189
  const q = r * 0.21147017 - g * 0.52261711 + l * 0.31114694
  return 0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q > THRESHOLD
}

/** Changed cells that touch, or have one cell between them, in one box each, in the order of reading. */
function islands(cells: Uint8Array, columns: number): Box[] {
  const seen = new Uint8Array(cells.length)
  const rows = cells.length / columns
  const found: Box[] = []
  for (let start = 0; start < cells.length; start++) {
    if (!cells[start] || seen[start]) continue
    seen[start] = 1
    const box = { left: Infinity, top: Infinity, right: 0, bottom: 0 }
    for (const open = [start]; open.length > 0; ) {
      const cell = open.pop()!
      const [x, y] = [cell % columns, Math.floor(cell / columns)]
      box.left = Math.min(box.left, x)
      box.right = Math.max(box.right, x + 1)
      box.top = Math.min(box.top, y)
      box.bottom = Math.max(box.bottom, y + 1)
      for (let ny = Math.max(0, y - 2); ny <= Math.min(rows - 1, y + 2); ny++)
        for (let nx = Math.max(0, x - 2); nx <= Math.min(columns - 1, x + 2); nx++) {
          const next = ny * columns + nx
          if (!cells[next] || seen[next]) continue
          seen[next] = 1
          open.push(next)
        }
    }
    found.push(box)
  }
  return found
}
