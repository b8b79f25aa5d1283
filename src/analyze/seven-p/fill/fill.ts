import type { App } from '../../../platform/app.ts'
import { asJson } from '../../../platform/stores/workflow/index.ts'
import { judgeLikeness, learnLikeness, likenessParams } from '../likeness.ts'
import { armsSql, contactsSql } from './contacts-sql.ts'
import { categoriesSql, cohortsSql, monthsSql, ownedSql, pairsSql, productBuyersSql, productsSql } from './cubes-sql.ts'
import { customersSql, edgesSql } from './customers-sql.ts'

/** As the features: so many customers a statement keep its memory flat. */
const SLICE_CUSTOMERS = 250_000

/** After the customers, in any order; pairs after what is owned. */
const cubes = [
  monthsSql,
  cohortsSql,
  categoriesSql,
  ownedSql,
  pairsSql,
  productsSql,
  productBuyersSql,
  contactsSql,
  armsSql,
]

/** Pages read what one fill wrote; whoever fills a run again in place drops its partitions first. */
export interface SevenPRuns {
  runId: number
  asOf: string
  identityRun: number
  featuresRun: number
  modelsRun: number
  segmentsRun: number
  customers: number
  /** Customers a statement takes; for tests. */
  slice?: number
}

/** What the seven pages read: a row per customer and sums by segment, place and month. */
export async function fillSevenP(app: Pick<App, 'facts' | 'workflow'>, runs: SevenPRuns): Promise<void> {
  const { runId, customers, slice: most = SLICE_CUSTOMERS, ...known } = runs
  const { deciles, whales } = await app.facts.one<{ deciles: number[]; whales: number[] }>(edgesSql, {
    featuresRun: runs.featuresRun,
    modelsRun: runs.modelsRun,
  })
  const edges = {
    deciles: deciles.map(edge => (Number.isFinite(edge) ? Math.round(edge) : 0)),
    whales: whales.filter(Number.isFinite).length > 0 ? whales.map(Math.round) : [0],
  }
  const likeness = await learnLikeness(app.facts, {
    best: Math.max(1, edges.deciles[0] ?? 1),
    featuresRun: runs.featuresRun,
    modelsRun: runs.modelsRun,
  })
  const slices = Math.max(1, Math.ceil(customers / most))
  const settings = { optimize_aggregation_in_order: 1 }
  for (let slice = 0; slice < slices; slice++) {
    const params = { ...known, runId, slices, slice }
    await app.facts.exec(customersSql, { ...params, ...edges, ...likenessParams(likeness) }, { settings })
    for (const cube of cubes) await app.facts.exec(cube, params, { settings })
  }
  const judged = await judgeLikeness(app.facts, runId)
  const definition = asJson({ ...likeness, ...judged })
  await app.workflow.db
    .insertInto('insight_likeness')
    .values({ run_id: runId, definition })
    .onConflict(conflict => conflict.column('run_id').doUpdateSet({ definition }))
    .execute()
}
