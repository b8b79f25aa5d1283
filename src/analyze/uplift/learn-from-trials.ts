import type { Progress } from '../../platform/app.ts'
import type { Facts } from '../../platform/stores/facts/index.ts'
import type { Text } from '../../platform/text.ts'
import { hash } from '../boosting/row-sample.ts'
import { predictors } from '../models/buyers.ts'
import { type Experiment, rowsWhere, takeExperiment } from './experiment.ts'
import { FEWEST_OF_AN_ANSWER, judgeUplift } from './judge-uplift.ts'
import type { UpliftModel } from './model.ts'
import type { Arms, QiniCurve, UpliftDecile } from './qini.ts'
import { trialRows, trialsSql } from './trials-sql.ts'

export interface TrialsInput {
  identityRun: number
  asOf: string
}

export interface LearnedUplift {
  trials: { day: string; days: number; treated: number; control: number }[]
  rows: number
  model: UpliftModel
  average: Arms
  deciles: UpliftDecile[]
  curve: QiniCurve
  warnings: Text[]
}

/** Four models on so many rows take half a minute of one core. */
const MOST_ROWS = 100_000

/** Learns from all trials together; null where none is over, or one arm has too few of an answer. */
export async function learnFromTrials(
  facts: Facts,
  { identityRun, asOf }: TrialsInput,
  progress: Progress,
): Promise<LearnedUplift | null> {
  const trials = await facts.query<{ day: string; days: number; treated: number; control: number }>(trialsSql, {
    identityRun,
    asOf,
  })
  const ids = predictors.map(p => p.id)
  const parts: Experiment[] = []
  for (const [k, { day, days }] of trials.entries()) {
    progress(k, trials.length + 1)
    const rows = await facts.columns(
      trialRows(ids),
      { identityRun, asOf, base: day, days, slices: 1, slice: 0 },
      { settings: { optimize_aggregation_in_order: 1 } },
    )
    parts.push({
      table: { rows: rows.rows, columns: ids.map(name => ({ kind: 'number', name, values: rows.f64(name) })) },
      treated: Uint8Array.from(rows.f64('treated')),
      outcome: Uint8Array.from(rows.f64('answered')),
    })
  }
  const whole = together(parts)
  if (!whole || fewest(whole) < FEWEST_OF_AN_ANSWER) return null
  const n = whole.table.rows
  const experiment =
    n <= MOST_ROWS
      ? whole
      : takeExperiment(
          whole,
          rowsWhere(n, row => hash(73, 0, row) < MOST_ROWS / n),
        )
  progress(trials.length, trials.length + 1)
  const { model, average, deciles, curve, warnings } = await judgeUplift(experiment, {
    ...{ learner: 'auto', heldOutShare: 0.5, seed: 1, threads: 1 },
  })
  return { trials, rows: experiment.table.rows, model, average, deciles, curve, warnings }
}

function together(parts: readonly Experiment[]): Experiment | null {
  const [first] = parts
  if (!first) return null
  const rows = parts.reduce((sum, part) => sum + part.table.rows, 0)
  const joined = <T extends Float64Array | Uint8Array>(into: T, of: (part: Experiment) => T): T => {
    let at = 0
    for (const part of parts) {
      into.set(of(part), at)
      at += part.table.rows
    }
    return into
  }
  return {
    table: {
      rows,
      columns: first.table.columns.map(({ name }, k) => ({
        kind: 'number',
        name,
        values: joined(new Float64Array(rows), part => {
          const column = part.table.columns[k]!
          return column.kind === 'number' ? column.values : new Float64Array(part.table.rows)
        }),
      })),
    },
    treated: joined(new Uint8Array(rows), part => part.treated),
    outcome: joined(new Uint8Array(rows), part => part.outcome),
  }
}

function fewest({ treated, outcome }: Experiment): number {
  const count = [0, 0, 0, 0]
  for (let i = 0; i < treated.length; i++)
    count[2 * treated[i]! + outcome[i]!] = count[2 * treated[i]! + outcome[i]!]! + 1
  return Math.min(...count)
}
