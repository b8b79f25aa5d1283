import type { App } from '../../../platform/app.ts'
import type { Text } from '../../../platform/text.ts'
import { featureById, type RuleFeature } from '../../features/catalogue.ts'
import type { Unit } from '../../features/feature.ts'
import { runsOfTurn, type TurnRuns } from '../../runs-of-turn.ts'
import type { Domain } from '../domain.ts'
import { catalogueOf } from '../rule-catalogue.ts'

export type CriterionGroup = 'who' | 'research' | 'bought' | 'contact' | 'score'

/** What a rule can be about, with what its values are like among the customers there are. */
export interface Criterion {
  id: string
  name: Text
  meaning: Text | null
  unit: Unit
  group: CriterionGroup
  domain: Domain
  /** Share of customers of whom it is known. */
  known: number
  /** 5, 25, 50, 75 and 95 per cent of those known lie below. */
  quantiles: number[]
  /** The most frequent, most frequent first. */
  values: string[]
}

const COMMON = 60
/** Shares and quantiles are looked at on so many customers: a tenth of a per cent of error is no matter here. */
const LOOKED_AT = 300_000

/** Of one pair of runs: they never change but by a refresh, which forgets them. */
const kept = new Map<string, Promise<Criterion[]>>()
export const forgetCriteria = (): void => kept.clear()

export async function criteria(app: App): Promise<Criterion[]> {
  const runs = await runsOfTurn(app)
  const key = `${runs.features} ${runs.models}`
  const there = kept.get(key)
  if (there) return there
  kept.clear()
  const asked = measure(app, runs)
  kept.set(key, asked)
  asked.catch(() => kept.delete(key))
  return asked
}

const groupOf = ({ id, sql }: RuleFeature): CriterionGroup => {
  if (!sql.startsWith('f.')) return 'score'
  switch (featureById.get(id)?.source) {
    case 'golden_records':
      return 'who'
    case 'customer_attributes':
      return 'research'
    case 'events':
      return 'contact'
    default:
      return 'bought'
  }
}

const measured = ({ sql, domain }: RuleFeature): string => {
  switch (domain.kind) {
    case 'number':
      return `tuple(count(${sql}) / count(), quantilesTDigest(0.05, 0.25, 0.5, 0.75, 0.95)(toFloat64(${sql})), emptyArrayString())`
    case 'date':
      return `tuple(count(${sql}) / count(), emptyArrayFloat64(), emptyArrayString())`
    case 'choice':
      return `tuple(countIf(ifNull(${sql}, '') != '') / count(), emptyArrayFloat64(), arrayMap(v -> toString(v), topKIf(${COMMON})(ifNull(${sql}, ''), ifNull(${sql}, '') != '')))`
    case 'list':
      return `tuple(countIf(notEmpty(${sql})) / count(), emptyArrayFloat64(), arrayMap(v -> toString(v), topKArray(${COMMON})(${sql})))`
  }
}

async function measure(app: App, runs: TurnRuns): Promise<Criterion[]> {
  const { features } = await catalogueOf(app)
  const all = [...features.values()]
  const { customers } = await app.facts.one<{ customers: number }>(
    'SELECT count() AS customers FROM features WHERE run_id = {run:UInt64}',
    { run: runs.features },
  )
  const row = await app.facts.one<Record<string, [number, number[], string[]]>>(
    `SELECT ${all.map((feature, i) => `${measured(feature)} AS c${i}`).join(',\n  ')}
     FROM (SELECT * FROM features WHERE run_id = {featuresRun:UInt64} AND cityHash64(customer_id) % {every:UInt32} = 0) AS f
     INNER JOIN (SELECT * FROM scores WHERE run_id = {modelsRun:UInt64} AND cityHash64(customer_id) % {every:UInt32} = 0) AS s
       ON s.customer_id = f.customer_id`,
    { featuresRun: runs.features, modelsRun: runs.models, every: Math.max(1, Math.ceil(customers / LOOKED_AT)) },
  )
  return all.map((feature, i): Criterion => {
    const [known, quantiles, values] = row[`c${i}`]!
    const { id, name, unit, domain } = feature
    return {
      id,
      name,
      meaning: featureById.get(id)?.meaning ?? null,
      unit,
      group: groupOf(feature),
      domain,
      known: Number.isFinite(known) ? known : 0,
      quantiles: quantiles.filter(Number.isFinite),
      values: domain.kind === 'choice' && domain.values ? [...domain.values] : values,
    }
  })
}
