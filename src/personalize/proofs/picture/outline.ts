import type { Matrix } from './matrix.ts'

/** One line of an outline in pixels, as x, y, x, y …; curves are already straight pieces. */
export interface Line {
  points: number[]
  closed: boolean
}

const COUNTS: Record<string, number> = { m: 2, l: 2, h: 1, v: 1, c: 6, s: 4, q: 4, t: 2, a: 7, z: 0 }

/** Path data (SVG 2, 9.3) through a matrix, flattened to within a tenth of a pixel. */
export function outlineOf(data: string, matrix: Matrix): Line[] {
  const pen = new Pen(matrix)
  const tokens = data.match(/[a-zA-Z]|-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/g) ?? []
  let command = ''
  for (let at = 0; at < tokens.length; ) {
    if (/[a-zA-Z]/.test(tokens[at]!)) command = tokens[at++]!
    else if (command === 'm') command = 'l'
    else if (command === 'M') command = 'L'
    const count = COUNTS[command.toLowerCase()]
    if (count === undefined || at + count > tokens.length) break
    pen.draw(command, tokens.slice(at, at + count).map(Number))
    at += count
  }
  return pen.lines
}

class Pen {
  readonly lines: Line[] = []
  private line: Line | undefined
  private readonly matrix: Matrix
  private x = 0
  private y = 0
  private startX = 0
  private startY = 0
  /** The last control point, which `s` and `t` reflect. */
  private controlX = 0
  private controlY = 0

  constructor(matrix: Matrix) {
    this.matrix = matrix
  }

  draw(command: string, n: number[]): void {
    const kind = command.toLowerCase()
    const [dx, dy] = command === kind ? [this.x, this.y] : [0, 0]
    const px = (index: number) => (n[index] ?? 0) + dx
    const py = (index: number) => (n[index] ?? 0) + dy
    const [reflectX, reflectY] = [2 * this.x - this.controlX, 2 * this.y - this.controlY]
    if (kind === 'm') this.moveTo(px(0), py(1))
    else if (kind === 'l') this.lineTo(px(0), py(1))
    else if (kind === 'h') this.lineTo(px(0), this.y)
    else if (kind === 'v') this.lineTo(this.x, (n[0] ?? 0) + dy)
    else if (kind === 'c') this.cubic(px(0), py(1), px(2), py(3), px(4), py(5))
    else if (kind === 's') this.cubic(reflectX, reflectY, px(0), py(1), px(2), py(3))
    else if (kind === 'q') this.quadratic(px(0), py(1), px(2), py(3))
    else if (kind === 't') this.quadratic(reflectX, reflectY, px(0), py(1))
    else if (kind === 'a') this.arc(n[0] ?? 0, n[1] ?? 0, n[2] ?? 0, n[3] === 1, n[4] === 1, px(5), py(6))
    else this.close()
    if (!'csqt'.includes(kind)) [this.controlX, this.controlY] = [this.x, this.y]
  }

  private moveTo(x: number, y: number): void {
    this.line = undefined
    ;[this.x, this.y, this.startX, this.startY] = [x, y, x, y]
  }

  private lineTo(x: number, y: number): void {
    if (!this.line) {
      this.line = { points: [], closed: false }
      this.lines.push(this.line)
      this.put(this.x, this.y)
    }
    ;[this.x, this.y] = [x, y]
    this.put(x, y)
  }

  private put(x: number, y: number): void {
    const [a, b, c, d, e, f] = this.matrix
    this.line?.points.push(a * x + c * y + e, b * x + d * y + f)
  }

  private cubic(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    const [x0, y0] = [this.x, this.y]
    const steps = this.steps(
      Math.hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2) + Math.hypot(x1 - 2 * x2 + x, y1 - 2 * y2 + y),
    )
    for (let step = 1; step <= steps; step++) {
      const t = step / steps
      const u = 1 - t
      const [p, q, r, s] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t]
      this.lineTo(p * x0 + q * x1 + r * x2 + s * x, p * y0 + q * y1 + r * y2 + s * y)
    }
    ;[this.controlX, this.controlY] = [x2, y2]
  }

  private quadratic(x1: number, y1: number, x: number, y: number): void {
    const [x0, y0] = [this.x, this.y]
    const steps = this.steps(Math.hypot(x0 - 2 * x1 + x, y0 - 2 * y1 + y))
    for (let step = 1; step <= steps; step++) {
      const t = step / steps
      const u = 1 - t
      this.lineTo(u * u * x0 + 2 * u * t * x1 + t * t * x, u * u * y0 + 2 * u * t * y1 + t * t * y)
    }
    ;[this.controlX, this.controlY] = [x1, y1]
  }

  /** A curve leaves its chord by an eighth of its second difference, and n pieces leave it by that over n². */
  private steps(bend: number): number {
    const [a, b] = this.matrix
    return Math.min(64, Math.max(1, Math.ceil(Math.sqrt((bend * Math.hypot(a, b)) / 0.8))))
  }

  /** From end points to the centre: SVG 2, appendix B.2.4. */
  private arc(rx0: number, ry0: number, turn: number, large: boolean, sweep: boolean, x: number, y: number): void {
    const [x0, y0] = [this.x, this.y]
    let [rx, ry] = [Math.abs(rx0), Math.abs(ry0)]
    if (rx === 0 || ry === 0) {
      this.lineTo(x, y)
      return
    }
    const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)]
    const [mx, my] = [(x0 - x) / 2, (y0 - y) / 2]
    const [ux, uy] = [cos * mx + sin * my, cos * my - sin * mx]
    const grow = Math.sqrt(Math.max(1, (ux * ux) / (rx * rx) + (uy * uy) / (ry * ry)))
    ;[rx, ry] = [rx * grow, ry * grow]
    const square = rx * rx * uy * uy + ry * ry * ux * ux
    const root = Math.sqrt(Math.max(0, (rx * rx * ry * ry) / square - 1)) * (large === sweep ? -1 : 1)
    const [vx, vy] = [(root * rx * uy) / ry, (-root * ry * ux) / rx]
    const [cx, cy] = [cos * vx - sin * vy + (x0 + x) / 2, sin * vx + cos * vy + (y0 + y) / 2]
    const from = Math.atan2((uy - vy) / ry, (ux - vx) / rx)
    let span = Math.atan2((-uy - vy) / ry, (-ux - vx) / rx) - from
    if (sweep && span < 0) span += 2 * Math.PI
    if (!sweep && span > 0) span -= 2 * Math.PI
    const steps = Math.max(2, this.steps((rx + ry) * span * span))
    for (let step = 1; step <= steps; step++) {
      const angle = from + (span * step) / steps
      const [ex, ey] = [rx * Math.cos(angle), ry * Math.sin(angle)]
      this.lineTo(cx + cos * ex - sin * ey, cy + sin * ex + cos * ey)
    }
  }

  private close(): void {
    if (this.line) this.line.closed = true
    this.line = undefined
    ;[this.x, this.y] = [this.startX, this.startY]
  }
}
