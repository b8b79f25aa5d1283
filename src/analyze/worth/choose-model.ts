import { bgNbd } from '../value/bg-nbd.ts'
import { fitRepeatModel } from '../value/fit-repeat-model.ts'
import type { HoldoutErrors } from '../value/holdout-errors.ts'
import type { RuleResult } from '../value/simple-rules.ts'
import { distinctSummaries } from '../value/summaries.ts'
import { type Verdict, verdict } from '../value/verdict.ts'
import { dailyVolume, type Histories } from './histories.ts'
import { knownAt } from './known-at.ts'
import { learnSeason } from './learn-season.ts'
import { modelName } from './names.ts'
import { levelOf, type Rival, rivalModels, rulesOf, tryRival, type Windows, windowsOf } from './rivals.ts'
import { monthOf, noSeason, SeasonClock, type SeasonIndex } from './season-clock.ts'

export interface Season {
  index: SeasonIndex
  /** Whole years it is learned from; 0: less than one is known. */
  years: number
  /** How much better the purchases known fit by it, in log-likelihood. */
  gain: number
  used: boolean
}

export interface Choice {
  season: Season
  rivals: Rival[]
  /** Undefined where none converged. */
  chosen: Rival | undefined
  /** Used for the time to come: 1 where it did not help in the holdout. */
  level: number
  /** Operational days per day that customers were watched in: above 1 where more were watched in busy months. */
  pace: number
  windows: Windows | undefined
  rules: RuleResult[]
  verdict: Verdict | undefined
  /** The chosen model's holdout with the level as learned before it, where one is used. */
  holdout: HoldoutErrors | null
  /** The same by the calendar, without season and level, where a season is used. */
  withoutSeason: HoldoutErrors | null
}

/** Eleven months are free once the twelfth follows: by Akaike's criterion each must bring a unit of log-likelihood. */
const MONTHS_FREE = 11

/** Tries season and models on what was known before `asOf`, and says which to use from then on. */
export function chooseModel(histories: Histories, asOf: number): Choice {
  const volume = dailyVolume(histories, asOf)
  const plain = new SeasonClock(noSeason, histories.firstDay, asOf + 1)
  const windows = windowsOf(asOf, histories.firstDay)
  const learned = learnSeason(volume.all, asOf)
  const gain = learned ? seasonGain(histories, volume, plain, learned.index, asOf) : 0
  const seasonal =
    learned && gain > MONTHS_FREE ? new SeasonClock(learned.index, histories.firstDay, asOf + 1) : undefined

  const trial = (clock: SeasonClock) => {
    const rivals = rivalModels.map(model => tryRival(model, histories, clock, asOf, windows))
    const chosen = best(rivals)
    // Of less than a year, a level that is off may be the season.
    const levelled = windows && learned && chosen ? levelOf(chosen, histories, clock, windows) : undefined
    const helps = levelled && off(levelled.holdout) < off(chosen?.holdout)
    return helps
      ? { rivals, chosen, level: levelled.level, holdout: levelled.holdout }
      : { rivals, chosen, level: 1, holdout: chosen?.holdout ?? null }
  }
  let { rivals, chosen, level, holdout: own } = trial(seasonal ?? plain)
  let withoutSeason: HoldoutErrors | null = null
  let used = seasonal !== undefined
  if (seasonal && chosen && own) {
    const byCalendar = tryRival(chosen.model, histories, plain, asOf, windows).holdout
    // A season that fits what was and misses what followed is none.
    if (byCalendar && off(byCalendar) < off(own)) {
      used = false
      ;({ rivals, chosen, level, holdout: own } = trial(plain))
    } else withoutSeason = byCalendar
  }
  const rules = windows && own ? rulesOf(histories, windows, plain) : []
  return {
    season: { index: learned?.index ?? noSeason, years: learned?.years ?? 0, gain, used },
    rivals,
    chosen,
    level,
    pace: used && seasonal ? paceOf(histories, seasonal, asOf) : 1,
    windows,
    rules,
    verdict: chosen && own ? verdict(modelName(chosen.model.id), own, rules) : undefined,
    holdout: own,
    withoutSeason,
  }
}

const off = (errors: HoldoutErrors | null | undefined): number => Math.abs(errors?.error ?? Number.POSITIVE_INFINITY)

/** What gave the holdout the highest probability; without one, the least by Akaike. */
function best(rivals: readonly Rival[]): Rival | undefined {
  const score = ({ holdout, aic, fit }: Rival) => holdout?.logScore ?? -aic / 2 / fit.customers
  return rivals.filter(rival => rival.fit.converged).toSorted((a, b) => score(b) - score(a))[0]
}

/** Log-likelihood of the purchases and their days by the season's clock, less that by the calendar: the Jacobian of the clock is Σ ln s. */
function seasonGain(
  histories: Histories,
  volume: ReturnType<typeof dailyVolume>,
  plain: SeasonClock,
  index: SeasonIndex,
  asOf: number,
): number {
  const fitBy = (clock: SeasonClock) => {
    const { x, tx, T } = knownAt(histories, clock, asOf, asOf)
    return fitRepeatModel(bgNbd, distinctSummaries(x, tx, T), { prior: true })
  }
  const [by, without] = [fitBy(new SeasonClock(index, histories.firstDay, asOf + 1)), fitBy(plain)]
  if (!by.converged || !without.converged) return 0
  let jacobian = 0
  for (let k = 0; k < volume.all.length; k++)
    jacobian += (volume.all[k]! - volume.first[k]!) * Math.log(index[monthOf(asOf - 1 - k)]!)
  return by.logLikelihood + jacobian - without.logLikelihood
}

function paceOf({ start, day }: Histories, clock: SeasonClock, asOf: number): number {
  let [operational, calendar] = [0, 0]
  for (let c = 0; c + 1 < start.length; c++) {
    operational += clock.between(day[start[c]!]!, asOf)
    calendar += asOf - day[start[c]!]!
  }
  return calendar > 0 ? operational / calendar : 1
}
