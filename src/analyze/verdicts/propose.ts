import type { App } from '../../platform/app.ts'
import type { Columns } from '../../platform/stores/facts/index.ts'
import type { RuleFeature } from '../features/catalogue.ts'
import { alternatives, type Condition, type Rule } from '../segments/rule.ts'
import { type Catalogue, catalogueOf } from '../segments/rule-catalogue.ts'
import type { SegmentSet } from '../segments/segment-set.ts'
import { versionAt } from '../segments/versions/versions.ts'
import type { CustomerModelVerdict } from './customer-model.ts'
import { explainMisfit, type Split } from './explain-misfit.ts'
import type { JudgedEvidence } from './judge-segments.ts'
import { leavingDays } from './leaving-days.ts'
import { assignedMembers, responseCustomers } from './response-sql.ts'
import { outcomeParams } from './segment-evidence.ts'
import { segmentCustomers } from './segment-outcomes-sql.ts'
import { responseParams } from './turns.ts'

/** Customers looked at: a cut that tells misfit from fit shows in far fewer. */
const MOST = 50_000

/** Numbers of which rules may speak; a score of the model that is off says nothing of why it is. */
const candidates = ({ features }: Catalogue): RuleFeature[] =>
  [...features.values()].filter(({ domain, sql }) => domain.kind === 'number' && sql.startsWith('f.'))

/** Where in the segment what was said does not hold, if one cut of one feature tells; its customers as they were on the day. */
export async function splitOf(
  app: App,
  verdict: CustomerModelVerdict,
  { segment, kind, asOf }: JudgedEvidence,
): Promise<Split | null> {
  const turn = verdict.turns.find(one => one.asOf === asOf) ?? verdict.turns.at(-1)
  if (!turn) return null
  const asked = candidates(await catalogueOf(app))
  const rows = await (kind === 'response' ? contacts() : customers())
  return explainMisfit({
    expected: rows.f64(`expected_${columnOf[kind]}`),
    came: rows.f64(`came_${columnOf[kind]}`),
    binary: kind !== 'value',
    features: asked.map(({ id }) => ({ id, values: rows.f64(id) })),
  })

  async function customers(): Promise<Columns> {
    const days = (await leavingDays(app, turn!)) ?? 365
    const params = outcomeParams(turn!, verdict.turns.at(-1)!.identity, days)
    return app.facts.columns(segmentCustomers(asked), { ...params, segment, most: MOST })
  }
  async function contacts(): Promise<Columns> {
    const turns = verdict.turnsOf(segment)
    const { heard } = verdict
    return app.facts.columns(responseCustomers(assignedMembers, asked), {
      ...responseParams(turns, new Date().toISOString().slice(0, 10), heard.unheard),
      ...{ featureRuns: turns.map(one => one.features), modelRuns: turns.map(one => one.models) },
      ...{ segment, most: MOST },
    })
  }
}

const columnOf = { response: 'response', leaving: 'leaves', value: 'worth' } as const

export interface CorrectedRules {
  set: SegmentSet
  how: 'moved' | 'added'
}

/** The rules in force with that condition in the segment's own: a threshold it had is moved, else the condition is added. */
export async function correctedRules(app: App, segment: string, split: Split): Promise<CorrectedRules | null> {
  const current = await versionAt(app)
  const definition = current?.set.segments.find(one => one.code === segment)
  if (!current || !definition) return null
  const { rule, how } = withCondition(definition.rule, split)
  const segments = current.set.segments.map(one => (one.code === segment ? { ...one, rule } : one))
  return { set: { ...current.set, segments }, how }
}

export function withCondition(
  rule: Rule,
  { feature, op, value }: Pick<Split, 'feature' | 'op' | 'value'>,
): { rule: Rule; how: 'moved' | 'added' } {
  const added: Condition = { feature, op, value }
  const same = (condition: Condition): boolean => condition.feature === feature && condition.op.startsWith(op[0]!)
  const parts = alternatives(rule)
  const how = parts.some(all => all.some(same)) ? 'moved' : 'added'
  const changed = parts.map(all => ({ all: [...all.filter(condition => !same(condition)), added] }))
  return { rule: changed.length === 1 ? changed[0]! : { any: changed }, how }
}
