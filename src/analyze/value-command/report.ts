import { textTable } from '../../platform/cli/table.ts'
import type { Lang } from '../../platform/errors.ts'
import type { FittedModel } from '../value/fitted-model.ts'
import type { HoldoutErrors } from '../value/holdout-errors.ts'
import { repeatModels } from '../value/repeat-models.ts'
import { type Verdict, verdict } from '../value/verdict.ts'
import { isoDate } from './date-format.ts'
import type { Asked } from './options.ts'
import type { PurchaseHistories } from './purchase-histories.ts'
import type { Transactions } from './read-transactions.ts'
import type { ValueResult } from './value-of-file.ts'

export interface Told {
  file: string
  asked: Asked
  transactions: Transactions
  histories: PurchaseHistories
  end: number
  holdoutEnd: number
  horizon: number
  daysPerUnit: number
  result: ValueResult
  lang: Lang
}

/** What `huiyin value` says: one object for programs, the same as a text for people. */
export function report(told: Told): { json: unknown; text: string } {
  const { asked, transactions, histories, end, holdoutEnd, horizon, daysPerUnit, result, lang } = told
  const holds = holdoutEnd > end
  const zh = lang === 'zh-CN'
  const { customers } = result
  const warnings: { code: string; message: string; count?: number; rows?: number[] }[] = [
    ...transactions.notes.in(lang),
    ...remarks(told),
  ]
  const chosen = result.chosen === undefined ? undefined : result.models.get(result.chosen)!
  const judged = chosen?.holdout ? verdict(result.chosen!, chosen.holdout, result.rules) : null
  const fits = [
    ...[...result.models].map(([id, model]) => [id, { ...fitJson(model.fit, told), holdout: model.holdout }] as const),
    ...(result.spend
      ? [
          [
            'gamma-gamma',
            { ...fitJson(result.spend.fit, told), correlationOfCountAndAmount: finite(result.spend.correlation) },
          ] as const,
        ]
      : []),
  ]
  const json = {
    file: told.file,
    unit: asked.unit,
    estimate: asked.prior ? 'weak-prior' : 'maximum-likelihood',
    customers: customers.key.length,
    repeatPurchases: sum(customers.x),
    calibration: { from: isoDate(histories.firstDay), to: isoDate(end) },
    holdout: holds
      ? {
          from: isoDate(end + 1),
          to: isoDate(holdoutEnd),
          periods: (holdoutEnd - end) / daysPerUnit,
          actual: sum(customers.later),
        }
      : null,
    horizon,
    discountRate: asked.discountRate,
    currency: transactions.currency ?? null,
    chosen: result.chosen ?? null,
    models: Object.fromEntries(fits),
    rules: Object.fromEntries(result.rules.map(({ rule, ...rest }) => [rule, rest])),
    verdict: judged && { ...judged, text: judged.text[zh ? 'zh' : 'en'] },
    totals: totals(result),
    warnings,
  }
  return {
    json,
    text: asText(
      told,
      warnings.map(warning => warning.message),
      judged,
    ),
  }
}

const problems: Record<NonNullable<FittedModel['problem']>, { en: string; zh: string }> = {
  'too-few-customers': { en: 'fewer than 30 customers', zh: '客户不足 30 位' },
  'no-repeats': { en: 'nobody bought a second time', zh: '没有重复购买' },
  'no-optimum': {
    en: 'the fit did not converge (the likelihood has no maximum within reach)',
    zh: '拟合未收敛（似然没有可及的最大值）',
  },
}

/** Why a fit cannot be used, with the remedy where it has not been tried. */
function problemOf({ problem }: FittedModel, { asked, lang }: Pick<Told, 'asked' | 'lang'>): string | null {
  if (!problem) return null
  const zh = lang === 'zh-CN'
  const hint = problem !== 'no-optimum' || asked.prior ? '' : zh ? '；可试 --prior' : '; --prior may help'
  return problems[problem][zh ? 'zh' : 'en'] + hint
}

function fitJson(fit: FittedModel, told: Pick<Told, 'asked' | 'lang'>) {
  const named = (values: Float64Array) => Object.fromEntries(fit.names.map((name, k) => [name, finite(values[k]!)]))
  return {
    converged: fit.converged,
    problem: fit.problem ?? null,
    message: problemOf(fit, told),
    customers: fit.customers,
    // Numbers of a fit that did not converge are nobody's estimate.
    parameters: fit.converged ? named(fit.parameters) : null,
    standardErrors: fit.converged ? named(fit.standardErrors) : null,
    logLikelihood: fit.converged ? finite(fit.logLikelihood) : null,
    source: repeatModels.find(model => model.id === fit.model)?.source ?? 'Fader & Hardie 2013',
  }
}

function totals({ perCustomer }: ValueResult) {
  if (!perCustomer) return null
  const { alive, expected, money } = perCustomer
  return { alive: sum(alive), expected: sum(expected), value: money ? sum(money.value) : null }
}

/** What is not about single rows. */
function remarks({
  asked,
  transactions,
  histories,
  end,
  holdoutEnd,
  result,
  lang,
}: Told): { code: string; message: string; count?: number }[] {
  const zh = lang === 'zh-CN'
  const out: { code: string; message: string; count?: number }[] = []
  const add = (code: string, en: string, chinese: string, count?: number) =>
    out.push({ code, message: zh ? chinese : en, ...(count === undefined ? {} : { count }) })
  const { without } = histories
  if (transactions.encoding !== 'utf-8')
    add(
      'encoding',
      `the file was read as ${transactions.encoding.toUpperCase()}`,
      `文件按 ${transactions.encoding.toUpperCase()} 读取`,
    )
  const later = result.customers.cameLater
  if (without > 0)
    add(
      'no-purchases',
      `${without} customers have no purchase and are left out`,
      `${without} 位客户没有购买，已略去`,
      without,
    )
  if (later > 0)
    add(
      'came-later',
      `${later} customers first bought after the calibration and are left out`,
      `${later} 位客户在校准期之后才首次购买，已略去`,
      later,
    )
  if (asked.spendWithoutAmounts)
    add('no-amounts', 'gamma-gamma needs --amount: not fitted', 'gamma-gamma 需要 --amount，未拟合')
  if (asked.calibrationEnd !== undefined && holdoutEnd <= end)
    add(
      'no-holdout',
      'nothing was bought after the end of the calibration: nothing to test on',
      '校准期之后没有购买，无从检验',
    )
  const { spend } = result
  if (spend?.fit.converged && Math.abs(spend.correlation) > 0.3)
    add(
      'amounts-depend',
      `amounts go with how often one buys (correlation ${spend.correlation.toFixed(2)}), which gamma-gamma takes not to be so`,
      `金额与购买次数相关（相关系数 ${spend.correlation.toFixed(2)}），而 gamma-gamma 假定二者无关`,
    )
  if (spend?.fit.converged && !(spend.fit.parameters[1]! > 1))
    add(
      'no-mean-amount',
      'the spend model has no mean (q ≤ 1): no values are given',
      '金额模型没有均值（q ≤ 1），不给出价值',
    )
  return out
}

function asText(told: Told, warnings: string[], judged: Verdict | null): string {
  const { result, lang, asked } = told
  const zh = lang === 'zh-CN'
  const lines: string[] = []
  const fits = [...[...result.models.values()].map(model => model.fit), ...(result.spend ? [result.spend.fit] : [])]
  for (const fit of fits) {
    if (!fit.converged) {
      lines.push(`${fit.model}: ${problemOf(fit, told)}`)
      continue
    }
    const parameters = fit.names.map(
      (name, k) => `${name} ${digits(fit.parameters[k]!)} ± ${digits(fit.standardErrors[k]!)}`,
    )
    lines.push(
      `${fit.model}: ${parameters.join(', ')}; ${zh ? '对数似然' : 'log-likelihood'} ${fit.logLikelihood.toFixed(2)}`,
    )
  }
  const tested: [string, HoldoutErrors][] = [
    ...[...result.models].flatMap(([id, { holdout }]): [string, HoldoutErrors][] => (holdout ? [[id, holdout]] : [])),
    ...result.rules.map(({ rule, holdout }): [string, HoldoutErrors] => [rule, holdout]),
  ]
  if (tested.length > 0) {
    const head = zh
      ? ['', '预期', '实际', '误差', '平均绝对误差', '均方根误差', '相关', '再购判断正确', '最好十分之一']
      : ['', 'expected', 'actual', 'error', 'MAE', 'RMSE', 'correlation', 'active right', 'best tenth']
    const percent = (v: number | null) => (v === null ? '' : `${(100 * v).toFixed(1)} %`)
    const rows = tested.map(([name, h]) => [
      name,
      h.expected.toFixed(1),
      String(h.actual),
      percent(h.error),
      h.meanAbsoluteError.toFixed(4),
      h.rootMeanSquareError.toFixed(4),
      h.correlation === null ? '' : h.correlation.toFixed(3),
      percent(h.activeRight),
      percent(h.bestTenth),
    ])
    lines.push('', textTable(head, rows))
  }
  if (judged) lines.push('', judged.text[zh ? 'zh' : 'en'])
  if (result.chosen === undefined) lines.push('', zh ? '没有可用的购买模型。' : 'No model of purchases can be used.')
  if (asked.out !== undefined) lines.push('', zh ? `客户写入 ${asked.out}` : `customers written to ${asked.out}`)
  if (warnings.length > 0) lines.push('', ...warnings)
  return lines.join('\n')
}

const digits = (v: number): string => Number(v.toPrecision(4)).toString()
const finite = (v: number): number | null => (Number.isFinite(v) ? v : null)
const sum = (column: Float64Array): number => column.reduce((s, v) => s + v, 0)
