import type { Progress } from '../../platform/app.ts'
import type { Facts } from '../../platform/stores/facts/index.ts'
import { buyerRows, readCustomers } from '../models/buyers.ts'
import { churnOfBuyers } from '../models/churn-of-buyers.ts'
import type { ChurnPlan } from '../models/churn-plan.ts'
import type { ModelRecord } from '../models/model-record.ts'

export interface TrainChurnInput {
  identityRun: number
  featuresRun: number
  asOf: string
  plan: ChurnPlan
}

/** Trains without a turn: the record holds the candidates; nobody is scored anew before the next turn. */
export async function trainChurn(facts: Facts, input: TrainChurnInput, progress: Progress): Promise<ModelRecord> {
  progress(0, 1)
  const columns = await readCustomers(facts, input.featuresRun)
  const rows = buyerRows(columns)
  const known = { identityRun: input.identityRun, asOf: input.asOf, customers: columns.rows }
  const nothing = () => new Float32Array(rows.length)
  const { record } = await churnOfBuyers(facts, known, columns, rows, nothing, { ...input.plan, train: true })
  progress(1, 1)
  return record
}
