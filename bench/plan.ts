import { availableParallelism } from 'node:os'
import highs from 'highs'
import { benchmarkInstance } from '../src/optimize/allocate/instance.ts'
import { f64, type Problem } from '../src/optimize/allocate/problem.ts'
import { type Solution, solve } from '../src/optimize/allocate/solve.ts'
import { checkPlan } from '../src/optimize/allocate/verify.ts'
import { type Bench, type BenchOptions, timed } from './bench.ts'
import { asLp } from './plan/as-lp.ts'
import { valueInChunks } from './plan/chunks.ts'
import { eligibility } from './plan/eligibility.ts'
import { greedyValue } from './plan/greedy.ts'
import { solveKnapsacks } from './plan/knapsacks.ts'

const loadHighs = highs as unknown as typeof highs.default

/**
 * The allocation, row by row of what was promised. `--size small|1m|10m` (default 1m) chooses the customers of the first row (10
 * options each, 39 limits); `--two N` (100,000) those of the second (at most two of 20 options each, 150 offers, 159 limits);
 * `--only ROW,…` runs some: one, resolve, two, greedy, chunks, lp, knapsacks, eligibility (50 contacts for each of the customers).
 */
export const bench: Bench = {
  name: 'plan',
  summary: 'allocation of offers and channels: value, bound, gap, time; greedy, chunks and an LP solver beside it',
  async run(options) {
    const only = options.text('only', 'one,resolve,two,greedy,chunks,lp,knapsacks,eligibility').split(',')
    const threads = options.number('threads', availableParallelism())
    const figures: Record<string, unknown> = { threads }
    const baseline: Record<string, unknown> = {}
    const ratio: Record<string, number> = {}
    const { say } = options
    const wants = (row: string) => only.includes(row)

    const customers = sizeOf(options)
    if (wants('one') || wants('resolve')) {
      const problem = benchmarkInstance(customers, 10, 7)
      say(`${customers} customers × 10 options made (not part of the figures)`)
      const first = told(problem, solve(problem, { threads }))
      figures['one'] = first
      say(`one: ${line(first)}`)
      if (wants('resolve')) {
        const prices = first.solution.prices
        const changed = { ...problem, max: f64(problem.resources) }
        changed.max.set(problem.max)
        changed.max[33] = Math.floor(problem.max[33]! * 0.9)
        const again = told(changed, solve(changed, { threads, prices }))
        figures['resolve'] = again
        ratio['first over re-solved'] = first.seconds / again.seconds
        say(`re-solved with ten per cent fewer letters: ${line(again)}`)
      }
      if (wants('greedy')) {
        const greedy = await timed(async () => greedyValue(problem))
        baseline['greedy'] = {
          value: greedy.value,
          seconds: greedy.seconds,
          belowBound: 1 - greedy.value / first.bound,
        }
        ratio['plan over greedy, value'] = first.value / greedy.value
        say(
          `greedy: ${(100 * (1 - greedy.value / first.bound)).toFixed(1)} % below the bound in ${greedy.seconds.toFixed(2)} s`,
        )
      }
    }
    if (wants('chunks')) {
      const problem = benchmarkInstance(Math.min(customers, 30_000), 10, 7)
      const whole = solve(problem, { threads })
      const chunked = await timed(async () => valueInChunks(problem, 1000))
      baseline['chunks of 1,000'] = {
        customers: problem.customers,
        value: chunked.value,
        whole: whole.value,
        lost: 1 - chunked.value / whole.value,
        seconds: chunked.seconds,
      }
      ratio['plan over chunks, value'] = whole.value / chunked.value
      say(`chunks of 1,000 customers lose ${(100 * (1 - chunked.value / whole.value)).toFixed(2)} % of the value`)
    }
    if (wants('lp')) {
      const problem = benchmarkInstance(1_000, 10, 7)
      const own = solve(problem, { threads: 1 })
      const solver = await loadHighs()
      const lp = await timed(async () => solver.solve(asLp(problem)))
      baseline['exact LP (HiGHS), 1,000 customers'] = {
        optimum: lp.value.ObjectiveValue,
        seconds: lp.seconds,
        own: { bound: own.bound, value: own.value, seconds: own.seconds },
      }
      ratio['LP solver over own, seconds'] = lp.seconds / own.seconds
      say(
        `exact LP: ${lp.value.ObjectiveValue.toFixed(4)} in ${lp.seconds.toFixed(2)} s; own bound ${own.bound.toFixed(4)} in ${own.seconds.toFixed(2)} s`,
      )
    }
    if (wants('two')) {
      const problem = { ...benchmarkInstance(options.number('two', 100_000), 20, 11, 150), most: 2 }
      const two = told(problem, solve(problem, { threads }))
      figures['two'] = two
      say(`at most two each, 150 offers: ${line(two)}`)
    }
    if (wants('knapsacks')) {
      figures['knapsacks'] = await solveKnapsacks(say)
    }
    if (wants('eligibility')) {
      const size = { customers, contacts: options.number('contacts', customers * 50), threads }
      const row = await eligibility(size, say)
      figures['eligibility'] = row.figures
      baseline['the engine reading the contacts once'] = row.baseline
      ratio['eligibility over reading once, seconds'] = row.ratio
    }
    return { name: 'plan', figures: plain(figures), baseline, ratio }
  },
}

const sizeOf = ({ text, number }: BenchOptions): number =>
  number('customers', { small: 100_000, '1m': 1_000_000, '10m': 10_000_000 }[text('size', '1m')] ?? 1_000_000)

interface Told {
  customers: number
  options: number
  limits: number
  value: number
  bound: number
  gap: number
  seconds: number
  passes: number
  brokenLimits: number
  residentMB: number
  solution: Solution
}

function told(problem: Problem, solution: Solution): Told {
  return {
    customers: problem.customers,
    options: problem.options,
    limits: problem.resources,
    value: solution.value,
    bound: solution.bound,
    gap: solution.gap,
    seconds: solution.seconds,
    passes: solution.passes,
    brokenLimits: checkPlan(problem, solution.chosen).length,
    residentMB: Math.round(process.memoryUsage().rss / 2 ** 20),
    solution,
  }
}

const line = (row: Told): string =>
  `${row.seconds.toFixed(2)} s, gap ${(100 * row.gap).toFixed(4)} %, ${row.passes} passes, ${row.brokenLimits} limits broken, ${row.residentMB} MB`

const plain = (figures: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(figures, (key, value) => (key === 'solution' ? undefined : value)))
