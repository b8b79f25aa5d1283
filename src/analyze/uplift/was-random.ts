import type { Text } from '../../platform/text.ts'
import { cutColumns } from '../boosting/bins.ts'
import { makeFolds, tryLinear } from '../boosting/cross-validate.ts'
import { modelColumns } from '../boosting/model-columns.ts'
import { binsFor } from '../boosting/shapes.ts'
import { leaksIn } from '../boosting/warn-of-leaks.ts'
import { auc } from '../churn/metrics.ts'
import { aucError } from '../judge/statistics.ts'
import type { Experiment } from './experiment.ts'
import { upliftNotes } from './notes.ts'

/** From this on a trial is not what it says, however many rows make the difference certain. */
const TELLING = 0.53

/**
 * In a random trial nothing known before tells who was treated: a regression of the treatment on all columns, judged on rows it
 * had not seen, ranks no better than a coin. Columns that tell treatment or outcome alone are named.
 */
export function randomnessNotes({ table, treated, outcome }: Experiment): Text[] {
  const notes: Text[] = []
  for (const leak of leaksIn(table, treated)) notes.push(upliftNotes.copy(leak.feature, leak.auc))
  for (const leak of leaksIn(table, outcome)) notes.push(upliftNotes.afterwards(leak.feature, leak.auc))
  const columns = modelColumns(table, cutColumns(table, binsFor(table.rows)))
  const folds = makeFolds(treated)
  const told = tryLinear(table, treated, columns, folds)
  if (!told) return notes
  const labels = Uint8Array.from(folds.rows, row => treated[row]!)
  const yes = labels.reduce((sum, v) => sum + v, 0)
  const found = auc(told.margins, labels)
  if (found > Math.max(TELLING, 0.5 + 4 * aucError(0.5, yes, labels.length - yes)))
    notes.push(upliftNotes.notRandom(found))
  return notes
}
