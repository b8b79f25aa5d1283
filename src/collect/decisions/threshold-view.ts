/** Precision and recall by threshold, from the newest run's weights and everything people answered. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { thresholdView } from './api.ts'
import { decisionErrors } from './errors.ts'
import { standingDecisions } from './keep-decisions.ts'
import { precisionRecall } from './precision-recall.ts'
import { pairKey } from './record-ref.ts'
import { chosenThreshold } from './threshold-setting.ts'
import { binOf, edgeOf, logOddsOf, type WeightBin } from './weight-bins.ts'

/** Reasons for which a pair was chosen by its weight alone: only these answers say how often such pairs match. */
const BY_WEIGHT = new Set(['uncertain', 'sample'])

export async function thresholdViewOf(app: App, runId: number): Promise<z.input<typeof thresholdView>> {
  const [run, bins, weights, decisions, chosen] = await Promise.all([
    app.workflow.db.selectFrom('collect_identity_figures').selectAll().where('run_id', '=', runId).executeTakeFirst(),
    app.facts.query<WeightBin>(
      'SELECT bin, pairs, expected, customers FROM pair_weights WHERE run_id = {run_id:UInt64} ORDER BY bin',
      { run_id: runId },
    ),
    weightsOf(app, runId),
    standingDecisions(app),
    chosenThreshold(app),
  ])
  if (!run) throw decisionErrors['collect.pair-not-compared']()
  const figures = run.figures
  const answers = decisions.filter(({ kind, reason }) => kind !== 'unsure' && BY_WEIGHT.has(reason))
  const labels = answers.flatMap(({ kind, left, right }) => {
    const logOdds = weights.get(pairKey(left, right))
    return logOdds === undefined ? [] : [{ bin: binOf(logOdds), same: kind === 'same' }]
  })
  const points = precisionRecall(bins, labels, figures.missedPairs)
  const used = points.find(({ bin }) => edgeOf(bin) <= logOddsOf(figures.threshold) + 1e-9)
  const f1 = ({ precision, recall }: { precision: number; recall: number }) =>
    precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0
  const best = points.reduce<(typeof points)[number] | null>((a, b) => (a && f1(a) >= f1(b) ? a : b), null)
  return {
    runId,
    used: figures.threshold,
    usedAutomatic: figures.automatic,
    chosen: chosen.probability,
    expectedF1: figures.expectedF1,
    customers: figures.customers,
    labels: {
      same: labels.filter(({ same }) => same).length,
      different: labels.filter(({ same }) => !same).length,
      left: answers.length - labels.length,
    },
    bestF1: best?.threshold ?? figures.threshold,
    curve: points
      .filter(({ bin }) => edgeOf(bin) >= -7 && edgeOf(bin) <= 21)
      .map(({ bin: _bin, customers, ...point }) => ({
        ...point,
        customersMore: customers - (used?.customers ?? customers),
      })),
  }
}

/** Weight in this run of every pair people answered, of its queue or of an earlier one. */
async function weightsOf(app: App, runId: number): Promise<Map<string, number>> {
  const rows = await app.facts.query<{ ls: string; lk: string; rs: string; rk: string; logOdds: number }>(
    `SELECT left_source AS ls, left_key AS lk, right_source AS rs, right_key AS rk, log_odds AS logOdds
     FROM review_pairs WHERE run_id = {run_id:UInt64}`,
    { run_id: runId },
  )
  return new Map(
    rows.map(({ ls, lk, rs, rk, logOdds }) => [
      pairKey({ source: ls, rowKey: lk }, { source: rs, rowKey: rk }),
      logOdds,
    ]),
  )
}
