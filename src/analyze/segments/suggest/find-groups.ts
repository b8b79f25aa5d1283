import type { Progress } from '../../../platform/app.ts'
import type { Facts } from '../../../platform/stores/facts/index.ts'
import { seededRandom } from '../../math/random.ts'
import { adjustedRand, assign, kMeans, type Points, simplifiedSilhouette } from './k-means.ts'
import { fitLabelTree, type LabelNode } from './label-tree.ts'
import { standardise } from './standardise.ts'

export interface GroupsInput {
  featuresRun: number
  modelsRun: number
  /** Expressions over `f` and `s`. */
  columns: string[]
  from: number
  to: number
  seed: number
}

export interface Groups {
  looked: number
  buyers: number
  k: number
  tried: { k: number; silhouette: number }[]
  stability: number
  tree: LabelNode
  /** Per group: how many, the mean of each column, and how many deviations that is from the mean of all. */
  groups: { customers: number; means: number[]; z: number[] }[]
  meansOfAll: number[]
}

/** Looked at: with 100 thousand the means of a group of 2 % are known to 2 % of a deviation. Centres are sought on fewer. */
const LOOKED_AT = 100_000
const SOUGHT_ON = 15_000
export const FEWEST_BUYERS = 200
/** Conditions of a rule at most. */
const DEPTH = 3

/** Groups of customers who bought, by k-means on standardised features, and the tree that tells them apart. null: too few. */
export async function findGroups(
  facts: Facts,
  input: GroupsInput,
  progress: Progress,
): Promise<Groups | { buyers: number }> {
  const runs = { featuresRun: input.featuresRun, modelsRun: input.modelsRun }
  const { buyers } = await facts.one<{ buyers: number }>(
    'SELECT countIf(frequency > 0) AS buyers FROM features WHERE run_id = {featuresRun:UInt64}',
    runs,
  )
  if (buyers < FEWEST_BUYERS) return { buyers }
  const read = await facts.columns(
    `SELECT ${input.columns.map((sql, j) => `toFloat64(ifNull(${sql}, nan)) AS c${j}`).join(', ')}
     FROM (SELECT * FROM features WHERE run_id = {featuresRun:UInt64} AND frequency > 0) AS f
     INNER JOIN (SELECT * FROM scores WHERE run_id = {modelsRun:UInt64}) AS s ON s.customer_id = f.customer_id
     ORDER BY cityHash64(f.customer_id)
     LIMIT {most:UInt32}`,
    { ...runs, most: LOOKED_AT },
  )
  const columns = input.columns.map((_, j) => Float64Array.from(read.f64(`c${j}`)))
  const { points } = standardise(columns)
  // Rows come in the order of a hash: the first so many are a sample of all.
  const few = first(points, SOUGHT_ON)
  const tried: Groups['tried'] = []
  let best: { k: number; centres: Float64Array; silhouette: number } | undefined
  for (let k = input.from; k <= input.to; k++) {
    const { centres } = kMeans(few, k, seededRandom(input.seed + k))
    const silhouette = simplifiedSilhouette(few, centres, k)
    tried.push({ k, silhouette })
    if (!best || silhouette > best.silhouette) best = { k, centres, silhouette }
    progress(k - input.from + 1, input.to - input.from + 3)
  }
  const { k, centres } = best!
  const { label } = assign(points, centres, k)
  const tree = fitLabelTree(columns, label, {
    depth: DEPTH,
    fewest: Math.max(20, Math.floor(points.rows / 100)),
    groups: k,
  })
  return {
    looked: points.rows,
    buyers,
    k,
    tried,
    stability: stabilityOf(few, k, input.seed),
    tree,
    groups: Array.from({ length: k }, (_, g) => describe(columns, points, label, g)),
    meansOfAll: columns.map(column => mean(column, () => true)),
  }
}

const first = ({ data, width, rows }: Points, most: number): Points => {
  const few = Math.min(rows, most)
  return { data: data.subarray(0, few * width), width, rows: few }
}

/** Two halves of the customers grouped apart, then everybody by the centres of each: do they agree? */
function stabilityOf(points: Points, k: number, seed: number): number {
  const half = points.rows >> 1
  const { data, width } = points
  const parts: Points[] = [
    { data: data.subarray(0, half * width), width, rows: half },
    { data: data.subarray(half * width, 2 * half * width), width, rows: half },
  ]
  const [a, b] = parts.map((part, i) => assign(points, kMeans(part, k, seededRandom(seed + 1000 + i)).centres, k).label)
  return adjustedRand(a!, b!)
}

function describe(columns: readonly Float64Array[], { data, width }: Points, label: Uint16Array, g: number) {
  let customers = 0
  for (const own of label) if (own === g) customers++
  const means = columns.map(column => mean(column, i => label[i] === g))
  const z = columns.map((_, j) => {
    let sum = 0
    for (let i = 0; i < label.length; i++) if (label[i] === g) sum += data[i * width + j]!
    return customers > 0 ? sum / customers : 0
  })
  return { customers, means, z }
}

function mean(column: Float64Array, of: (row: number) => boolean): number {
  let sum = 0
  let n = 0
  for (let i = 0; i < column.length; i++)
    if (of(i) && Number.isFinite(column[i]!)) {
      sum += column[i]!
      n++
    }
  return n > 0 ? sum / n : Number.NaN
}
