import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildProblem } from '../../src/optimize/allocate/columns.ts'
import { mulberry } from '../../src/optimize/allocate/instance.ts'
import { solve } from '../../src/optimize/allocate/solve.ts'

const LIBRARY = join(import.meta.dirname, '../../../shared/data/allocation/mmkp')
const OPTIMA: Record<string, number> = { I01: 173, I02: 364, I03: 1602, I04: 3597, I05: 3905.7, I06: 4799.3 }

/** Multiple-choice knapsack: exactly one item of each group, several capacities. */
interface Knapsack {
  limits: number[]
  /** Per group its items: value, then what it uses of each capacity. */
  groups: number[][][]
}

/** The published instances where they are at hand, and larger ones of the same make (uniform weights 1…10, half the mean load). */
export async function solveKnapsacks(say: (line: string) => void): Promise<Record<string, unknown>> {
  const figures: Record<string, unknown> = {}
  const row = (name: string, knapsack: Knapsack, optimum?: number) => {
    const solution = solved(knapsack)
    const against = optimum ?? solution.bound
    figures[name] = {
      groups: knapsack.groups.length,
      value: solution.value,
      bound: solution.bound,
      ...(optimum === undefined ? {} : { optimum }),
      share: solution.value / against,
      seconds: solution.seconds,
    }
    const what = optimum === undefined ? 'bound' : 'optimum'
    say(
      `${name}: ${solution.value.toFixed(1)} is ${(100 * (solution.value / against)).toFixed(2)} % of the ${what}, ${solution.seconds.toFixed(2)} s`,
    )
  }
  if (existsSync(LIBRARY)) for (const [name, optimum] of Object.entries(OPTIMA)) row(name, published(name), optimum)
  for (const [groups, items, m] of [
    [30, 10, 10],
    [100, 10, 10],
    [400, 10, 10],
  ] as const)
    row(`made ${groups} × ${items} × ${m}`, made(groups, items, m))
  return figures
}

function published(name: string): Knapsack {
  const numbers = readFileSync(join(LIBRARY, name), 'utf8').split('Solutions')[0]!.trim().split(/\s+/).map(Number)
  let at = 0
  const next = () => numbers[at++]!
  const [groups, items, m] = [next(), next(), next()]
  const limits = Array.from({ length: m }, next)
  return {
    limits,
    groups: Array.from({ length: groups }, () => {
      next()
      return Array.from({ length: items }, () => Array.from({ length: m + 1 }, next))
    }),
  }
}

function made(groups: number, items: number, m: number): Knapsack {
  const random = mulberry(groups * 31 + items)
  const weight = () => Math.floor(random() * 11)
  return {
    limits: Array.from({ length: m }, () => Math.floor(groups * 10 * 0.5)),
    groups: Array.from({ length: groups }, () =>
      Array.from({ length: items }, () => {
        const uses = Array.from({ length: m }, weight)
        const mean = uses.reduce((sum, use) => sum + use, 0) / m
        return [Math.round(10 * (mean * 1.5 + random() * 5)) / 10, ...uses]
      }),
    ),
  }
}

function solved({ limits, groups }: Knapsack) {
  const customer: number[] = []
  const value: number[] = []
  const uses: { resource: number; amount: number }[][] = []
  for (const [g, items] of groups.entries())
    for (const [worth, ...amounts] of items) {
      customer.push(g)
      value.push(worth!)
      uses.push(amounts.flatMap((amount, resource) => (amount > 0 ? [{ resource, amount }] : [])))
    }
  const { problem } = buildProblem({
    customers: groups.length,
    customer: Uint32Array.from(customer),
    value: Float64Array.from(value),
    code: Uint32Array.from(value, (_, j) => j),
    uses,
    max: Float64Array.from(limits),
    min: new Float64Array(limits.length),
    exactly: true,
    most: 1,
  })
  return solve(problem)
}
