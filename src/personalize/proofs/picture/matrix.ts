/** SVG's matrix(a b c d e f): x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [number, number, number, number, number, number]

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

export const times = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
]

/** Of a length, where both axes are scaled alike (as print does). */
export const scaleOf = (m: Matrix): number => Math.sqrt(Math.abs(m[0] * m[3] - m[1] * m[2]))

/** `matrix(…)`, `translate(…)`, `scale(…)` and `rotate(…)`, one after the other. */
export function readTransform(text: string | undefined): Matrix {
  let all = IDENTITY
  for (const [, kind, list = ''] of (text ?? '').matchAll(/(matrix|translate|scale|rotate)\(([^)]*)\)/g)) {
    const n = list.split(/[\s,]+/).map(Number)
    all = times(all, one(kind, n))
  }
  return all
}

function one(kind: string | undefined, [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: number[]): Matrix {
  if (kind === 'translate') return [1, 0, 0, 1, a, b]
  if (kind === 'scale') return [a, 0, 0, b === 0 ? a : b, 0, 0]
  if (kind === 'matrix') return [a, b, c, d, e, f]
  const [cos, sin] = [Math.cos((a * Math.PI) / 180), Math.sin((a * Math.PI) / 180)]
  return times([1, 0, 0, 1, b, c], times([cos, sin, -sin, cos, 0, 0], [1, 0, 0, 1, -b, -c]))
}
