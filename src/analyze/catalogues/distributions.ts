import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { defineJob } from '../../platform/jobs/index.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { runInWorker } from '../run-in-worker.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import type { DistributionSettings } from './catalogue.ts'
import type { DistributeInput } from './distribute.ts'
import { catalogueErrors } from './errors.ts'
import { catalogueOf } from './store.ts'

/** Distributions whose customers are kept; older ones keep their figures. */
const KEPT = 5

export const distributeJob = defineJob({
  name: 'analyze.distribute-catalogues',
  version: 1,
  schema: z.object({ id: z.number(), identityRun: z.number() }),
  retry: { limit: 0, delaySeconds: 1 },
  async handle({ id, identityRun }, { services }) {
    const { app } = services
    const row = await app.workflow.db
      .selectFrom('catalogue_distributions')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const settle = (done: { state: 'done' | 'failed'; result?: ReturnType<typeof asJson> }) =>
      app.workflow.db
        .updateTable('catalogue_distributions')
        .set(done as { state: 'done' | 'failed' })
        .where('id', '=', id)
        .execute()
    try {
      const products = await Promise.all(row.settings.catalogues.map(({ code }) => catalogueOf(app, code)))
      const input: DistributeInput = {
        distributionId: id,
        identityRun,
        modelsRun: row.models_run,
        asOf: row.as_of,
        settings: row.settings,
        products: products.map(own => own.products),
      }
      const result = await runInWorker('distribute-catalogues', app.facts, input, () => undefined)
      await settle({ state: 'done', result: asJson(result) })
      await forgetOld(app, id)
    } catch (error) {
      await settle({ state: 'failed' })
      throw error
    }
  },
})

async function forgetOld(app: App, newest: number): Promise<void> {
  const { ids } = await app.facts.one<{ ids: number[] }>(
    'SELECT groupUniqArray(distribution_id) AS ids FROM catalogue_members WHERE distribution_id <= {oldest:Int64}',
    { oldest: newest - KEPT },
  )
  for (const id of ids) await app.facts.exec(`ALTER TABLE catalogue_members DROP PARTITION ${Number(id)}`)
}

/** Begins to choose who gets which; the job goes on by itself. */
export async function askDistribution(app: App, settings: DistributionSettings, userId: number): Promise<number> {
  for (const { code } of settings.catalogues) await catalogueOf(app, code)
  const { asOf, models, identity } = await runsOfTurn(app)
  const { id } = await app.workflow.transaction(async tx => {
    const last = await tx
      .selectFrom('catalogue_distributions')
      .select('id')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    return tx
      .insertInto('catalogue_distributions')
      .values({
        id: (last?.id ?? 0) + 1,
        as_of: asOf,
        models_run: models,
        settings: asJson(settings),
        state: 'running',
        result: null,
        asked_by: userId,
        asked_at: new Date(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
  })
  await app.jobs.send(distributeJob, { id, identityRun: identity }, { group: 'catalogues', key: String(id) })
  return id
}

export const newestDistribution = (app: Pick<App, 'workflow'>) =>
  app.workflow.db.selectFrom('catalogue_distributions').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst()

const finished = (app: Pick<App, 'workflow'>) =>
  app.workflow.db
    .selectFrom('catalogue_distributions')
    .selectAll()
    .where('state', '=', 'done')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Who gets a catalogue, by the newest distribution that is through: what an offer with it as content goes to. */
export async function catalogueRecipients(
  app: Pick<App, 'workflow' | 'facts'>,
  code: string,
  page?: { offset: number; limit: number },
): Promise<{ distribution: number; total: number; rows: { customerId: number; taste: number; reasons: string[] }[] }> {
  const newest = await finished(app)
  if (!newest) throw catalogueErrors['catalogues.no-distribution']()
  const params = { id: newest.id, code, offset: page?.offset ?? 0, limit: page?.limit ?? 1e9 }
  const [rows, { total }] = await Promise.all([
    app.facts.query<{ customerId: number; taste: number; reasons: string[] }>(
      `SELECT customer_id AS customerId, taste, reasons FROM catalogue_members
       WHERE distribution_id = {id:UInt64} AND catalogue = {code:String}
       ORDER BY taste DESC, customer_id LIMIT {limit:UInt64} OFFSET {offset:UInt64}`,
      params,
    ),
    app.facts.one<{ total: number }>(
      'SELECT count() AS total FROM catalogue_members WHERE distribution_id = {id:UInt64} AND catalogue = {code:String}',
      params,
    ),
  ])
  return { distribution: newest.id, total, rows }
}
