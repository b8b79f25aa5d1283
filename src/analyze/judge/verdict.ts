/** What the check of one model came to. */
export interface Findings {
  /** How well it puts customers in order (correlation or AUC), and what the simple rule reaches. */
  ranking: number
  ruleRanking: number
  /** Standard error of the ranking, and its value for a model that knows nothing. */
  rankingError: number
  chance: number
  /** Expected and actual totals, and the standard error of their relative difference. */
  expected: number
  actual: number
  totalError: number
  /** Expected calibration error of probabilities; absent for amounts. */
  calibrationError?: number
}

export type Verdict = 'good' | 'recalibrate' | 'retrain' | 'stop'

/** Totals that are off by less than this serve a plan. */
export const TOLERATED_BIAS = 0.1
export const TOLERATED_CALIBRATION_ERROR = 0.05

/**
 * stop: no better than chance. retrain: clearly worse than the simple rule. recalibrate: the order is right and the level
 * is not. Differences within two standard errors are no differences.
 */
export function verdictOf(findings: Findings): Verdict {
  const { ranking, ruleRanking, rankingError, chance, expected, actual, totalError, calibrationError = 0 } = findings
  if (!(ranking > chance + 2 * rankingError)) return 'stop'
  if (ranking < ruleRanking - 2 * rankingError) return 'retrain'
  const bias = Math.abs(actual / expected - 1)
  if (!(bias <= TOLERATED_BIAS + 2 * totalError) || calibrationError > TOLERATED_CALIBRATION_ERROR) return 'recalibrate'
  return 'good'
}
