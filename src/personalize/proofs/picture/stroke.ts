import type { Line } from './outline.ts'

export interface Stroke {
  /** Pixels. */
  width: number
  /** Lengths on and off, in pixels. */
  dashes: number[]
  square: boolean
}

/** The area a line covers: a rectangle a piece, long enough at corners that the outer edges meet (a mitre). */
export function strokeOf(lines: readonly Line[], { width, dashes, square }: Stroke): Line[] {
  const pieces = dashes.some(length => length > 0) ? lines.flatMap(line => dashed(line, dashes)) : lines
  return pieces.flatMap(line => rectangles(line, width / 2, square))
}

function rectangles({ points, closed }: Line, half: number, square: boolean): Line[] {
  const corners = withoutRepeats(points, closed)
  const count = corners.length / 2
  const found: Line[] = []
  for (let at = 0; at < (closed ? count : count - 1); at++) {
    const point = (index: number) => [
      corners[((index + count) % count) * 2]!,
      corners[((index + count) % count) * 2 + 1]!,
    ]
    const [ax = 0, ay = 0] = point(at)
    const [bx = 0, by = 0] = point(at + 1)
    const length = Math.hypot(bx - ax, by - ay)
    const [ux, uy] = [(bx - ax) / length, (by - ay) / length]
    const before = !closed && at === 0 ? (square ? half : 0) : mitre(point(at - 1), [ax, ay], [bx, by], half)
    const after = !closed && at === count - 2 ? (square ? half : 0) : mitre([ax, ay], [bx, by], point(at + 2), half)
    const [sx, sy, ex, ey] = [ax - ux * before, ay - uy * before, bx + ux * after, by + uy * after]
    const [nx, ny] = [-uy * half, ux * half]
    found.push({ points: [sx + nx, sy + ny, ex + nx, ey + ny, ex - nx, ey - ny, sx - nx, sy - ny], closed: true })
  }
  return found
}

/** How far past a corner the outer edges meet: half the width by the tangent of half the turn; no further than the width. */
function mitre(from: number[], at: number[], to: number[], half: number): number {
  const turn = Math.atan2(to[1]! - at[1]!, to[0]! - at[0]!) - Math.atan2(at[1]! - from[1]!, at[0]! - from[0]!)
  return Math.min(2 * half, half * Math.abs(Math.tan(Math.atan2(Math.sin(turn), Math.cos(turn)) / 2)))
}

function withoutRepeats(points: readonly number[], closed: boolean): number[] {
  const kept: number[] = []
  for (let at = 0; at < points.length; at += 2)
    if (kept.length === 0 || points[at] !== kept.at(-2) || points[at + 1] !== kept.at(-1))
      kept.push(points[at]!, points[at + 1]!)
  if (closed && kept.length > 2 && kept[0] === kept.at(-2) && kept[1] === kept.at(-1)) kept.splice(-2)
  return kept
}

function dashed({ points, closed }: Line, dashes: number[]): Line[] {
  const all = closed ? [...points, points[0]!, points[1]!] : points
  const found: Line[] = []
  let [index, left] = [0, dashes[0]!]
  let line: number[] = [all[0]!, all[1]!]
  for (let at = 2; at < all.length; at += 2) {
    let [x, y] = [all[at - 2]!, all[at - 1]!]
    for (let rest = Math.hypot(all[at]! - x, all[at + 1]! - y); rest > 0; ) {
      const step = Math.min(rest, left)
      x += ((all[at]! - x) * step) / rest
      y += ((all[at + 1]! - y) * step) / rest
      rest -= step
      left -= step
      line.push(x, y)
      if (left > 0) continue
      if (index % 2 === 0) found.push({ points: line, closed: false })
      index++
      left = Math.max(0.01, dashes[index % dashes.length]!)
      line = [x, y]
    }
  }
  if (index % 2 === 0 && line.length > 2) found.push({ points: line, closed: false })
  return found
}
