/** The threshold people chose; every choice is a row, the newest holds, and "automatic" is one of them. */
import type { App } from '../../platform/app.ts'
import { decisionErrors } from './errors.ts'

export interface ThresholdSetting {
  /** null: the matcher chooses. */
  probability: number | null
  userId: number
  at: Date | null
}

export async function chosenThreshold(app: App): Promise<ThresholdSetting> {
  const row = await app.workflow.db
    .selectFrom('collect_identity_thresholds')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { probability: row?.probability ?? null, userId: row?.user_id ?? 0, at: row?.at ?? null }
}

export async function chooseThreshold(app: App, probability: number | null, userId: number): Promise<void> {
  if (probability !== null && !(probability > 0 && probability < 1)) throw decisionErrors['collect.threshold-bad']()
  await app.workflow.db
    .insertInto('collect_identity_thresholds')
    .values({ probability, user_id: userId, at: new Date() })
    .execute()
}
