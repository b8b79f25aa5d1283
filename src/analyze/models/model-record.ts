import type { Text } from '../../platform/text.ts'
import type { CalibrationBin } from '../churn/metrics.ts'
import type { Drift } from '../registry/drift.ts'
import type { Reference } from '../registry/reference.ts'

/** What a fit leaves in the registry. */
export interface ModelRecord {
  model: ModelId
  trainedOn: number
  parameters: Record<string, number>
  metrics: Record<string, number>
  definition: unknown
  problem: string | null
  /** Where several kinds of model compete: the one used. */
  learner?: string
  /** As of when it was trained; absent: as of the turn. */
  trainedAsOf?: string
  /** The version of the registry it comes from, where it was not trained in this turn. */
  versionId?: number | null
  drift?: Drift[]
  /** All that were trained in this turn, the one used and its challengers. */
  candidates?: TrainedVersion[]
}

/** One trained model, as the registry keeps it. */
export interface TrainedVersion {
  learner: string
  used: boolean
  trainedOn: number
  metrics: Record<string, number>
  deciles: CalibrationBin[]
  definition: unknown
  reference: Reference
  why: Text
}

export type ModelId = 'purchases' | 'value' | 'churn' | 'leaving' | 'uplift' | 'preferred-channel' | 'next-product'
