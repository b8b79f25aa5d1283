import type { FeatureMatrix } from './feature-matrix.ts'
import { auc } from './metrics.ts'

export interface Leak {
  feature: string
  /** Area under the curve of this feature alone, either way round. */
  auc: number
  /** `value`: it predicts too well; `missing`: whether it is known at all does. */
  by: 'value' | 'missing'
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
  }
  return leaks
}
