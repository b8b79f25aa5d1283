import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { allVersions } from '../needs/versions.ts'
import { titles } from '../pages/model-list.ts'
import { churnSettings } from '../registry/plan-training.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import { segmentNames } from '../segment-names.ts'
import { currencyOf } from '../segments/currency.ts'
import { ruleInWords } from '../segments/in-words.ts'
import { catalogueOf } from '../segments/rule-catalogue.ts'
import { versionAt } from '../segments/versions/versions.ts'
import type { correctionList, modelVerdict } from './api.ts'
import { customerModelVerdict } from './customer-model.ts'
import { oddsOf } from './evidence.ts'
import { evidenceInWords, needInWords } from './in-words.ts'
import type { Standing } from './judge-segments.ts'
import { pendingCorrections } from './pending.ts'
import { settleElsewhere } from './settle-elsewhere.ts'
import type { CorrectionKind } from './workflow-tables.ts'

const order: Record<Standing, number> = { 'not-held': 0, held: 1, unknown: 2 }

export async function verdictView(app: App): Promise<z.infer<typeof modelVerdict>> {
  const { asOf } = await runsOfTurn(app)
  const [verdict, names, rules, catalogue, needs, waiting, currency, settings] = await Promise.all([
    customerModelVerdict(app),
    segmentNames(app),
    versionAt(app, asOf),
    catalogueOf(app),
    allVersions(app),
    pendingCorrections(app),
    currencyOf(app),
    churnSettings(app),
  ])
  const waits = (subject: string) => {
    const one = waiting.find(({ target }) => target === subject)
    return one ? { id: one.id, state: one.state } : null
  }
  return {
    asOf,
    currency,
    turns: verdict.turns.map(turn => turn.asOf),
    unheard: verdict.heard.unheard,
    segments: verdict.segments
      .map(({ segment, standing, evidence }) => {
        const rule = rules?.set.segments.find(one => one.code === segment)?.rule
        return {
          ...{ segment, standing, name: names.get(segment) ?? { en: segment, zh: segment } },
          rule: rule ? ruleInWords(rule, catalogue.wordsOf) : null,
          evidence: evidence.map(one => ({
            ...{ kind: one.kind, asOf: one.asOf, customers: one.customers, expected: one.expected },
            ...{ observed: one.observed, low: one.low, high: one.high, against: one.against, standing: one.standing },
            odds: oddsOf(one.adjusted),
            words: evidenceInWords(one),
          })),
          correction: waits(segment),
        }
      })
      .sort((a, b) => order[a.standing] - order[b.standing] || (a.segment < b.segment ? -1 : 1)),
    scores: verdict.scores.map(score => ({
      ...score,
      title: titles[score.model],
      // All other models are fitted anew at every turn.
      remedy:
        score.verdict === 'good' || score.verdict === 'unjudged'
          ? 'none'
          : score.model === 'churn' && settings.retrain.mode !== 'every-turn'
            ? 'propose'
            : 'each-turn',
      correction: score.model === 'churn' ? waits('churn') : null,
    })),
    needs: verdict.needs.map(({ adjusted, ...need }) => {
      const judged = needs.find(row => row.code === need.code && row.version === need.version)
      const newest = needs.find(row => row.code === need.code && row.state !== 'draft')
      return {
        ...need,
        name: judged?.body.name ?? { en: need.code, zh: need.code },
        odds: oddsOf(adjusted),
        words: needInWords({ adjusted, ...need }),
        inForce: newest?.state !== 'released' ? 'no' : newest.version === need.version ? 'yes' : 'newer',
        correction: waits(need.code),
      }
    }),
  }
}

/** Newest first. */
export async function correctionsView(app: App): Promise<z.infer<typeof correctionList>> {
  await settleElsewhere(app)
  const [rows, backtests, names, needs] = await Promise.all([
    app.workflow.db
      .selectFrom('model_corrections')
      .leftJoin('segment_versions', 'segment_versions.id', 'model_corrections.version_id')
      .selectAll('model_corrections')
      .select('segment_versions.effective_from')
      .orderBy('model_corrections.id', 'desc')
      .limit(200)
      .execute(),
    app.workflow.db
      .selectFrom('model_backtests')
      .select(['as_of', 'metrics', 'created_at'])
      .where('model', '=', 'churn')
      .orderBy('as_of')
      .execute(),
    segmentNames(app),
    allVersions(app),
  ])
  const nameOf = (kind: CorrectionKind, subject: string): Text =>
    (kind === 'retrain'
      ? titles.churn
      : kind === 'segment-rule'
        ? names.get(subject)
        : needs.find(row => row.code === subject)?.body.name) ?? { en: subject, zh: subject }
  return {
    rows: rows.map(row => {
      const { split, words, how } = row.change
      return {
        ...{ id: row.id, kind: row.kind, subject: row.target, asOf: row.as_of, evidence: row.evidence, words },
        name: nameOf(row.kind, row.target),
        how: how ?? null,
        split: split
          ? {
              ...{ customers: split.customers, kept: split.kept },
              ...{ before: split.before, after: split.after, left: split.left },
            }
          : null,
        backtest: row.kind === 'retrain' ? triedOn(backtests.filter(one => one.created_at >= row.made_at)) : null,
        ...{ versionId: row.version_id, trialId: row.trial_id, state: row.state, from: row.effective_from },
        outcome: row.outcome,
        ...{ madeBy: row.made_by_name, madeById: row.made_by, madeAt: row.made_at.toISOString() },
        ...{ decidedBy: row.decided_by_name, decidedAt: row.decided_at?.toISOString() ?? null, note: row.note },
        ...{ takenBackBy: row.taken_back_by_name, takenBackAt: row.taken_back_at?.toISOString() ?? null },
      }
    }),
  }
}

interface Tried {
  as_of: string
  metrics: Record<string, number>
}

/** Of the learner that would have taken over on each of the days, by what was known then. */
function triedOn(rows: readonly Tried[]) {
  const chosen = rows.filter(row => row.metrics['chosen'] === 1)
  if (chosen.length === 0) return null
  const sum = (metric: string): number => chosen.reduce((total, row) => total + (row.metrics[metric] ?? Number.NaN), 0)
  const inUse = sum('inUse')
  return {
    dates: chosen.map(row => row.as_of),
    ...{ expected: sum('expected'), actual: sum('actual') },
    inUse: Number.isNaN(inUse) ? null : inUse,
  }
}
