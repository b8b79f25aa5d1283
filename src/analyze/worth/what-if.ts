import type { z } from 'zod'
import { mainCurrency } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { defaultDefinition } from '../churn/definition.ts'
import { modelOf } from '../models/registry.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import { segmentNames } from '../segment-names.ts'
import type { whatIf as shape } from './api.ts'
import { keptRange, type Sums, sumsSql } from './group-range.ts'

/**
 * What so many per cent fewer leavers would be worth, by segment: of those expected to leave (the churn model's chance, less those already gone),
 * that share goes on at their own pace instead.
 */
export async function whatIf(
  app: App,
  { percent, months }: { percent: number; months: 12 | 24 | 36 },
): Promise<z.infer<typeof shape>> {
  const { models, segments } = await runsOfTurn(app)
  const params = { models, segments, segment: '' }
  const [rows, [all], names, churn, currency] = await Promise.all([
    app.facts.query<Sums>(sumsSql('segment'), params),
    app.facts.query<Sums>(sumsSql('all'), params),
    segmentNames(app),
    modelOf(app.workflow, models, 'churn'),
    mainCurrency(app.facts),
  ])
  const share = percent / 100
  const told = (sums: Sums) => ({
    customers: sums.customers,
    leavers: sums.leavers,
    kept: share * sums.leavers,
    valueMinor: sums[`value_${months}`] ?? 0,
    ...keptRange(sums, months, share),
  })
  const nobody = { customers: 0, leavers: 0, kept: 0, valueMinor: 0, minor: 0, lowMinor: 0, highMinor: 0 }
  return {
    percent,
    months,
    currency,
    leavingDays: churn?.parameters['days'] ?? defaultDefinition.days,
    total: all ? told(all) : nobody,
    rows: rows
      .map(sums => ({
        segment: sums.segment,
        name: names.get(sums.segment) ?? { en: sums.segment, zh: sums.segment },
        ...told(sums),
      }))
      .toSorted((a, b) => b.minor - a.minor),
  }
}
