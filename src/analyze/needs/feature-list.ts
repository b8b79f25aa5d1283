import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { type Unit, unitNames } from '../features/feature.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import type { needFeatureList } from './api.ts'
import { needFeatures } from './need-features.ts'
import { valueName } from './value-names.ts'

/** Values offered of a feature without a fixed list. */
const MOST_VALUES = 40
/** Rules hold minor units and shares of one; people write pounds and per cent. */
const scaleOf = (unit: Unit): number => (unit === 'money' || unit === 'share' ? 100 : 1)

/** What a rule can ask, with the values there are today to choose from. */
export async function listNeedFeatures(app: App): Promise<z.infer<typeof needFeatureList>> {
  const features = [...(await needFeatures(app)).values()]
  const runs = await runsOfTurn(app)
  const open = features.filter(({ domain }) => domain.kind === 'list' || (domain.kind === 'choice' && !domain.values))
  const values = await app.facts.one<Record<string, string[]>>(
    `SELECT ${open
      .map(({ domain, sql }, k) =>
        domain.kind === 'list'
          ? `arraySort(groupUniqArrayArray(${MOST_VALUES})(${sql})) AS v${k}`
          : `arraySort(groupUniqArrayIf(${MOST_VALUES})(ifNull(toString(${sql}), ''), ifNull(toString(${sql}), '') != '')) AS v${k}`,
      )
      .join(', ')}
     FROM (SELECT * FROM features WHERE run_id = {features:UInt64}) AS f
     INNER JOIN (SELECT * FROM scores WHERE run_id = {models:UInt64}) AS s ON s.customer_id = f.customer_id`,
    { features: runs.features, models: runs.models },
  )
  const known = new Map(open.map(({ id }, k) => [id, values[`v${k}`] ?? []]))
  return {
    rows: features.map(({ id, name, unit, domain }) => ({
      id,
      name,
      unit: unitNames[unit],
      kind: domain.kind,
      nullable: domain.kind !== 'list' && domain.nullable,
      scale: scaleOf(unit),
      values: (domain.kind === 'choice' && domain.values ? domain.values : (known.get(id) ?? [])).map(value => ({
        value,
        name: valueName(id, value),
      })),
    })),
  }
}
