import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bgNbd } from '../src/analyze/value/bg-nbd.ts'
import { valuer } from '../src/analyze/value/customer-value.ts'
import { fitRepeatModel } from '../src/analyze/value/fit-repeat-model.ts'
import { fitGammaGamma } from '../src/analyze/value/gamma-gamma.ts'
import { yearlySteps } from '../src/analyze/value/horizons.ts'
import { SummaryGroups } from '../src/analyze/value/summaries.ts'
import { type ColumnData, openFacts } from '../src/platform/stores/facts/index.ts'
import { type Bench, timed } from './bench.ts'
import { watchResident } from './turn/resident.ts'
import { cpuSeconds } from './value/cpu-seconds.ts'
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

/** Customers valued and written at a time. */
const PART = 500_000
/** Values of 12, 24 and 36 months. */
const YEARS = 3

/** The spend model needs no more: its standard errors are then below half a per cent. */
const MOST_FOR_SPEND = 200_000

/**
 * Value of `--customers` (default 10,000,000) with about `--transactions` (200,000,000) purchases in the engine: summaries, BG/NBD and
 * Gamma-Gamma fits, discounted values of 12, 24 and 36 months with their intervals per customer, written back.
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
        `CREATE TABLE bench_values (customer_id UInt32, alive Float32, ${Array.from({ length: YEARS }, (_, h) => `purchases_${h + 1} Float32, margin_${h + 1} Float64, low_${h + 1} Float64, high_${h + 1} Float64`).join(', ')}) ENGINE = MergeTree ORDER BY customer_id`,
      )
      const raw = await timed(() => facts.query(rawScan))
      const resident = watchResident()
      const cpu = { at: cpuSeconds() }
      const used = () => {
        const before = cpu.at
        cpu.at = cpuSeconds()
        return cpu.at - before
      }

      // Equal histories are grouped while the engine is at work on the next rows.
      const read = await timed(async () => {
        const columns = {
          customer: new Uint32Array(count),
          days: new Uint16Array(count),
          spend: new Float32Array(count),
        }
        const groups = new SummaryGroups(count)
        let at = 0
        for await (const part of facts.stream(summaries, {}, inOrder)) {
          columns.customer.set(part.u32('customer_id'), at)
          columns.days.set(part.u32('days'), at)
          columns.spend.set(part.f64('spend'), at)
          groups.add(part.u32('x'), part.u32('tx'), part.u32('T'))
          at += part.rows
        }
        return { ...columns, histories: groups.done() }
      })
      const readCpu = used()
      const { customer, days, spend, histories } = read.value
      const fit = await timed(async () => fitRepeatModel(bgNbd, histories))
      const fitCpu = used()
      const every = Math.max(1, Math.ceil(count / MOST_FOR_SPEND))
      const sample = (of: (i: number) => number) =>
        Float64Array.from({ length: Math.ceil(count / every) }, (_, k) => of(k * every))
      const money = await timed(async () =>
        fitGammaGamma({ x: sample(i => days[i]!), mean: sample(i => spend[i]!), weight: sample(() => 1) }),
      )
      const moneyCpu = used()
      // A part is written while the next is computed.
      const valued = await timed(async () => {
        const inputs = { histories, spend, spendCount: days, marginRate: new Uint8Array(count).fill(1) }
        const steps = yearlySteps(YEARS, 0.1, length => length)
        const valuesOf = valuer(bgNbd, fit.value.parameters, money.value.parameters, histories, steps)
        let writing: Promise<void> = Promise.resolve()
        for (let from = 0; from < count; from += PART) {
          const to = Math.min(count, from + PART)
          const { alive, horizons } = valuesOf(inputs, from, to)
          const columns: Record<string, ColumnData> = {
            customer_id: { type: 'UInt32', values: customer.subarray(from, to) },
            alive: { type: 'Float32', values: alive },
          }
          for (const [h, own] of horizons.entries()) {
            columns[`purchases_${h + 1}`] = { type: 'Float32', values: own.purchases }
            for (const name of ['margin', 'low', 'high'] as const)
              columns[`${name}_${h + 1}`] = { type: 'Float64', values: own[name] }
          }
          await writing
          writing = facts.insertColumns('bench_values', columns)
        }
        await writing
      })
      const peak = resident.stop()
      // On a machine with other work the seconds say little; these do, of this process and the engine.
      const cpuOfSteps = { summariesAndGrouping: readCpu, fit: fitCpu, spendFit: moneyCpu, valuesAndWrite: used() }
      const steps = {
        summariesAndGrouping: read.seconds,
        fit: fit.seconds,
        spendFit: money.seconds,
        valuesAndWrite: valued.seconds,
      }
      const seconds = Object.values(steps).reduce((s, v) => s + v, 0)
      return {
        name: 'value',
        figures: {
          customers: count,
          transactions: made.value,
          seconds,
          steps,
          cpuSeconds: Object.values(cpuOfSteps).reduce((s, v) => s + v, 0),
          cpuOfSteps,
          peakResidentBytes: peak,
          distinctTriples: histories.x.length,
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
