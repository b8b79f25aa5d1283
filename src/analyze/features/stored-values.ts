import type { App } from '../../platform/app.ts'
import type { Domain } from '../segments/domain.ts'
import { type RuleFeature, ruleFeatures } from './catalogue.ts'
import { type Declared, ownFeature } from './own/own-feature.ts'
import { declaredFeatures } from './own/store.ts'

/**
 * Own features lie in three maps of the features table, so that declaring one changes no table while the house is running, on one
 * node or on a cluster; who never had the value has no entry.
 */
export const mapOf = (domain: Domain): 'own_numbers' | 'own_texts' | 'own_lists' =>
  domain.kind === 'number' ? 'own_numbers' : domain.kind === 'list' ? 'own_lists' : 'own_texts'

/** The value as an expression over `f`, a row of the features table. */
export const storedSql = (id: string, domain: Domain): string =>
  domain.kind === 'list'
    ? `f.own_lists['${id}']`
    : `if(mapContains(f.${mapOf(domain)}, '${id}'), f.${mapOf(domain)}['${id}'], NULL)`

/** As rules and pages see it: before its first turn nobody has a value, so it may always be missing. */
export function ownRuleFeature(declared: Declared): RuleFeature {
  const { id, name, unit, domain } = ownFeature(declared)
  const may: Domain = domain.kind === 'list' ? domain : { ...domain, nullable: true }
  return { id, name, unit, domain: may, sql: storedSql(id, may) }
}

/** All that rules may ask for: what comes with the product, what the models say, and what the company declared. */
export async function ruleFeaturesOf(app: Pick<App, 'workflow'>): Promise<ReadonlyMap<string, RuleFeature>> {
  const own = await declaredFeatures(app)
  return new Map([...ruleFeatures, ...own.map(declared => [declared.id, ownRuleFeature(declared)] as const)])
}
