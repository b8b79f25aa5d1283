import { horizonMonths } from './tables.ts'

/** Lines of goods bought before the date; lines without a category are their own. */
const bought = `is_service = 0 AND is_return = 0 AND amount_minor > 0 AND sold_at < toDateTime({asOf:Date}, 'UTC')`
const category = `if(category = '', '?', category)`

/**
 * What everybody buys of each category: its margin after returns per value bought (never below nought: a share of a value is wanted), its share of
 * margin and of purchases. Few rows; they go into the next statement as parameters, so that it stays local to a shard.
 */
export const categoryTotalsSql = `
SELECT
  ${category} AS category,
  greatest(0., sum(margin_minor) / sumIf(amount_minor, ${bought})) AS rate,
  rate * sumIf(amount_minor, ${bought}) AS margin,
  toFloat64(uniqExactIf(customer_id, toDate(sold_at), ${bought})) AS days
FROM purchases
WHERE run_id = {identityRun:UInt64} AND is_service = 0 AND sold_at < toDateTime({asOf:Date}, 'UTC')
  AND customer_id % {slices:UInt32} = {slice:UInt32}
GROUP BY category
HAVING sumIf(amount_minor, ${bought}) > 0
ORDER BY category`

/** Quantile of the standard normal (Abramowitz & Stegun 26.2.23, off by at most 4.5e-4) of the expression. */
const quantile = (p: string): string => {
  const t = `sqrt(-2 * log(least(${p}, 1 - ${p})))`
  const far = `(${t} - (2.515517 + 0.802853 * ${t} + 0.010328 * ${t} * ${t})
    / (1 + 1.432788 * ${t} + 0.189269 * ${t} * ${t} + 0.001308 * ${t} * ${t} * ${t}))`
  return `if(${p} < 0.5, -${far}, ${far})`
}

/** The columns of one horizon: the thinned purchases' value and the ends of its interval (see \`thinned\` below). */
const horizon = (m: number): string => {
  const within = (level: number) => `(${level} - (1 - buys_${m})) / buys_${m}`
  const end = (
    level: number,
  ) => `if(${within(level)} <= 0 OR NOT (variance_${m} > 0), if(${within(level)} <= 0, 0, mean_${m}),
    mean_${m} * pow(greatest(0., 1 - variance_${m} / (9 * mean_${m} * mean_${m})
      + (${quantile(`least(1 - 1e-9, greatest(1e-9, ${within(level)}))`)}) * sqrt(variance_${m}) / (3 * abs(mean_${m}))), 3))`
  return `
  toInt64(round(value_${m})) AS value_${m}_minor,
  toInt64(round(least(${end(0.025)}, ${end(0.975)}))) AS low_${m}_minor,
  toInt64(round(greatest(${end(0.025)}, ${end(0.975)}))) AS high_${m}_minor`
}

/**
 * Value by category. A customer's share of a category is the margin their purchases of it stand for, drawn to everybody's by the weight of one
 * average purchase (the mean of a Dirichlet posterior); what is left over is what they have not bought yet, category ''. Shares sum to 1, so
 * values sum to the customer's.
 *
 * The interval is that of a thinned process: each purchase holds the category with probability π (their purchase days with it, drawn to
 * everybody's by one), holds it for share/π of its value, and counts are negative binomial with the model's own mean and chance of none. Then
 * E[V²] = share²·(own/π + rest): thinning makes the part of single purchases larger by 1/π. Above nought it is taken as gamma, its
 * quantiles by Wilson & Hilferty.
 *
 * Parameters: runId, identityRun, asOf, slices, slice, prior (margin of an average purchase), categories, rates, shares, days (of everybody).
 */
export const fillCategoryValues = `
INSERT INTO category_values
WITH
  bought AS (
    SELECT customer_id, ${category} AS category, sum(amount_minor) AS amount, toFloat64(uniqExact(toDate(sold_at))) AS days
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32} AND ${bought}
    GROUP BY customer_id, category
  ),
  lists AS (
    SELECT
      customer_id,
      groupArray(toString(category)) AS names,
      groupArray(amount * transform(toString(category), {categories:Array(String)}, {rates:Array(Float64)}, 0.)) AS margins,
      groupArray(days) AS own_days,
      arrayMap(c -> transform(c, {categories:Array(String)}, {shares:Array(Float64)}, 0.), names) AS usual,
      arrayMap(c -> transform(c, {categories:Array(String)}, {days:Array(Float64)}, 0.), names) AS usual_days,
      arraySum(margins) + {prior:Float64} AS weight
    FROM bought
    GROUP BY customer_id
  ),
  valued AS (SELECT * FROM customer_values WHERE run_id = {runId:UInt64} AND customer_id % {slices:UInt32} = {slice:UInt32}),
  shares AS (
    SELECT
      valued.*,
      arrayMap((m, u) -> (m + {prior:Float64} * u) / weight, margins, usual) AS known,
      arrayMap((d, u) -> (d + u) / (purchase_days + 1), own_days, usual_days) AS known_days,
      arrayPushBack(names, '') AS all_names,
      arrayPushBack(known, greatest(0., 1 - arraySum(known))) AS all_shares,
      arrayPushBack(known_days, greatest(1e-6, least(1., arraySum({days:Array(Float64)}) - arraySum(usual_days))) / (purchase_days + 1)) AS all_days
    FROM valued
    LEFT JOIN lists ON lists.customer_id = valued.customer_id
  ),
  thinned AS (
    SELECT
      customer_id,
      one.1 AS category,
      one.2 AS share,
      least(1., one.3) AS pi,
      ${horizonMonths
        .map(
          m => `
      value_${m}_minor * share AS value_${m},
      if(method = 'last-year', 1., greatest(1e-12, alive * (1 - pow(1 + purchases_${m} / alive * pi / count_shape_${m}, -count_shape_${m})))) AS buys_${m},
      value_${m} / buys_${m} AS mean_${m},
      share * share * (own_${m} / pi + deviation_${m} * deviation_${m} + pow(value_${m}_minor, 2) - own_${m}) / buys_${m}
        - mean_${m} * mean_${m} AS variance_${m}`,
        )
        .join(',')}
    FROM shares
    ARRAY JOIN arrayZip(all_names, all_shares, all_days) AS one
    WHERE one.2 > 1e-9 AND (alive > 0 OR method = 'last-year')
  )
SELECT {runId:UInt64} AS run_id, customer_id, category, toFloat32(share) AS share,${horizonMonths.map(horizon).join(',')}
FROM thinned`
