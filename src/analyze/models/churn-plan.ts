import type { ChurnModel } from '../churn/candidates.ts'
import { type ChurnSettings, defaultChurnSettings } from '../registry/churn-settings.ts'
import type { Reference } from '../registry/reference.ts'

/** What the turn is to do about churn: train, or use what was trained before. */
export interface ChurnPlan {
  settings: ChurnSettings
  train: boolean
  champion: Champion | null
}

/** A version in use, known before the date of the turn. */
export interface Champion {
  versionId: number
  learner: string
  trainedAsOf: string
  trainedOn: number
  metrics: Record<string, number>
  model: ChurnModel
  reference: Reference
}

export const freshPlan: ChurnPlan = { settings: defaultChurnSettings, train: true, champion: null }
