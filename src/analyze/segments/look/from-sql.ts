import type { RuleFeature } from '../../features/catalogue.ts'
import { alternatives, type Rule } from '../rule.ts'

/** The runs whose customers are looked at. */
export interface LookRuns {
  features: number
  models: number
}

/** Features that rules ask for. */
export const askedOf = (rules: readonly Rule[]): Set<string> =>
  new Set(rules.flatMap(rule => alternatives(rule).flatMap(all => all.map(condition => condition.feature))))

/**
 * Customers with what the rules ask for: the scores are joined only where a rule asks one. `every` > 1 takes one customer in so
 * many, by the hash of the number, so that both sides of the join are thinned before they meet.
 * Parameters: featuresRun, modelsRun, every.
 */
export function customersSql(
  asked: Iterable<string>,
  features: ReadonlyMap<string, RuleFeature>,
  always = false,
): string {
  const scored = always || [...asked].some(id => features.get(id)?.sql.includes('s.'))
  const part = (table: string, run: string) =>
    `(SELECT * FROM ${table} WHERE run_id = {${run}:UInt64} AND cityHash64(customer_id) % {every:UInt32} = 0)`
  const joined = scored ? `\nINNER JOIN ${part('scores', 'modelsRun')} AS s ON s.customer_id = f.customer_id` : ''
  return `FROM ${part('features', 'featuresRun')} AS f${joined}`
}
