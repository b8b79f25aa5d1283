import type { FeatureMatrix } from './feature-matrix.ts'
import { auc } from './metrics.ts'

export interface Leak {
  feature: string
  /** Area under the curve of this feature alone, either way round. */
  auc: number
  /** `value`: it predicts too well; `missing`: whether it is known at all does; `group`: being known, or not nought, is certain. */
  by: 'value' | 'missing' | 'group'
}

/** Alone better than this, a feature most likely says what happened afterwards. */
export const SUSPICIOUS_AUC = 0.95

/** Features that predict too well to have been known before: a warning for a person, not a verdict. */
export function findLeaks(matrix: FeatureMatrix, labels: Uint8Array): Leak[] {
  const leaks: Leak[] = []
  for (const [k, feature] of matrix.features.entries()) {
    const column = matrix.columns[k]!
    const known = Uint32Array.from(column.keys().filter(i => !Number.isNaN(column[i]!)))
    const absent = column.map(v => (Number.isNaN(v) ? 1 : 0))
    const either = (a: number) => (Number.isNaN(a) ? 0.5 : Math.max(a, 1 - a))
    const byValue = either(
      auc(
        Float64Array.from(known, i => column[i]!),
        Uint8Array.from(known, i => labels[i]!),
      ),
    )
    const byMissing = either(auc(absent, labels))
    if (byValue >= SUSPICIOUS_AUC) leaks.push({ feature: feature.id, auc: byValue, by: 'value' })
    if (byMissing >= SUSPICIOUS_AUC) leaks.push({ feature: feature.id, auc: byMissing, by: 'missing' })
    if (byValue < SUSPICIOUS_AUC && byMissing < SUSPICIOUS_AUC) {
      if (
        isCertain(
          absent.map(v => 1 - v),
          labels,
        )
      )
        leaks.push({ feature: feature.id, auc: byMissing, by: 'group' })
      else {
        const other = column.map(v => (v !== 0 && !Number.isNaN(v) ? 1 : 0))
        if (isCertain(other, labels)) leaks.push({ feature: feature.id, auc: byValue, by: 'group' })
      }
    }
  }
  return leaks
}

/** So many rows without one exception: with a rarer label of one half that is a chance of 1 in 10⁹. */
const FEWEST_CERTAIN = 30

/**
 * A reason for leaving, a refund, a closing date: filled in for some of those who left and for nobody else. It ranks the others
 * no better than a coin, so its AUC stays small, and gives the answer away for those it stands with.
 */
export function isCertain(stands: ArrayLike<number>, labels: Uint8Array): boolean {
  let [n, yes, all] = [0, 0, 0]
  for (let i = 0; i < labels.length; i++) {
    all += labels[i]!
    if (!stands[i]) continue
    n++
    yes += labels[i]!
  }
  if (n < FEWEST_CERTAIN || n > labels.length / 2) return false
  return 2 * all <= labels.length ? yes === n : yes === 0
}
