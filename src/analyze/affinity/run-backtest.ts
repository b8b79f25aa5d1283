import type { Progress } from '../../platform/app.ts'
import type { Facts } from '../../platform/stores/facts/index.ts'
import { type Backtest, backtest } from './backtest.ts'
import { goodsBought, WINDOW_DAYS } from './goods-bought.ts'

export interface BacktestInput {
  identityRun: number
  asOf: string
  /** Held back. */
  days: number
}

/** Learns from a whole window before the days held back. */
export async function runBacktest(facts: Facts, input: BacktestInput, progress: Progress): Promise<Backtest> {
  progress(0, 2, 'read')
  const goods = await goodsBought(facts, input, WINDOW_DAYS + input.days)
  progress(1, 2, 'compare')
  return backtest(goods, input.days)
}
