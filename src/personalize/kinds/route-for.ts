import type { App } from '../../platform/app.ts'
import { unitCosts } from '../plan/unit-costs.ts'
import { liveTemplates } from '../template-store.ts'
import { type Decision, decideWays, type Standing, standingOf } from './decide-ways.ts'
import type { Kind } from './kind.ts'
import { openWays } from './open-ways.ts'
import { standingSql } from './standing-sql.ts'

export interface Route extends Decision {
  standing: Standing
}

/** How communications of a kind would go to these customers now: the same facts and the same judgement as a turn's. */
export async function routesFor(
  app: Pick<App, 'facts' | 'workflow'>,
  kind: Kind,
  identityRun: number,
  customerIds: readonly number[],
): Promise<Map<number, Route>> {
  const [live, costs, lists] = await Promise.all([liveTemplates(app), unitCosts(app), hasLists(app)])
  const open = openWays(kind, live)
  const rows = await app.facts.query<{ customer_id: number; mask: number }>(
    standingSql('identityRun', 'customer_id IN {ids:Array(UInt64)}', lists),
    { identityRun, ids: [...customerIds] },
  )
  return new Map(
    rows.map(({ customer_id, mask }) => {
      const standing = standingOf(mask)
      return [customer_id, { standing, ...decideWays(open, standing, costs) }]
    }),
  )
}

export async function hasLists(app: Pick<App, 'facts'>): Promise<boolean> {
  const { any } = await app.facts.one<{ any: number }>('SELECT count() > 0 AS any FROM suppression_rules')
  return any === 1
}
