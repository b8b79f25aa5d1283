import type { Line } from './outline.ts'

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export type Colour = readonly [red: number, green: number, blue: number, alpha: number]

/** A page of pixels, white at first: three bytes each. */
export class Canvas {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
  private area = new Float32Array(0)

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.pixels = new Uint8Array(width * height * 3).fill(255)
  }

  /**
   * Fills outlines with exact anti-aliasing: every edge adds the area to its right to its pixels, and a running sum over a row gives
   * the share of each pixel that is covered, weighted with how often it is wound around (Levien, font-rs, 2016). Contours that run
   * against each other cancel, as the nonzero rule wants.
   */
  fill(lines: readonly Line[], colour: Colour, clip: Box, evenOdd = false): void {
    const bounds = this.boundsOf(lines, clip)
    if (!bounds) return
    const { left, top, right, bottom } = bounds
    // One column more: an edge in the last pixel writes beside it.
    const row = right - left + 2
    const size = row * (bottom - top)
    if (this.area.length < size) this.area = new Float32Array(size)
    else this.area.fill(0, 0, size)
    for (const { points } of lines)
      for (let at = 0, from = points.length - 2; at < points.length; from = at, at += 2)
        edge(
          this.area,
          row,
          bottom - top,
          points[from]! - left,
          points[from + 1]! - top,
          points[at]! - left,
          points[at + 1]! - top,
        )
    for (let y = top; y < bottom; y++) {
      let sum = 0
      for (let x = left; x < right; x++) {
        sum += this.area[(y - top) * row + x - left]!
        const covered = evenOdd ? folded(sum) : Math.min(1, Math.abs(sum))
        if (covered > 1 / 512) this.blend((y * this.width + x) * 3, colour, covered)
      }
    }
  }

  private boundsOf(lines: readonly Line[], clip: Box): Box | undefined {
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
    for (const { points } of lines)
      for (let at = 0; at < points.length; at += 2) {
        minX = Math.min(minX, points[at]!)
        maxX = Math.max(maxX, points[at]!)
        minY = Math.min(minY, points[at + 1]!)
        maxY = Math.max(maxY, points[at + 1]!)
      }
    const left = Math.max(0, Math.round(clip.left), Math.floor(minX))
    const top = Math.max(0, Math.round(clip.top), Math.floor(minY))
    const right = Math.min(this.width, Math.round(clip.right), Math.ceil(maxX))
    const bottom = Math.min(this.height, Math.round(clip.bottom), Math.ceil(maxY))
    return left < right && top < bottom ? { left, top, right, bottom } : undefined
  }

  private blend(at: number, [red, green, blue, alpha]: Colour, covered: number): void {
    const share = alpha * covered
    this.pixels[at] = this.pixels[at]! + (red - this.pixels[at]!) * share + 0.5
    this.pixels[at + 1] = this.pixels[at + 1]! + (green - this.pixels[at + 1]!) * share + 0.5
    this.pixels[at + 2] = this.pixels[at + 2]! + (blue - this.pixels[at + 2]!) * share + 0.5
  }
}

/** Wound around once is in, twice is out. */
function folded(sum: number): number {
  const rest = Math.abs(sum) % 2
  return rest > 1 ? 2 - rest : rest
}

function edge(area: Float32Array, row: number, height: number, ax: number, ay: number, bx: number, by: number): void {
  if (ay === by) return
  const widest = row - 2
  const [down, x0, y0, x1, y1] = ay < by ? [1, ax, ay, bx, by] : [-1, bx, by, ax, ay]
  const slope = (x1 - x0) / (y1 - y0)
  let x = y0 < 0 ? x0 - y0 * slope : x0
  for (let y = Math.max(0, Math.floor(y0)); y < Math.min(height, Math.ceil(y1)); y++) {
    const dy = Math.min(y + 1, y1) - Math.max(y, y0)
    const next = x + slope * dy
    const d = dy * down
    const first = Math.min(widest, Math.max(0, Math.min(x, next)))
    const last = Math.min(widest, Math.max(0, Math.max(x, next)))
    const start = Math.floor(first)
    const end = Math.ceil(last)
    const at = y * row + start
    if (end <= start + 1) {
      const middle = 0.5 * (first + last) - start
      area[at] = area[at]! + d - d * middle
      area[at + 1] = area[at + 1]! + d * middle
    } else spread(area, at, d, first - start, last - end + 1, end - start, 1 / (last - first))
    x = next
  }
}

/** An edge that crosses several pixels of a row: the triangle it cuts of the first and the last, trapezia between. */
function spread(area: Float32Array, at: number, d: number, from: number, to: number, cells: number, s: number): void {
  const first = 0.5 * s * (1 - from) * (1 - from)
  const last = 0.5 * s * to * to
  area[at] = area[at]! + d * first
  if (cells === 2) area[at + 1] = area[at + 1]! + d * (1 - first - last)
  else {
    const second = s * (1.5 - from)
    area[at + 1] = area[at + 1]! + d * (second - first)
    for (let cell = 2; cell < cells - 1; cell++) area[at + cell] = area[at + cell]! + d * s
    area[at + cells - 1] = area[at + cells - 1]! + d * (1 - (second + (cells - 3) * s) - last)
  }
  area[at + cells] = area[at + cells]! + d * last
}
