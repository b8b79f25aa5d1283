import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { allVersions } from '../needs/versions.ts'
import { titles } from '../pages/model-list.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import { segmentNames } from '../segment-names.ts'
import { currencyOf } from '../segments/currency.ts'
import { ruleInWords } from '../segments/in-words.ts'
import { catalogueOf } from '../segments/rule-catalogue.ts'
import { versionAt } from '../segments/versions/versions.ts'
import type { correctionList, modelVerdict } from './api.ts'
import { customerModelVerdict } from './customer-model.ts'
import { evidenceInWords, needInWords } from './in-words.ts'
import type { Standing } from './judge-segments.ts'

const order: Record<Standing, number> = { 'not-held': 0, held: 1, unknown: 2 }
/** JSON has no infinity, and nobody reads odds beyond a million. */
const oddsOf = (log: number): number => Math.exp(Math.min(Math.log(1e6), Math.max(-10, log)))

export async function verdictView(app: App): Promise<z.infer<typeof modelVerdict>> {
  const { asOf } = await runsOfTurn(app)
  const [verdict, names, rules, catalogue, needs, waiting, currency] = await Promise.all([
    customerModelVerdict(app),
    segmentNames(app),
    versionAt(app, asOf),
    catalogueOf(app),
    allVersions(app),
    app.workflow.db.selectFrom('model_corrections').select(['id', 'target']).where('state', '=', 'asked').execute(),
    currencyOf(app),
  ])
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
          correction: waiting.find(one => one.target === segment)?.id ?? null,
        }
      })
      .sort((a, b) => order[a.standing] - order[b.standing] || (a.segment < b.segment ? -1 : 1)),
    scores: verdict.scores.map(score => ({ ...score, title: titles[score.model] })),
    needs: verdict.needs.map(need => ({
      ...need,
      name: needs.find(row => row.code === need.code && row.version === need.version)?.body.name ?? {
        en: need.code,
        zh: need.code,
      },
      words: needInWords(need),
    })),
  }
}

/** Newest first. */
export async function correctionsView(app: App): Promise<z.infer<typeof correctionList>> {
  const [rows, backtests, names] = await Promise.all([
    app.workflow.db.selectFrom('model_corrections').selectAll().orderBy('id', 'desc').limit(200).execute(),
    app.workflow.db
      .selectFrom('model_backtests')
      .select(['as_of', 'metrics', 'learner', 'created_at'])
      .where('model', '=', 'churn')
      .orderBy('as_of')
      .execute(),
    segmentNames(app),
  ])
  return {
    rows: rows.map(row => {
      const { split, words, how } = row.change
      return {
        ...{ id: row.id, kind: row.kind, subject: row.target, asOf: row.as_of, evidence: row.evidence, words },
        name: names.get(row.target) ?? { en: row.target, zh: row.target },
        how: how ?? null,
        split: split
          ? {
              ...{ customers: split.customers, kept: split.kept },
              ...{ before: split.before, after: split.after, left: split.left },
            }
          : null,
        backtest: row.kind === 'retrain' ? triedOn(backtests.filter(one => one.created_at >= row.made_at)) : null,
        ...{ versionId: row.version_id, trialId: row.trial_id, state: row.state },
        ...{ madeBy: row.made_by_name, madeById: row.made_by, madeAt: row.made_at.toISOString() },
        ...{ decidedBy: row.decided_by_name, decidedAt: row.decided_at?.toISOString() ?? null, note: row.note },
      }
    }),
  }
}

interface Tried {
  as_of: string
  learner: string
  metrics: Record<string, number>
}

/** Of the learner that was nearer to what came. */
function triedOn(rows: readonly Tried[]) {
  const sums = [...Map.groupBy(rows, row => row.learner).values()].map(its => ({
    dates: its.map(row => row.as_of),
    expected: its.reduce((sum, row) => sum + (row.metrics['expected'] ?? 0), 0),
    actual: its.reduce((sum, row) => sum + (row.metrics['actual'] ?? 0), 0),
  }))
  const off = ({ expected, actual }: (typeof sums)[number]): number => Math.abs(expected - actual)
  return sums.sort((a, b) => off(a) - off(b))[0] ?? null
}
