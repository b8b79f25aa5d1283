/** Marts: documented views for BI tools and other systems, always over the newest committed runs. */
import type { StepId } from './app.ts'
import type { MaskKind } from './masking.ts'
import type { Facts } from './stores/facts/index.ts'
import { quoted } from './stores/facts/names.ts'
import { factTable, onCluster } from './stores/facts/tables.ts'
import type { Workflow } from './stores/workflow/index.ts'
import type { Text } from './text.ts'

export interface Mart {
  /** `customers`; the view is `mart_customers`. */
  name: string
  title: Text
  /** What one row is. */
  row: Text
  columns: Readonly<Record<string, MartColumn>>
  /** Columns that together name one row. */
  key: readonly string[]
  /** SELECT with one expression per column, in their order and under their names; runs by `latestRun('identity')`. */
  sql: string
}

export interface MartColumn {
  text: Text
  /** Personal data: how it is masked for who may not see it. */
  personal?: MaskKind
}

/** The newest committed run of each step, as the facts know it: views cannot look into the workflow store. */
export const latestRuns = factTable({
  name: 'latest_runs',
  comment: 'The newest committed run of each step, for the mart views',
  columns: { step: 'LowCardinality(String)', run_id: 'UInt64', noted_at: "DateTime64(3, 'UTC') DEFAULT now64(3)" },
  orderBy: ['step', 'run_id'],
  shardBy: null,
})

/** A constant to the engine when the query starts, so that only this run's partition is read. 0: there is none yet. */
export const latestRun = (step: StepId): string => `(SELECT max(run_id) FROM latest_runs WHERE step = '${step}')`

export const viewOf = (mart: Pick<Mart, 'name'>): string => `mart_${mart.name}`

/** Makes the views, or brings them up to their definition. 1 ms each. */
export async function createMartViews(facts: Facts, marts: readonly Mart[]): Promise<void> {
  const names = new Set<string>()
  for (const mart of marts) {
    if (names.has(mart.name)) throw new Error(`two marts are called ${mart.name}`)
    names.add(mart.name)
    const cluster = onCluster(facts.address.cluster)
    await facts.exec(`CREATE OR REPLACE VIEW ${quoted(viewOf(mart))}${cluster} AS ${mart.sql}`)
  }
}

/** Tells the facts which runs are the newest. Run after each commit, and at the start for a process killed in between. */
export async function noteLatestRuns(workflow: Workflow, facts: Facts): Promise<void> {
  const committed = await workflow.db
    .selectFrom('runs')
    .select(({ fn }) => ['step', fn.max('id').as('run')])
    .where('state', '=', 'committed')
    .groupBy('step')
    .execute()
  const known = await facts.query<{ step: string; run: number }>(
    'SELECT step, max(run_id) AS run FROM latest_runs GROUP BY step',
  )
  const noted = new Map(known.map(({ step, run }) => [step, run]))
  const news = committed.filter(({ step, run }) => Number(run) > (noted.get(step) ?? 0))
  if (news.length > 0)
    await facts.insert(
      'latest_runs',
      news.map(({ step, run }) => ({ step, run_id: Number(run) })),
    )
}
