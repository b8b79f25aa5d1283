import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { bgNbd } from './bg-nbd.ts'
import { fitRepeatModel } from './fit-repeat-model.ts'
import { expectedSpend, fitGammaGamma } from './gamma-gamma.ts'
import { mbgNbd } from './mbg-nbd.ts'
import { paretoNbd } from './pareto-nbd.ts'
import { distinctSummaries } from './summaries.ts'

const folder = fileURLToPath(new URL('../../../../shared/data/cdnow/', import.meta.url))
const read = (file: string) =>
  readFileSync(folder + file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map(line => line.split(','))

/** To the last printed digit: the figure rounds to what was printed. */
const prints = (value: number, printed: string) =>
  assert.equal(
    value
      .toFixed(printed.split('.')[1]?.length ?? 0)
      .replace('-0.', '-.')
      .replace(/^0\./, '.'),
    printed,
  )

describe('CDNOW, 2,357 customers, calibrated to 1997-09-30, weeks', { skip: !existsSync(folder) }, () => {
  const rows = existsSync(folder) ? read('cdnow_customers_summary_with_transactions.csv').map(r => r.map(Number)) : []
  const [x, tx, T] = [1, 2, 3].map(c => rows.map(r => r[c]!)) as [number[], number[], number[]]
  const fit = rows.length ? fitRepeatModel(bgNbd, distinctSummaries(x, tx, T)) : undefined

  test('BG/NBD: the published parameters and likelihood (Fader, Hardie & Lee 2005, table 2)', () => {
    assert.equal(fit!.converged, true)
    const [r, alpha, a, b] = [...fit!.parameters]
    prints(r!, '.243')
    prints(alpha!, '4.414')
    prints(a!, '.793')
    prints(b!, '2.426')
    prints(fit!.logLikelihood, '-9582.4')
  })

  test('expected purchases: the conditional one of customer 1 and those of a new customer', () => {
    const p = fit!.parameters
    prints(bgNbd.alive(p, 2, 30.43, 38.86) * bgNbd.expectedIfAlive(p, 2, 38.86, 39), '1.226')
    for (const [t, printed] of [
      [0.1429, '.0078'],
      [1, '.0532'],
      [3, '.1506'],
      [31.8571, '1.0405'],
    ] as const)
      prints(bgNbd.expectedFromStart(p, t), printed)
  })

  test('the printed 1.8576 of week 78 is a hypergeometric series cut at 150 terms; whole, it is 1.8580', () => {
    const [r, alpha, a, b] = [...fit!.parameters] as [number, number, number, number]
    const z = 78 / (alpha + 78)
    let term = 1
    let series = 1
    for (let n = 0; n < 150; n++) {
      term *= (((r + n) * (b + n)) / ((a + b - 1 + n) * (n + 1))) * z
      series += term
    }
    prints(((a + b - 1) / (a - 1)) * (1 - (alpha / (alpha + 78)) ** r * series), '1.8576')
    prints(bgNbd.expectedFromStart(fit!.parameters, 78), '1.8580')
  })

  test('MBG/NBD and Pareto/NBD: the published parameters and likelihood', () => {
    const [exactTx, exactT] = [tx, T].map(column => column.map(weeks => Math.round(weeks * 7) / 7)) as [
      number[],
      number[],
    ]
    const of = (model: typeof mbgNbd | typeof paretoNbd) =>
      fitRepeatModel<string>(model, distinctSummaries(x, exactTx, exactT))
    const mbg = of(mbgNbd)
    for (const [k, printed] of ['.525', '6.183', '.891', '1.614'].entries()) prints(mbg.parameters[k]!, printed)
    const pareto = of(paretoNbd)
    for (const [k, printed] of ['.553', '10.578', '.606', '11.669'].entries()) prints(pareto.parameters[k]!, printed)
    prints(pareto.logLikelihood, '-9595.0')
    assert.ok(mbg.converged && pareto.converged)
  })

  test('holdout of weeks 40 to 78: total, correlation and mean absolute error', () => {
    const later = new Map<string, number>()
    const seen = new Set<string>()
    const lines = read('cdnow_sample.csv')
    const customers = [...new Set(lines.map(l => l[0]!))]
    for (const [customer, date] of lines) {
      if (date! <= '1997-09-30' || seen.has(`${customer} ${date}`)) continue
      seen.add(`${customer} ${date}`)
      later.set(customer!, (later.get(customer!) ?? 0) + 1)
    }
    const actual = customers.map(c => later.get(c) ?? 0)
    const p = fit!.parameters
    const expected = rows.map(
      (_, i) => bgNbd.alive(p, x[i]!, tx[i]!, T[i]!) * bgNbd.expectedIfAlive(p, x[i]!, T[i]!, 39),
    )
    assert.equal(total(actual), 1882)
    prints(total(expected), '1653.4')
    prints(correlation(actual, expected), '.626')
    prints(total(actual.map((v, i) => Math.abs(v - expected[i]!))) / actual.length, '.7855')
  })

  test('Gamma-Gamma: parameters, likelihood and the first ten customers (Fader & Hardie 2013)', () => {
    // The summary file rounds the averages to pence (22.345 → 22.35); what was printed came from the purchases.
    const amounts = new Map<string, Map<string, number>>()
    for (const [customer, date, , amount] of read('cdnow_sample.csv')) {
      if (date! > '1997-09-30') continue
      const days = amounts.get(customer!) ?? new Map<string, number>()
      amounts.set(customer!, days.set(date!, (days.get(date!) ?? 0) + Number(amount)))
    }
    const means = [...amounts.values()].map(days => {
      const repeats = [...days.values()].slice(1)
      return { x: repeats.length, mean: repeats.length ? total(repeats) / repeats.length : 0 }
    })
    const buyers = means.filter(m => m.x > 0)
    const spend = fitGammaGamma({
      x: Float64Array.from(buyers, b => b.x),
      mean: Float64Array.from(buyers, b => b.mean),
      weight: new Float64Array(buyers.length).fill(1),
    })
    assert.equal(spend.converged, true)
    prints(spend.parameters[0]!, '6.25')
    prints(spend.parameters[1]!, '3.74')
    prints(spend.parameters[2]!, '15.44')
    prints(spend.logLikelihood, '-4055.92')

    const printed = '24.65 18.91 35.17 35.17 35.17 71.46 18.91 35.17 27.28 35.17'.split(' ')
    for (const [i, one] of means.slice(0, 10).entries())
      prints(expectedSpend(spend.parameters, one.x, one.mean), printed[i]!)
  })
})

const total = (values: number[]) => values.reduce((s, v) => s + v, 0)
const correlation = (a: number[], b: number[]) => {
  const [ma, mb] = [total(a) / a.length, total(b) / b.length]
  const cov = total(a.map((v, i) => (v - ma) * (b[i]! - mb)))
  return cov / Math.sqrt(total(a.map(v => (v - ma) ** 2)) * total(b.map(v => (v - mb) ** 2)))
}
