import type { HoldoutErrors } from '../value/holdout-errors.ts'
import type { Verdict } from '../value/verdict.ts'

/** What the registry keeps of a turn's purchase model: enough to score again, and all that was weighed when it was chosen. */
export interface PurchasesDefinition {
  model: string
  parameters: Record<string, number>
  /** Season index by month, January first; all 1 where none is used. */
  season: { index: number[]; years: number; gain: number; used: boolean }
  /** The time to come is multiplied by it. */
  level: number
  /**
   * How busy the coming months are expected to be against those learned from, as customers were watched in them: the whole factor, season and
   * level.
   */
  ahead: { months: number; factor: number }[]
  /** First and last day of the holdout within what was known, and how the model fared there with the level it had learned before. */
  holdout: { from: string; to: string; errors: HoldoutErrors } | null
  rivals: RivalRecord[]
  rules: { rule: string; hiatus: number | null; holdout: HoldoutErrors }[]
  verdict: Verdict | null
  withoutSeason: HoldoutErrors | null
  /** Customers the models were tried on; all, or a share where there are very many. */
  triedOn: number
}

export interface RivalRecord {
  model: string
  parameters: Record<string, number>
  standardErrors: Record<string, number>
  logLikelihood: number | null
  aic: number | null
  problem: string | null
  /** Without a level. */
  holdout: HoldoutErrors | null
}

/** Beside the spend model. */
export interface ValueDefinition {
  model: 'gamma-gamma'
  parameters: Record<string, number>
  discountRate: number
  /** Contracts known, and their shifted-beta-geometric where there were enough. */
  contracts: { known: number; ended: number; parameters: Record<string, number>; used: boolean; problem: string | null }
}
