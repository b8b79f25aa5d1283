import type { App } from '../../platform/app.ts'
import { dropRun } from '../../platform/stores/facts/index.ts'
import { decideWays, STANDINGS, standingOf, type UnitCosts, writeWhy } from '../kinds/decide-ways.ts'
import type { Kind } from '../kinds/kind.ts'
import { kinds } from '../kinds/kind-store.ts'
import { openWays } from '../kinds/open-ways.ts'
import { hasLists } from '../kinds/route-for.ts'
import { communicationPlan } from '../kinds/tables.ts'
import { liveTemplates, type StoredVersion } from '../template-store.ts'
import { type Basis, statementMonth } from './planned.ts'
import { planSql } from './planned-sql.ts'
import { unitCosts } from './unit-costs.ts'

/** Kinds whose way is not chosen by the plan of offers. */
const ROUTED = ['bill', 'notice']

/** Decides a run's plan, once: a run that was killed while it was composing goes on with the plan it has. */
export async function writePlan(app: App, basis: Basis): Promise<void> {
  const { runId, identityRun, campaignRun, composedRuns, planRun } = basis
  const { facts } = app
  const { whole } = await facts.one<{ whole: number }>(
    "SELECT count() AS whole FROM communication_plan WHERE run_id = {runId:UInt64} AND kind = ''",
    { runId },
  )
  if (whole > 0) return
  await dropRun(facts, communicationPlan, runId)
  const { start, end } = statementMonth(basis.asOf)
  const [all, live, costs, lists] = await Promise.all([
    kinds(app),
    liveTemplates(app, basis.asOf),
    unitCosts(app),
    hasLists(app),
  ])
  await facts.exec(planSql(lists), {
    runId,
    identityRun,
    campaignRun,
    composedRuns,
    planRun,
    only: basis.wave,
    later: basis.later,
    monthStart: start,
    monthEnd: end,
    ...decisionTable(all, live, costs),
  })
  await facts.insert('communication_plan', [{ run_id: runId }])
}

/** Every kind and standing decided: numbers of decisions, and what each says, from 1. */
function decisionTable(all: readonly Kind[], live: readonly StoredVersion[], costs: UnitCosts) {
  const routed: string[] = []
  const decided: number[] = []
  const numbers = new Map<string, number>()
  for (const code of ROUTED) {
    const kind = all.find(each => each.code === code)
    if (!kind) continue
    const open = openWays(kind, live)
    routed.push(code)
    for (let mask = 0; mask < STANDINGS; mask++) {
      const { channels, why } = decideWays(open, standingOf(mask), costs)
      const said = `${channels.join(' ')}|${writeWhy(why)}`
      if (!numbers.has(said)) numbers.set(said, numbers.size + 1)
      decided.push(numbers.get(said)!)
    }
  }
  const said = [...numbers.keys()].map(each => each.split('|'))
  return { routed, decided, channels: said.map(([channels = '']) => channels), whys: said.map(([, why = '']) => why) }
}
