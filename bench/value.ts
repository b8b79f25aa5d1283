import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bgNbd } from '../src/analyze/value/bg-nbd.ts'
import { customerValues } from '../src/analyze/value/customer-value.ts'
import { fitRepeatModel } from '../src/analyze/value/fit-repeat-model.ts'
import { fitGammaGamma } from '../src/analyze/value/gamma-gamma.ts'
import { distinctSummaries } from '../src/analyze/value/summaries.ts'
import { openFacts } from '../src/platform/stores/facts/index.ts'
import { type Bench, timed } from './bench.ts'
import { watchResident } from './turn/resident.ts'
import { generatePurchases, truth } from './value/generate.ts'

/**
 * One pass in the order of the table, a customer at a time; days from the first purchase. Days told apart in an array take a fifth of the
 * time of grouping by day first.
 */
const summaries = `
SELECT
  customer_id,
  arrayUniq(groupArray(day)) AS days,
  toUInt32(days - 1) AS x,
  toUInt32(max(day) - min(day)) AS tx,
  toUInt32(${truth.days} - min(day)) AS T,
  sum(amount) / days AS spend
FROM bench_purchases
GROUP BY customer_id`

/** What the engine itself takes to group the same rows by customer, days not told apart. */
const rawScan =
  'SELECT sum(n), sum(s), sum(l), sum(f) FROM (SELECT count() AS n, sum(amount) AS s, max(day) AS l, min(day) AS f FROM bench_purchases GROUP BY customer_id)'

const inOrder = { settings: { optimize_aggregation_in_order: 1, max_threads: 2 } }

/** The spend model needs no more: its standard errors are then below half a per cent. */
const MOST_FOR_SPEND = 200_000

/**
 * Value of `--customers` (default 10,000,000) with about `--transactions` (200,000,000) purchases in the engine: summaries, BG/NBD and
 * Gamma-Gamma fits, a year's discounted value with its interval per customer, written back.
 */
export const bench: Bench = {
  name: 'value',
  summary: 'value of customers from purchases in the engine, intervals included',
  async run({ number, say }) {
    const count = number('customers', 10_000_000)
    const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-bench-'))
    const facts = await openFacts({ dataDir, threads: 2 })
    try {
      const made = await timed(() => generatePurchases(facts, count, number('transactions', 200_000_000)))
      say(`${made.value} purchases made in ${made.seconds.toFixed(1)} s (not measured)`)
      await facts.exec(
        'CREATE TABLE bench_values (customer_id UInt32, alive Float32, purchases Float32, value Float64, low Float64, high Float64) ENGINE = MergeTree ORDER BY customer_id',
      )
      const raw = await timed(() => facts.query(rawScan))
      const resident = watchResident()
      const cpu = process.cpuUsage()

      const read = await timed(async () => {
        const columns = {
          customer: new Uint32Array(count),
          x: new Uint16Array(count),
          tx: new Uint16Array(count),
          T: new Uint16Array(count),
          spend: new Float64Array(count),
        }
        let at = 0
        for await (const part of facts.stream(summaries, {}, inOrder)) {
          columns.customer.set(part.u32('customer_id'), at)
          columns.x.set(part.u32('x'), at)
          columns.tx.set(part.u32('tx'), at)
          columns.T.set(part.u32('T'), at)
          columns.spend.set(part.f64('spend'), at)
          at += part.rows
        }
        return columns
      })
      const { customer, x, tx, T, spend } = read.value
      const grouped = await timed(async () => distinctSummaries(x, tx, T))
      const fit = await timed(async () => fitRepeatModel(bgNbd, grouped.value))
      const every = Math.max(1, Math.ceil(count / MOST_FOR_SPEND))
      const sample = (of: (i: number) => number) =>
        Float64Array.from({ length: Math.ceil(count / every) }, (_, k) => of(k * every))
      const money = await timed(async () =>
        fitGammaGamma({ x: sample(i => x[i]! + 1), mean: sample(i => spend[i]!), weight: sample(() => 1) }),
      )
      const rate = new Uint8Array(count).fill(1)
      const valued = await timed(async () =>
        customerValues(
          bgNbd,
          fit.value.parameters,
          money.value.parameters,
          { x, tx, T, spend, spendCount: x.map(v => v + 1), marginRate: rate },
          { length: 365, discountRate: 0.1, unitsPerYear: 365 },
        ),
      )
      const { alive, purchases, margin, low, high } = valued.value
      const written = await timed(async () => {
        const step = 1_000_000
        for (let from = 0; from < count; from += step) {
          const part = <A extends { subarray(from: number, to: number): A }>(values: A) =>
            values.subarray(from, Math.min(count, from + step))
          await facts.insertColumns('bench_values', {
            customer_id: { type: 'UInt32', values: part(customer) },
            alive: { type: 'Float32', values: part(alive) },
            purchases: { type: 'Float32', values: part(purchases) },
            value: { type: 'Float64', values: part(margin) },
            low: { type: 'Float64', values: part(low) },
            high: { type: 'Float64', values: part(high) },
          })
        }
      })
      const peak = resident.stop()
      // Of this process, without the engine: on a machine with other work the seconds say little.
      const cpuSeconds = process.cpuUsage(cpu).user / 1e6
      const steps = {
        summaries: read.seconds,
        grouping: grouped.seconds,
        fit: fit.seconds,
        spendFit: money.seconds,
        values: valued.seconds,
        write: written.seconds,
      }
      const seconds = Object.values(steps).reduce((s, v) => s + v, 0)
      return {
        name: 'value',
        figures: {
          customers: count,
          transactions: made.value,
          seconds,
          cpuSeconds,
          steps,
          peakResidentBytes: peak,
          distinctTriples: grouped.value.x.length,
          converged: fit.value.converged && money.value.converged,
          parameters: Object.fromEntries(fit.value.names.map((name, k) => [name, fit.value.parameters[k]])),
        },
        baseline: { what: 'the engine grouping the purchases by customer', seconds: raw.seconds },
        ratio: seconds / raw.seconds,
      }
    } finally {
      await facts.close()
      await rm(dataDir, { recursive: true, force: true })
    }
  },
}
