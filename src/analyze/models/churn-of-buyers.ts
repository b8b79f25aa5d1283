import type { Columns, Facts } from '../../platform/stores/facts/index.ts'
import type { Text } from '../../platform/text.ts'
import {
  better,
  type Candidate,
  type Candidates,
  type ChurnModel,
  scoreChurn,
  trainCandidates,
} from '../churn/candidates.ts'
import type { ChurnDefinition } from '../churn/definition.ts'
import type { FeatureMatrix } from '../churn/feature-matrix.ts'
import { definitionParams, underContract } from '../churn/population-sql.ts'
import { REASONS } from '../churn/reasons.ts'
import { inSeason, readSeason } from '../churn/season.ts'
import { trainingSet } from '../churn/training-set.ts'
import { driftSince, inUseFrom, type Reference, referenceOf } from '../registry/reference.ts'
import { predictorMatrix, predictors } from './buyers.ts'
import { type ChurnPlan, freshPlan } from './churn-plan.ts'
import { daysBefore } from './dates.ts'
import type { ModelRecord, TrainedVersion } from './model-record.ts'

/** Trained on a sample of about so many customers: more would move no weight by a standard error. */
const MOST_FOR_TRAINING = 200_000

export interface CustomersChurn {
  /** Of every customer; 0 for those who cannot leave. */
  probability: Float32Array
  /** Feature ids, strongest first; none for those who cannot leave. */
  reasons: readonly (readonly string[])[]
  record: ModelRecord
}

interface Input {
  identityRun: number
  asOf: string
  customers: number
}

/** The model that scores, wherever it comes from. */
interface InUse {
  model: ChurnModel
  reference: Reference
  learner: string
  trainedOn: number
  trainedAsOf: string
  metrics: Record<string, number>
  versionId: number | null
}

/**
 * Trains on what customers looked like `days` before the date and did until it (or takes the champion trained earlier), and scores
 * them as they are now, for the season to come; where nothing can be trained, the purchase model's chance of silence stands
 * in, without reasons. `buyers` are the places of those who have bought.
 */
export async function churnOfBuyers(
  facts: Facts,
  input: Input,
  columns: Columns,
  buyers: Uint32Array,
  silent: (days: number) => Float32Array,
  plan: ChurnPlan = freshPlan,
): Promise<CustomersChurn> {
  const { definition, promotion } = plan.settings
  const rows = definition.kind === 'silence' ? buyers : await contractRows(facts, input, columns, definition)
  const slices = Math.max(1, Math.ceil(input.customers / MOST_FOR_TRAINING))
  const trainedAsOf = daysBefore(input.asOf, definition.days)
  const trained = plan.train ? await train(facts, input, plan, trainedAsOf, slices) : null
  const found = trained && 'candidates' in trained ? trained : null
  const chosen = found ? better(found.candidates, promotion.errors) : null
  const inUse = inUseFor(plan, found, chosen, trainedAsOf)
  const nobody = { probability: new Float32Array(columns.rows), reasons: [] }
  if (!inUse) {
    const problem = trained && 'problem' in trained ? trained.problem : 'not-trained'
    const fallback = { ...nobody, record: notUsed(definition, found?.candidates.trainedOn ?? 0, problem) }
    // Only where silence is what leaving means can the purchase model stand in.
    if (definition.kind === 'silence') spread(fallback.probability, rows, silent(definition.days))
    return fallback
  }
  const matrix = predictorMatrix(columns, rows)
  const scores = scoreChurn(inUse.model, matrix)
  const season =
    definition.kind === 'silence' ? await readSeason(facts, { ...input, days: definition.days, slices, slice: 0 }) : 1
  const drift = driftSince(inUse.reference, matrix, scores.probability)
  const begun = (reference: Reference) => inUseFrom(reference, matrix, scores.probability)
  spread(
    nobody.probability,
    rows,
    scores.probability.map(p => inSeason(p, season)),
  )
  return {
    probability: nobody.probability,
    reasons: reasonLists(scores.reasons, rows, columns.rows),
    record: {
      model: 'churn',
      learner: inUse.learner,
      trainedOn: inUse.trainedOn,
      trainedAsOf: inUse.trainedAsOf,
      versionId: inUse.versionId,
      parameters: { days: definition.days, season, ...weightsOf(inUse.model) },
      metrics: inUse.metrics,
      definition: inUse.model,
      problem: null,
      drift,
      candidates: found
        ? versionsOf(found, inUse, chosen!).map(one => (one.used ? { ...one, reference: begun(one.reference) } : one))
        : [],
    },
  }
}

interface Found {
  candidates: Candidates
  references: Map<Candidate, Reference>
}

async function train(
  facts: Facts,
  { identityRun, asOf }: Input,
  { settings }: ChurnPlan,
  trainedAsOf: string,
  slices: number,
): Promise<Found | { problem: string }> {
  const ids = predictors.map(p => p.id)
  const before = await facts.columns(
    trainingSet(ids, settings.definition),
    { identityRun, asOf: trainedAsOf, until: asOf, slices, slice: 0, ...definitionParams(settings.definition) },
    { settings: { optimize_aggregation_in_order: 1 } },
  )
  const matrix = matrixOf(before)
  const candidates = await trainCandidates(matrix, Uint8Array.from(before.f64('gone')), settings.learners)
  if ('problem' in candidates) return candidates
  return {
    candidates,
    references: new Map(candidates.candidates.map(one => [one, referenceOf(matrix, one.probability)])),
  }
}

export const matrixOf = (columns: Columns): FeatureMatrix => ({
  rows: columns.rows,
  features: predictors,
  columns: predictors.map(({ id }) => columns.f64(id)),
})

/** What was trained is used at once where the rule says so, or where there is nothing else yet; else the champion goes on. */
function inUseFor(plan: ChurnPlan, found: Found | null, chosen: Candidate | null, trainedAsOf: string): InUse | null {
  const { champion } = plan
  if (chosen && found && (plan.settings.promotion.mode === 'rule' || !champion))
    return {
      ...{ model: chosen.model, learner: chosen.learner, reference: found.references.get(chosen)!, versionId: null },
      ...{ trainedOn: found.candidates.trainedOn, trainedAsOf, metrics: metricsOf(chosen, found.candidates) },
    }
  return champion
}

const metricsOf = (one: Candidate, { leaks, difference }: Candidates): Record<string, number> => ({
  ...one.metrics,
  suspiciousFeatures: leaks.length,
  ...(difference ? { logLossGained: difference.mean, logLossGainedError: difference.error } : {}),
})

function versionsOf({ candidates, references }: Found, inUse: InUse, chosen: Candidate): TrainedVersion[] {
  return candidates.candidates.map(one => ({
    learner: one.learner,
    used: inUse.versionId === null && one === chosen,
    trainedOn: candidates.trainedOn,
    metrics: metricsOf(one, candidates),
    deciles: one.deciles,
    definition: one.model,
    reference: references.get(one)!,
    why: why(candidates, one === chosen),
  }))
}

function why({ difference, candidates }: Candidates, best: boolean): Text {
  if (!difference || candidates.length < 2)
    return { en: 'The only learner that could be trained.', zh: '唯一可训练的模型。' }
  const [mean, error] = [difference.mean, difference.error].map(v => v.toFixed(5)) as [string, string]
  const said = {
    en: `On unseen rows the trees' log-loss is lower by ${mean} ± ${error}`,
    zh: `在未见行上，提升树的对数损失低 ${mean} ± ${error}`,
  }
  return best
    ? { en: `${said.en}: this one is the better choice by the rule.`, zh: `${said.zh}：按规则应选此模型。` }
    : { en: `${said.en}: the other one is the better choice by the rule.`, zh: `${said.zh}：按规则应选另一模型。` }
}

const weightsOf = (model: ChurnModel): Record<string, number> =>
  model.kind === 'trees'
    ? { trees: model.forest.trees.length, base: model.forest.base }
    : {
        intercept: model.intercept,
        ...Object.fromEntries(
          model.terms.map((term, j) => [term.missing ? `${term.feature} missing` : term.feature, model.weights[j]!]),
        ),
      }

const notUsed = ({ days }: ChurnDefinition, trainedOn: number, problem: string): ModelRecord => ({
  ...{ model: 'churn', trainedOn, parameters: { days }, metrics: {}, definition: null, problem },
})

async function contractRows(
  facts: Facts,
  { identityRun, asOf }: Input,
  columns: Columns,
  definition: ChurnDefinition,
): Promise<Uint32Array> {
  const held = await facts.columns(underContract, { identityRun, asOf, ...definitionParams(definition) })
  const holders = held.u64('customer_id')
  const all = columns.u64('customer_id')
  const rows = new Uint32Array(holders.length)
  let n = 0
  // Both in rising order.
  for (let i = 0, k = 0; i < all.length && k < holders.length; i++) {
    while (k < holders.length && holders[k]! < all[i]!) k++
    if (k < holders.length && holders[k] === all[i]) rows[n++] = i
  }
  return rows.slice(0, n)
}

function spread(all: Float32Array, rows: Uint32Array, own: ArrayLike<number>): void {
  for (const [k, row] of rows.entries()) all[row] = own[k]!
}

const nothing: readonly string[] = []

/** A million lists are a few thousand different ones: each is made once. */
function reasonLists(reasons: Int16Array, rows: Uint32Array, customers: number): (readonly string[])[] {
  const known = new Map<number, readonly string[]>()
  const all = new Array<readonly string[]>(customers).fill(nothing)
  for (const [i, row] of rows.entries()) {
    let key = 0
    for (let k = 0; k < REASONS; k++) key = key * 4096 + reasons[i * REASONS + k]! + 1
    let list = known.get(key)
    if (!list) {
      list = [...reasons.subarray(i * REASONS, (i + 1) * REASONS)].filter(k => k >= 0).map(k => predictors[k]!.id)
      known.set(key, list)
    }
    all[row] = list
  }
  return all
}
