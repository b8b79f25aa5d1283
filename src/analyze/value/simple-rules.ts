import { type HoldoutErrors, holdoutErrors } from './holdout-errors.ts'

/** What a rule looks at, one row per customer, in one unit of time. */
export interface RuleInputs {
  x: Float64Array
  tx: Float64Array
  T: Float64Array
  /** Purchases in the holdout. */
  later: Float64Array
  /** Repeat purchases in the stretch before it that is as long. */
  lastPeriod: Float64Array
}

/** Days with a purchase in order, those of customer c from `start[c]` to `start[c + 1]`. */
export interface PurchaseDays {
  start: Uint32Array
  day: Int32Array
  firstDay: number
}

export interface RuleResult {
  rule: 'hiatus' | 'last-period-repeat'
  /** The silence, in units, after which a customer counts as gone. */
  hiatus?: number
  holdout: HoldoutErrors
}

/**
 * The rules a manager would use, beside which a model has to stand (Wuebben & Wangenheim 2008 found them as good at telling who
 * is active and who is best): who has been silent for longer than the hiatus is gone, the others go on at their own pace, x/T; and: the next
 * period as the last.
 */
export function simpleRules(customers: RuleInputs, horizon: number, hiatus: number): RuleResult[] {
  const { x, tx, T, later, lastPeriod } = customers
  const here = (i: number) => T[i]! - tx[i]! <= hiatus
  const pace = x.map((repeats, i) => (here(i) && T[i]! > 0 ? (repeats / T[i]!) * horizon : 0))
  return [
    { rule: 'hiatus', hiatus, holdout: holdoutErrors(pace, here, later, undefined) },
    {
      rule: 'last-period-repeat',
      holdout: holdoutErrors(lastPeriod, i => lastPeriod[i]! > 0, later, undefined),
    },
  ]
}

/**
 * The hiatus that best told, halfway through the calibration, who would come back in its second half: the silence with the
 * greatest difference between the share of the returning it keeps and the share of the lost it keeps (Youden 1950). Nothing after the
 * calibration is looked at.
 */
export function learnHiatus(histories: PurchaseDays, end: number, daysPerUnit: number): number {
  const { start, day, firstDay } = histories
  const middle = Math.floor((firstDay + end) / 2)
  const span = Math.max(1, middle - firstDay + 1)
  const back = new Float64Array(span + 1)
  const lost = new Float64Array(span + 1)
  let [backs, losts] = [0, 0]
  for (let c = 0; c + 1 < start.length; c++) {
    let last = -1
    let returns = false
    for (let i = start[c]!; i < start[c + 1]!; i++) {
      if (day[i]! <= middle) last = day[i]!
      else if (day[i]! <= end) returns = true
    }
    if (last < 0) continue
    const silence = middle - last
    if (returns) {
      back[silence] = back[silence]! + 1
      backs++
    } else {
      lost[silence] = lost[silence]! + 1
      losts++
    }
  }
  if (backs === 0 || losts === 0) return span / daysPerUnit
  let [best, at, kept, wrong] = [Number.NEGATIVE_INFINITY, span, 0, 0]
  for (let silence = 0; silence <= span; silence++) {
    kept += back[silence]!
    wrong += lost[silence]!
    const difference = kept / backs - wrong / losts
    if (difference > best) [best, at] = [difference, silence]
  }
  return at / daysPerUnit
}
