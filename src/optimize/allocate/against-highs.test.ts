import assert from 'node:assert/strict'
import { test } from 'node:test'
import highs from 'highs'
import { buildProblem, type OptionRows } from './columns.ts'
import { mulberry } from './instance.ts'
import { solve } from './solve.ts'
import { checkPlan } from './verify.ts'

// Its types describe the CommonJS build; Node is given the ESM one, whose default export is the loader itself.
const loadHighs = highs as unknown as typeof highs.default

type Kind = 'one' | 'many' | 'groups' | 'exactly' | 'minimums'
const kinds: Kind[] = ['one', 'many', 'groups', 'exactly', 'minimums']

/** A small random instance; amounts have decimals now and then, so that whole-unit counting is met too. */
function randomRows(kind: Kind, seed: number): OptionRows {
  const random = mulberry(seed)
  const pick = (n: number) => Math.floor(random() * n)
  const customers = 4 + pick(20)
  const offers = 2 + pick(4)
  const m = 1 + pick(5)
  const uses: OptionRows['uses'] = []
  const group: number[] = []
  for (let c = 0; c < offers * 3; c++) {
    group.push(Math.floor(c / 3))
    const list = []
    for (let r = 0; r < m; r++)
      if (random() < 0.6) list.push({ resource: r, amount: (1 + pick(9)) / (r === 0 ? 10 : 1) })
    uses.push(list)
  }
  const customer: number[] = []
  const value: number[] = []
  const code: number[] = []
  for (let c = 0; c < customers; c++)
    for (let k = 0; k < uses.length; k++)
      if (random() < 0.6 || k === 0) {
        customer.push(c)
        code.push(k)
        value.push(Math.round((random() * 30 - (kind === 'exactly' ? 0 : 3)) * 100) / 100)
      }
  const most = kind === 'many' || kind === 'groups' ? 2 : 1
  const max = Float64Array.from({ length: m }, () => Math.round(customers * (0.8 + 3 * random()) * most))
  if (kind === 'exactly') for (let r = 0; r < m; r++) max[r] = max[r]! + customers * 1.5
  const min = new Float64Array(m)
  if (kind === 'minimums') min[pick(m)] = 1 + pick(Math.ceil(customers / 2))
  return {
    customers,
    customer: Uint32Array.from(customer),
    value: Float64Array.from(value),
    code: Uint32Array.from(code),
    uses,
    max,
    min,
    exactly: kind === 'exactly',
    most,
    ...(kind === 'groups' ? { group: Uint32Array.from(group) } : {}),
  }
}

function asLp(rows: OptionRows, whole: boolean): string {
  const n = rows.customer.length
  const all = Array.from({ length: n }, (_, j) => j)
  const sum = (terms: [number, number][]) =>
    terms.map(([a, j]) => `${a < 0 ? '-' : '+'} ${Math.abs(a)} x${j}`).join(' ')
  const lines: string[] = []
  const per = (label: string, members: number[], limit: number) =>
    members.length > 0 &&
    lines.push(` ${label}: ${sum(members.map(j => [1, j]))} ${rows.exactly ? '=' : '<='} ${limit}`)
  for (let c = 0; c < rows.customers; c++) {
    const own = all.filter(j => rows.customer[j] === c)
    per(`c${c}`, own, rows.most)
    if (rows.group)
      for (const g of new Set(own.map(j => rows.group![rows.code[j]!]!)))
        per(
          `g${c}_${g}`,
          own.filter(j => rows.group![rows.code[j]!] === g),
          1,
        )
  }
  for (let r = 0; r < rows.max.length; r++) {
    const terms = all.flatMap(j =>
      rows.uses[rows.code[j]!]!.filter(u => u.resource === r).map(u => [u.amount, j] as [number, number]),
    )
    if (terms.length === 0) continue
    lines.push(` u${r}: ${sum(terms)} <= ${rows.max[r]}`)
    if (rows.min[r]! > 0) lines.push(` l${r}: ${sum(terms)} >= ${rows.min[r]}`)
  }
  const bounds = all.map(j => ` 0 <= x${j} <= 1`).join('\n')
  const ints = whole ? `General\n ${all.map(j => `x${j}`).join(' ')}\n` : ''
  const objective = sum(all.map(j => [rows.value[j]!, j]))
  return `Maximize\n obj: ${objective}\nSubject To\n${lines.join('\n')}\nBounds\n${bounds}\n${ints}End`
}

for (const kind of kinds)
  test(`bound above the LP optimum, plan below the bound, every limit met: ${kind}`, async () => {
    const solver = await loadHighs()
    let shortOfBest = 0
    let solved = 0
    for (let seed = 1; seed <= 12; seed++) {
      const rows = randomRows(kind, seed * 7919 + kinds.indexOf(kind))
      const { problem } = buildProblem(rows)
      const lp = solver.solve(asLp(rows, false))
      const mip = solver.solve(asLp(rows, true))
      const got = solve(problem)
      const name = `${kind} seed ${seed}`
      if (lp.Status === 'Infeasible') {
        assert.equal(got.feasible, false, name)
        assert.equal(got.violations[0]!.proven, true, name)
        continue
      }
      assert.equal(lp.Status, 'Optimal', name)
      assert.ok(got.bound >= lp.ObjectiveValue - 1e-6, `${name}: bound ${got.bound} under ${lp.ObjectiveValue}`)
      assert.ok(
        got.bound <= lp.ObjectiveValue + 2e-3 * Math.abs(lp.ObjectiveValue) + 1e-6,
        `${name}: bound ${got.bound} far above ${lp.ObjectiveValue}`,
      )
      assert.equal(got.feasible, mip.Status === 'Optimal', name)
      if (!got.feasible || mip.Status !== 'Optimal') continue
      assert.ok(got.value <= got.bound, name)
      assert.deepEqual(checkPlan(problem, got.chosen), [], name)
      shortOfBest += 1 - got.value / mip.ObjectiveValue
      solved++
    }
    assert.ok(solved >= 6, `${solved} instances solved`)
    assert.ok(
      shortOfBest / solved < 0.01,
      `plans lie ${shortOfBest / solved} under the whole-number optimum on average`,
    )
  })
