import type { ModelColumn } from '../boosting/compile-forest.ts'
import { compileForest, rowEncoder } from '../boosting/compile-forest.ts'
import { makeFolds, tryTrees } from '../boosting/cross-validate.ts'
import { openForestTrainer } from '../boosting/forest-trainer.ts'
import { modelColumns } from '../boosting/model-columns.ts'
import type { ForestOptions } from '../boosting/options.ts'
import { forestMargins } from '../boosting/score-forest.ts'
import { binsFor } from '../boosting/shapes.ts'
import type { Table } from '../boosting/table.ts'
import type { Forest } from '../boosting/tree.ts'
import { explainForest } from '../boosting/tree-shap.ts'
import { type Calibration, calibrated, fitCalibration } from './calibrate.ts'
import type { FeatureMatrix } from './feature-matrix.ts'
import { REASONS, SMALLEST_EFFECT, strongest, type YesNoScores } from './reasons.ts'

/** Boosted trees for a yes/no label over a matrix of numbers; plain data. */
export interface TreesModel {
  kind: 'trees'
  columns: ModelColumn[]
  forest: Forest
  calibration: Calibration
}

/**
 * One shape, since every turn trains it: six others (`boosting/shapes.ts`) were worth .002 AUC at most on the sample company and cost
 * ten times as much. `huiyin train` tries them all.
 */
const SHAPE: Partial<ForestOptions> = {
  growth: 'depth',
  maxDepth: 4,
  maxLeaves: 16,
  learningRate: 0.08,
  rounds: 300,
  patience: 20,
  rowShare: 0.7,
  columnShare: 0.7,
  minChildWeight: 5,
  l2: 5,
  seed: 1,
}

const tableOf = ({ rows, features, columns }: FeatureMatrix): Table => ({
  rows,
  columns: features.map(({ id }, k) => ({ kind: 'number', name: id, values: columns[k]! })),
})

export interface TrainedTrees {
  model: TreesModel
  /** Rows that were held out once, and what was said of them then. */
  rows: Uint32Array
  probability: Float64Array
  trees: number
}

/** Undefined where no tree finds anything. */
export async function trainTrees(matrix: FeatureMatrix, labels: Uint8Array): Promise<TrainedTrees | undefined> {
  const table = tableOf(matrix)
  const trainer = openForestTrainer(table, labels, { threads: 1, maxLeaves: 16, mostBins: binsFor(table.rows) })
  try {
    const columns = modelColumns(table, trainer.cuts)
    const folds = makeFolds(labels)
    const tried = await tryTrees(trainer, table, columns, folds, [SHAPE], () => undefined)
    if (tried.rounds === 0) return undefined
    const own = Uint8Array.from(folds.rows, row => labels[row]!)
    const calibration = fitCalibration(tried.margins, own)
    const { base, trees } = await trainer.fit({ ...SHAPE, rounds: tried.rounds })
    return {
      model: { kind: 'trees', columns, forest: { base, trees }, calibration },
      rows: folds.rows,
      probability: tried.margins.map(z => calibrated(calibration, z)),
      trees: tried.rounds,
    }
  } finally {
    await trainer.close()
  }
}

/** Rows explained at a time. */
const BLOCK = 4096

/** Probability and reasons: each feature's exact Shapley value of the log-odds. */
export function scoreTrees(model: TreesModel, matrix: FeatureMatrix): YesNoScores {
  const place = new Map(matrix.features.map(({ id }, k) => [id, k]))
  // A feature that is gone since counts as missing.
  const columns = model.columns.map(({ name }) => ({
    kind: 'number' as const,
    name,
    values: matrix.columns[place.get(name) ?? -1] ?? new Float64Array(matrix.rows).fill(Number.NaN),
  }))
  const table: Table = { rows: matrix.rows, columns }
  const places = Int32Array.from(model.columns, ({ name }) => place.get(name) ?? -1)
  const forest = compileForest(model.forest, model.columns)
  const explainer = explainForest(forest)
  const encode = rowEncoder(forest, table)
  const width = columns.length
  const probability = Float32Array.from(forestMargins(forest, table), z => calibrated(model.calibration, z))
  const reasons = new Int16Array(matrix.rows * REASONS).fill(-1)
  const raises = new Uint8Array(matrix.rows * REASONS)
  const parts = new Float64Array(width)
  for (let from = 0; from < matrix.rows; from += BLOCK) {
    const to = Math.min(matrix.rows, from + BLOCK)
    const bins = encode(from, to)
    for (let row = from; row < to; row++) {
      parts.fill(0)
      explainer.explain(bins, (row - from) * width, parts)
      for (let k = 0; k < width; k++) parts[k] = parts[k]! * model.calibration.slope
      strongest(parts, places, SMALLEST_EFFECT, row, reasons, raises)
    }
  }
  return { probability, reasons, raises }
}
