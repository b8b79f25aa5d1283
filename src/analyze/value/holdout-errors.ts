/** How a forecast of purchases fared, customer by customer and in total. */
export interface HoldoutErrors {
  expected: number
  actual: number
  /** Expected over actual, less 1. */
  error: number | null
  meanAbsoluteError: number
  rootMeanSquareError: number
  correlation: number | null
  /** Share of customers rightly told to buy again or not. */
  activeRight: number
  /** What the tenth of the customers put first bought, over what the best tenth bought. */
  bestTenth: number | null
  /** Mean log-probability of what was bought: the measure the model is chosen by. A rule has none. */
  logScore: number | null
}

export function holdoutErrors(
  expected: Float64Array,
  active: (i: number) => boolean,
  actual: Float64Array,
  logScore: number | undefined,
): HoldoutErrors {
  const n = actual.length
  let [se, sa, absolute, square, right] = [0, 0, 0, 0, 0]
  for (let i = 0; i < n; i++) {
    const off = expected[i]! - actual[i]!
    se += expected[i]!
    sa += actual[i]!
    absolute += Math.abs(off)
    square += off * off
    if (active(i) === actual[i]! > 0) right++
  }
  let [cov, ve, va] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    const [de, da] = [expected[i]! - se / n, actual[i]! - sa / n]
    cov += de * da
    ve += de * de
    va += da * da
  }
  const most = best(actual, actual)
  return {
    expected: se,
    actual: sa,
    error: sa > 0 ? se / sa - 1 : null,
    meanAbsoluteError: absolute / n,
    rootMeanSquareError: Math.sqrt(square / n),
    correlation: ve > 0 && va > 0 ? cov / Math.sqrt(ve * va) : null,
    activeRight: right / n,
    bestTenth: most > 0 ? best(expected, actual) / most : null,
    logScore: logScore ?? null,
  }
}

/** What the first tenth by `order` bought; those equal to the last of them count with their average. */
function best(order: Float64Array, actual: Float64Array): number {
  const tenth = Math.ceil(order.length / 10)
  const border = Float64Array.from(order).sort()[order.length - tenth]!
  let [above, sum, tied, tiedSum] = [0, 0, 0, 0]
  for (let i = 0; i < order.length; i++) {
    if (order[i]! > border) {
      above++
      sum += actual[i]!
    } else if (order[i] === border) {
      tied++
      tiedSum += actual[i]!
    }
  }
  return sum + ((tenth - above) * tiedSum) / tied
}
