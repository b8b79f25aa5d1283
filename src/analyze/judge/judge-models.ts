import type { Progress } from '../../platform/app.ts'
import type { Facts } from '../../platform/stores/facts/index.ts'
import type { Text } from '../../platform/text.ts'
import type { ChurnDefinition } from '../churn/definition.ts'
import { auc, byScore, calibrationError } from '../churn/metrics.ts'
import { daysBefore } from '../models/dates.ts'
import type { ModelId } from '../models/model-record.ts'
import { DISCOUNT_RATE } from '../models/value-of-buyers.ts'
import { endedContracts } from './ended-contracts.ts'
import { aboutAmounts, aboutProbability, aboutProposals, notYet } from './evidence.ts'
import { proposalsTaken } from './proposals-taken.ts'
import { aucError, correlation, correlationError, totalError } from './statistics.ts'
import { type Findings, type Verdict, verdictOf } from './verdict.ts'
import { lastPurchase, whatFollowed } from './what-followed.ts'

export interface JudgeInput {
  runId: number
  identityRun: number
  featuresRun: number
  modelsRun: number
  asOf: string
  churnDays: number
  /** What leaving meant to the churn model. */
  leaving: ChurnDefinition
  customers: number
}

export interface Judgement {
  model: ModelId
  verdict: Verdict | 'unjudged'
  evidence: Text
  metrics: Record<string, number>
}

/** A gap this long at the end of the data is a holiday, not the end of what is known. */
const QUIET_DAYS = 7
const SLICE_CUSTOMERS = 250_000

/** Sets what the models said of each buyer against what followed; writes model_checks. */
export async function judgeModels(facts: Facts, input: JudgeInput, progress: Progress): Promise<Judgement[]> {
  const { day } = await facts.one<{ day: string }>(lastPurchase, { identityRun: input.identityRun })
  const passed = (days: number) => day >= daysBefore(input.asOf, QUIET_DAYS - days)
  if (!passed(input.churnDays))
    return (['purchases', 'value', 'churn', 'next-product'] as const).map(model => ({
      model,
      verdict: 'unjudged',
      evidence: notYet(day, model === 'churn' ? input.churnDays : 365),
      metrics: {},
    }))

  progress(0, 2, 'what followed')
  const { runId, customers, leaving, ...params } = input
  const rows = await facts.columns(whatFollowed, { ...params, discountRate: DISCOUNT_RATE })
  const of = (name: string) => rows.f64(name)
  const recency = of('recency')
  const out: Judgement[] = []
  const year = passed(365)
  for (const [model, said, came, rule] of [
    ['purchases', 'expected_purchases', 'purchases', 'last_purchases'],
    ['value', 'expected_margin', 'margin', 'last_margin'],
  ] as const) {
    if (!year) out.push({ model, verdict: 'unjudged', evidence: notYet(day, 365), metrics: {} })
    else out.push(await judgeAmounts(facts, runId, model, { said: of(said), came: of(came), rule: of(rule) }))
  }
  if (leaving.kind === 'silence')
    out.push(await judgeChurn(facts, runId, input.churnDays, of('churn'), Uint8Array.from(of('gone')), recency))
  else {
    const held = await endedContracts(facts, input, leaving)
    out.push(
      await judgeChurn(
        facts,
        runId,
        input.churnDays,
        held.f64('churn'),
        Uint8Array.from(held.f64('gone')),
        held.f64('recency'),
      ),
    )
  }
  progress(1, 2, 'proposals')
  out.push(
    year
      ? await judgeProposals(facts, input)
      : { model: 'next-product', verdict: 'unjudged', evidence: notYet(day, 365), metrics: {} },
  )
  progress(2, 2)
  return out
}

interface Compared {
  said: Float64Array
  came: Float64Array
  /** What the simple rule says: next year as the last. */
  rule: Float64Array
}

async function judgeAmounts(
  facts: Facts,
  runId: number,
  model: ModelId,
  { said, came, rule }: Compared,
): Promise<Judgement> {
  const ranking = correlation(said, came)
  const findings: Findings = {
    ranking,
    ruleRanking: correlation(rule, came),
    rankingError: correlationError(ranking, said.length),
    chance: 0,
    expected: sum(said),
    actual: sum(came),
    totalError: totalError(said, came),
  }
  const mae = (by: Float64Array) => by.reduce((s, v, i) => s + Math.abs(v - came[i]!), 0) / by.length
  await writeChecks(facts, runId, model, said, came, rule)
  const verdict = verdictOf(findings)
  const metrics = { ...shared(findings, said.length), ruleTotal: sum(rule), mae: mae(said), ruleMae: mae(rule) }
  return { model, verdict, evidence: aboutAmounts(model, findings), metrics }
}

async function judgeChurn(
  facts: Facts,
  runId: number,
  days: number,
  said: Float64Array,
  gone: Uint8Array,
  recency: Float64Array,
): Promise<Judgement> {
  const yes = gone.reduce((s, v) => s + v, 0)
  const ranking = auc(said, gone)
  const findings: Findings = {
    ranking,
    ruleRanking: auc(recency, gone),
    rankingError: aucError(ranking, yes, gone.length - yes),
    chance: 0.5,
    expected: sum(said),
    actual: yes,
    totalError: totalError(said, gone),
    calibrationError: calibrationError(said, gone),
  }
  // The rule as people use it: silent for longer than the definition's days is gone.
  const rule = recency.map(r => (r > days ? 1 : 0))
  await writeChecks(facts, runId, 'churn', said, gone, rule)
  return {
    model: 'churn',
    verdict: verdictOf(findings),
    evidence: aboutProbability(days, findings),
    metrics: { ...shared(findings, said.length), calibrationError: findings.calibrationError!, ruleTotal: sum(rule) },
  }
}

async function judgeProposals(
  facts: Facts,
  { runId, customers, leaving: _leaving, ...params }: JudgeInput,
): Promise<Judgement> {
  let [asked, proposed, taken, ofBest] = [0, 0, 0, 0]
  const slices = Math.max(1, Math.ceil(customers / SLICE_CUSTOMERS))
  for (let slice = 0; slice < slices; slice++) {
    const part = await facts.one<Record<'customers' | 'proposed' | 'taken' | 'taken_of_best_sellers', number>>(
      proposalsTaken,
      { ...params, slices, slice },
      // Small blocks: a customer's purchases stand beside each of a hundred best-sellers while they are compared, and with
      // the engine's blocks of 65 thousand customers that took more than the engine has (1 M customers).
      { settings: { optimize_aggregation_in_order: 1, max_block_size: 1024, max_joined_block_size_rows: 1024 } },
    )
    asked += part.customers
    proposed += part.proposed
    taken += part.taken
    ofBest += part.taken_of_best_sellers
  }
  await facts.insert('model_checks', [
    {
      run_id: runId,
      model: 'next-product',
      decile: 0,
      customers: asked,
      expected: proposed,
      actual: taken,
      baseline: ofBest,
    },
  ])
  const hit = (n: number) => (proposed > 0 ? n / proposed : 0)
  const error = proposed > 0 ? Math.sqrt((hit(taken) * (1 - hit(taken))) / proposed) : 1
  // A list has no level to be off: only its order is judged, against best-sellers.
  const verdict = taken === 0 ? 'stop' : hit(taken) < hit(ofBest) - 2 * error ? 'retrain' : 'good'
  return {
    model: 'next-product',
    verdict,
    evidence: aboutProposals(asked, hit(taken), hit(ofBest)),
    metrics: { customers: asked, proposed, hitRate: hit(taken), ruleHitRate: hit(ofBest) },
  }
}

const shared = (findings: Findings, customers: number) => ({
  customers,
  expected: findings.expected,
  actual: findings.actual,
  ranking: findings.ranking,
  ruleRanking: findings.ruleRanking,
})

async function writeChecks(
  facts: Facts,
  runId: number,
  model: ModelId,
  said: Float64Array,
  came: ArrayLike<number>,
  rule: Float64Array,
): Promise<void> {
  const bins = byScore(said, came)
  const rules = byScore(rule, came, 10, said)
  const rows = bins.map((bin, k) => ({ decile: k + 1, ...bin, baseline: rules[k]!.expected }))
  const all = { decile: 0, customers: said.length, expected: sum(said), actual: sum(came), baseline: sum(rule) }
  await facts.insert(
    'model_checks',
    [all, ...rows].map(row => ({ run_id: runId, model, ...row })),
  )
}

const sum = (column: ArrayLike<number>): number => {
  let total = 0
  for (let i = 0; i < column.length; i++) total += column[i]!
  return total
}
