import type { ModelRecord } from '../models/model-record.ts'
import type { FittedModel } from '../value/fitted-model.ts'
import type { Choice } from './choose-model.ts'
import type { Contract } from './contracts.ts'
import type { Rival } from './rivals.ts'
import type { SeasonClock } from './season-clock.ts'
import type { PurchasesDefinition, RivalRecord, ValueDefinition } from './worth-record.ts'

const iso = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

/** JSON has no NaN. */
const finite = (names: readonly string[], values: ArrayLike<number>, prefix = ''): Record<string, number> =>
  Object.fromEntries(
    names.flatMap((name, k) => (Number.isFinite(values[k]!) ? [[`${prefix}${name}`, values[k]!]] : [])),
  )
const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** What was chosen, from what, and why. */
export function purchasesRecord(
  choice: Choice,
  fit: FittedModel | undefined,
  clock: SeasonClock,
  asOf: number,
  trainedOn: number,
  triedOn: number,
): ModelRecord {
  const { season, windows, level } = choice
  const used = fit ?? choice.rivals[0]!.fit
  const own = choice.holdout
  const definition: PurchasesDefinition = {
    model: used.model,
    parameters: finite(used.names, used.parameters),
    season: { ...season, index: [...clock.index] },
    level,
    ahead: [3, 6, 12].map(months => ({
      months,
      factor: paceAhead(choice, clock, asOf, Math.round((months * 365) / 12)),
    })),
    holdout: windows && own ? { from: iso(asOf - windows.days), to: iso(asOf - 1), errors: own } : null,
    rivals: choice.rivals.map(rival => rivalRecord(rival)),
    rules: choice.rules.map(({ rule, hiatus, holdout }) => ({ rule, hiatus: hiatus ?? null, holdout })),
    verdict: choice.verdict ?? null,
    withoutSeason: choice.withoutSeason,
    triedOn,
  }
  return {
    model: 'purchases',
    trainedOn,
    parameters: { ...definition.parameters, level },
    metrics: {
      ...(used.converged ? { logLikelihood: used.logLikelihood } : {}),
      ...finite(used.names, used.standardErrors, 'se_'),
      seasonYears: season.used ? season.years : 0,
      ...(own?.error == null ? {} : { 'holdout.error': own.error }),
      ...(own?.correlation == null ? {} : { 'holdout.correlation': own.correlation }),
    },
    definition,
    problem: fit?.converged ? null : (used.problem ?? 'no-optimum'),
  }
}

function rivalRecord({ model, fit, aic, holdout }: Rival): RivalRecord {
  return {
    model: model.id,
    parameters: fit.converged ? finite(fit.names, fit.parameters) : {},
    standardErrors: fit.converged ? finite(fit.names, fit.standardErrors) : {},
    logLikelihood: fit.converged ? orNull(fit.logLikelihood) : null,
    aic: fit.converged ? orNull(aic) : null,
    problem: fit.problem ?? null,
    holdout,
  }
}

/** Operational days per day: those to come, with the level, over those customers were watched in. */
function paceAhead({ level, pace }: Choice, clock: SeasonClock, asOf: number, days: number): number {
  return (level * clock.between(asOf, asOf + days)) / days / pace
}

export function valueRecord(
  money: FittedModel,
  trainedOn: number,
  by: { discountRate: number; known: readonly Contract[]; fitted: FittedModel },
): ModelRecord {
  const definition: ValueDefinition = {
    model: 'gamma-gamma',
    parameters: finite(money.names, money.parameters),
    discountRate: by.discountRate,
    contracts: {
      known: by.known.length,
      ended: by.known.filter(contract => contract.ended).length,
      parameters: by.fitted.converged ? finite(by.fitted.names, by.fitted.parameters) : {},
      used: by.fitted.converged,
      problem: by.known.length === 0 ? null : (by.fitted.problem ?? null),
    },
  }
  return {
    model: 'value',
    trainedOn,
    parameters: definition.parameters,
    metrics: {
      ...(money.converged ? { logLikelihood: money.logLikelihood } : {}),
      ...finite(money.names, money.standardErrors, 'se_'),
      contracts: by.known.length,
    },
    definition,
    problem: money.problem ?? null,
  }
}
