import { basename } from 'node:path'
import type { Leak } from '../churn/find-leaks.ts'
import { boostingErrors } from './errors.ts'
import type { Model } from './model.ts'
import { notes } from './notes.ts'
import { readTrainingFile } from './read-training-file.ts'
import { type TrainOptions, trainModel } from './train-model.ts'
import { leaksIn } from './warn-of-leaks.ts'

export interface TrainFileOptions extends Omit<TrainOptions, 'monotone'> {
  label: string
  positive?: string
  exclude: readonly string[]
  /** Column name → 1 rising, −1 falling. */
  monotone: ReadonlyMap<string, number>
}

/** Better than this on unseen rows, something was known afterwards. */
const TOO_GOOD = 0.99

/** Trains a model on a file. */
export async function trainFile(file: string, options: TrainFileOptions): Promise<Model> {
  const { table, labels, positive, readings, leftOut, warnings } = await readTrainingFile(file, options)
  for (const column of options.monotone.keys())
    if (!table.columns.some(known => known.name === column && known.kind === 'number'))
      throw boostingErrors['analyze.train-option']({
        option: 'monotone',
        wanted: 'COLUMN:+1,COLUMN:-1 (columns of numbers)',
        value: column,
      })
  const leaks: Leak[] = leaksIn(table, labels)
  const monotone = table.columns.map(column => options.monotone.get(column.name) ?? 0)
  const trained = await trainModel(table, labels, { ...options, monotone })
  const yes = labels.reduce((sum, label) => sum + label, 0)
  return {
    format: 'huiyin-yes-no',
    version: 1,
    label: { column: options.label, positive },
    trainedOn: {
      source: basename(file),
      rows: labels.length,
      yes,
      rate: yes / labels.length,
      at: new Date().toISOString(),
      seed: options.seed,
      leftOut,
    },
    readings,
    ...trained,
    leaks,
    warnings: [
      ...warnings,
      ...leaks.map(leak => notes.leak(leak.feature, leak.auc, leak.by)),
      ...(trained.metrics.auc > TOO_GOOD && leaks.length === 0 ? [notes.tooGood(trained.metrics.auc)] : []),
    ],
  }
}
