import type { Facts } from '../../src/platform/stores/facts/index.ts'

/** What the purchases are made with: BG/NBD for the days, Gamma-Gamma for the amounts; watched for two years. */
export const truth = { r: 1, a: 0.5, b: 10.5, p: 6, q: 4, gamma: 1500, days: 730 }

const table = `
CREATE TABLE bench_purchases (customer_id UInt32, day UInt16, amount UInt32)
ENGINE = MergeTree ORDER BY (customer_id, day)`

/** Chi-squared halves are gammas; the geometric number of purchases until leaving by inversion. */
const customers = `
INSERT INTO bench_purchases
WITH
  people AS (
    SELECT
      number AS customer_id,
      intDiv(rand(1), 11767034) AS first,
      randChiSquared(2, number) / 2 / {alpha:Float64} AS rate,
      randChiSquared(1, number) AS goes, randChiSquared(21, number) AS stays,
      goes / (goes + stays) AS leaves,
      log(randCanonical(2)) / log(1 - leaves) AS lasts,
      toUInt32(if(isFinite(lasts), least(100000, 1 + floor(lasts)), 100000)) AS most,
      randChiSquared(8, number) / 2 / ${truth.gamma} AS nu,
      rate * (${truth.days} - first) AS mean
    FROM numbers({from:UInt64}, {count:UInt64})
  ),
  lives AS (
    SELECT customer_id, first, nu,
      arrayFilter(t -> t < ${truth.days}, arrayMap(t -> first + t, arrayCumSum(arrayMap(
        i -> -log(1 - randCanonical(i)) / rate,
        range(toUInt32(least(most, ceil(mean + 6 * sqrt(mean) + 10)))))))) AS repeats
    FROM people
  )
SELECT customer_id, toUInt16(t) AS day, toUInt32(ceil(randChiSquared(12, t) / 2 / nu)) AS amount
FROM lives ARRAY JOIN arrayPushFront(repeats, toFloat64(first)) AS t`

/** About `transactions` purchases of `count` customers, a part of them at a time. */
export async function generatePurchases(facts: Facts, count: number, transactions: number): Promise<number> {
  await facts.exec(table)
  const step = 500_000
  // Leaving and late entry take about half of what everybody would have bought in two years.
  const alpha = (truth.r * truth.days * 0.46) / Math.max(1, transactions / count - 1)
  for (let from = 0; from < count; from += step)
    await facts.exec(customers, { from, count: Math.min(step, count - from), alpha })
  return (await facts.one<{ n: number }>('SELECT count() AS n FROM bench_purchases')).n
}
