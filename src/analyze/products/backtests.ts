import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { defineJob } from '../../platform/jobs/index.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { runInWorker } from '../run-in-worker.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import type { backtestView } from './api.ts'

/** Days held back: a quarter. */
export const HELD_BACK = 90

/** Holds back the last quarter before the date and lets each way of proposing show what it would have hit. */
export const backtestJob = defineJob({
  name: 'analyze.backtest-products',
  version: 1,
  schema: z.object({ asOf: z.string(), identityRun: z.number() }),
  retry: { limit: 0, delaySeconds: 1 },
  async handle({ asOf, identityRun }, { services }) {
    const { facts, workflow } = services.app
    const settle = (state: 'done' | 'failed', result: Parameters<typeof asJson>[0] | null) =>
      workflow.db
        .updateTable('product_backtests')
        .set({ state, result: result === null ? null : (asJson(result) as never) })
        .where('as_of', '=', asOf)
        .execute()
    try {
      const input = { asOf, identityRun, days: HELD_BACK }
      await settle('done', await runInWorker('backtest-products', facts, input, () => undefined))
    } catch (error) {
      await settle('failed', null)
      throw error
    }
  },
})

export async function askBacktest(app: App, userId: number): Promise<z.infer<typeof backtestView>> {
  const { asOf, identity } = await runsOfTurn(app)
  const row = { as_of: asOf, state: 'running' as const, result: null, asked_by: userId, asked_at: new Date() }
  await app.workflow.db
    .insertInto('product_backtests')
    .values(row)
    .onConflict(conflict => conflict.column('as_of').doUpdateSet(row))
    .execute()
  await app.jobs.send(backtestJob, { asOf, identityRun: identity }, { group: 'product-backtests' })
  return { state: 'running', asOf, result: null }
}

export async function newestBacktest(app: App): Promise<z.infer<typeof backtestView>> {
  const row = await app.workflow.db
    .selectFrom('product_backtests')
    .selectAll()
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { state: row.state, asOf: row.as_of, result: row.result } : { state: 'none', asOf: null, result: null }
}
