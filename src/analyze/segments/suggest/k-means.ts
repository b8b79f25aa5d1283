import type { Random } from '../../math/random.ts'

/** Points as rows of `width` numbers. */
export interface Points {
  data: Float64Array
  width: number
  rows: number
}

export interface Clustering {
  centres: Float64Array
  label: Uint16Array
  /** Sum of squared distances to the own centre. */
  inertia: number
}

const RESTARTS = 4
const MOST_ROUNDS = 60

/** k-means: seeded by k-means++ (Arthur and Vassilvitskii 2007), Lloyd's rounds until nobody changes, the best of four starts. */
export function kMeans(points: Points, k: number, random: Random): Clustering {
  let best: Clustering | undefined
  for (let start = 0; start < RESTARTS; start++) {
    const found = lloyd(points, seeds(points, k, random), k)
    if (!best || found.inertia < best.inertia) best = found
  }
  return best!
}

const squared = ({ data, width }: Points, row: number, centres: Float64Array, c: number): number => {
  let sum = 0
  for (let j = 0; j < width; j++) {
    const d = data[row * width + j]! - centres[c * width + j]!
    sum += d * d
  }
  return sum
}

function seeds(points: Points, k: number, random: Random): Float64Array {
  const { data, width, rows } = points
  const centres = new Float64Array(k * width)
  const nearest = new Float64Array(rows).fill(Number.POSITIVE_INFINITY)
  let row = Math.floor(random.uniform() * rows)
  for (let c = 0; c < k; c++) {
    centres.set(data.subarray(row * width, (row + 1) * width), c * width)
    let total = 0
    for (let i = 0; i < rows; i++) {
      nearest[i] = Math.min(nearest[i]!, squared(points, i, centres, c))
      total += nearest[i]!
    }
    let left = random.uniform() * total
    row = 0
    while (row < rows - 1 && left > nearest[row]!) left -= nearest[row++]!
  }
  return centres
}

/** The nearest centre of each point. */
export function assign(points: Points, centres: Float64Array, k: number, label = new Uint16Array(points.rows)) {
  let inertia = 0
  let changed = 0
  for (let i = 0; i < points.rows; i++) {
    let best = Number.POSITIVE_INFINITY
    let at = 0
    for (let c = 0; c < k; c++) {
      const d = squared(points, i, centres, c)
      if (d < best) {
        best = d
        at = c
      }
    }
    if (label[i] !== at) changed++
    label[i] = at
    inertia += best
  }
  return { label, inertia, changed }
}

function lloyd(points: Points, centres: Float64Array, k: number): Clustering {
  const { data, width, rows } = points
  const label = new Uint16Array(rows)
  let inertia = 0
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const step = assign(points, centres, k, label)
    inertia = step.inertia
    if (step.changed === 0 && round > 0) break
    const sums = new Float64Array(k * width)
    const size = new Float64Array(k)
    for (let i = 0; i < rows; i++) {
      const c = label[i]!
      size[c]! += 1
      for (let j = 0; j < width; j++) sums[c * width + j]! += data[i * width + j]!
    }
    // A centre that lost everybody stays where it is.
    for (let c = 0; c < k; c++)
      if (size[c]! > 0) for (let j = 0; j < width; j++) centres[c * width + j] = sums[c * width + j]! / size[c]!
  }
  return { centres, label, inertia }
}

/**
 * Mean of (b − a) / max(a, b), a and b the distances to the own and to the next centre: the simplified silhouette (Hruschka 2004),
 * as good a guide to k as the full one and linear in the number of points.
 */
export function simplifiedSilhouette(points: Points, centres: Float64Array, k: number): number {
  let sum = 0
  for (let i = 0; i < points.rows; i++) {
    let own = Number.POSITIVE_INFINITY
    let next = Number.POSITIVE_INFINITY
    for (let c = 0; c < k; c++) {
      const d = Math.sqrt(squared(points, i, centres, c))
      if (d < own) {
        next = own
        own = d
      } else if (d < next) next = d
    }
    sum += next > 0 ? (next - own) / next : 0
  }
  return sum / points.rows
}

/** Agreement of two groupings of the same points beyond chance (Hubert and Arabie 1985): 1 the same, 0 chance. */
export function adjustedRand(a: Uint16Array, b: Uint16Array): number {
  const count = new Map<number, number>()
  const inA = new Map<number, number>()
  const inB = new Map<number, number>()
  const add = (map: Map<number, number>, key: number) => map.set(key, (map.get(key) ?? 0) + 1)
  for (let i = 0; i < a.length; i++) {
    add(count, a[i]! * 65_536 + b[i]!)
    add(inA, a[i]!)
    add(inB, b[i]!)
  }
  const pairs = (map: Map<number, number>) => [...map.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
  const [both, left, right] = [pairs(count), pairs(inA), pairs(inB)]
  const all = (a.length * (a.length - 1)) / 2
  const expected = (left * right) / all
  const most = (left + right) / 2
  return most === expected ? 1 : (both - expected) / (most - expected)
}
