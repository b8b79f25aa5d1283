import { compileRule, type Rule, ruleFeaturesOf } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import type { ParamValue } from '../../platform/stores/facts/index.ts'

/** Name of a condition → whether its rule holds. */
export type RulesHeld = Record<string, boolean>

/**
 * Which rules of segments hold for which customers, in one statement over the features of one turn (0: of the newest). Only what
 * holds is named; whoever has no features, holds none.
 */
export async function rulesHeld(
  app: App,
  turnId: number,
  rules: Record<string, Rule>,
  ids: readonly number[],
): Promise<Map<number, RulesHeld>> {
  const asked = Object.entries(rules)
  if (asked.length === 0 || ids.length === 0) return new Map()
  const runs = await runsOf(app, turnId)
  if (!runs) return new Map()
  const features = await ruleFeaturesOf(app)
  const params: Record<string, ParamValue> = { ids: [...ids], featuresRun: runs.features, modelsRun: runs.models }
  let scored = false
  const columns = asked.map(([key, rule]) => {
    const compiled = compileRule(
      rule,
      id => {
        // A feature that somebody took away since is not known of anybody: no condition on it holds.
        const feature = features.get(id) ?? {
          sql: 'CAST(NULL AS Nullable(String))',
          domain: { kind: 'choice' as const, nullable: true },
        }
        scored ||= feature.sql.includes('s.')
        return feature
      },
      `${key}_`,
    )
    Object.assign(params, compiled.params)
    return `toUInt8(${compiled.sql}) AS ${key}`
  })
  const scores = scored
    ? 'INNER JOIN (SELECT * FROM scores WHERE run_id = {modelsRun:UInt64} AND customer_id IN {ids:Array(UInt64)}) AS s ON s.customer_id = f.customer_id'
    : ''
  const rows = await app.facts.query<Record<string, number> & { customer: number }>(
    `SELECT f.customer_id AS customer, ${columns.join(', ')}
     FROM (SELECT * FROM features WHERE run_id = {featuresRun:UInt64} AND customer_id IN {ids:Array(UInt64)}) AS f ${scores}`,
    params,
  )
  const keys = asked.map(([key]) => key)
  return new Map(
    rows.map(row => [row.customer, Object.fromEntries(keys.filter(key => row[key] === 1).map(key => [key, true]))]),
  )
}

async function runsOf(app: App, turnId: number): Promise<{ features: number; models: number } | null> {
  const turn = turnId > 0 ? turnId : await newestTurn(app)
  if (turn === null) return null
  const rows = await app.workflow.db
    .selectFrom('runs')
    .select(['id', 'step'])
    .where('turn_id', '=', turn)
    .where('step', 'in', ['features', 'models'])
    .where('state', '=', 'committed')
    .execute()
  const run = (step: string) => rows.find(row => row.step === step)?.id
  const [features, models] = [run('features'), run('models')]
  return features === undefined ? null : { features, models: models ?? 0 }
}

/** The newest turn whose customers have scores. */
async function newestTurn(app: App): Promise<number | null> {
  const models = await app.runs.latest('models')
  return models === null ? null : (await app.runs.turnOf(models)).id
}
