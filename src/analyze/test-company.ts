import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stage as collect } from '../collect/index.ts'
import type { App, Step, StepId, Turn } from '../platform/app.ts'
import type { OpenApp } from '../platform/open-app.ts'
import { openTestApp as openOn } from '../platform/open-test-app.ts'
import type { Facts } from '../platform/stores/facts/index.ts'
import { stage } from './index.ts'
import { seededRandom } from './math/random.ts'

/** For the tests of this stage: real stores in a folder of their own. */
export async function openTestApp(): Promise<OpenApp> {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-analyze-'))
  const app = await openOn(folder, [collect, stage], { logLevel: 'silent' })
  const close = async () => {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { ...app, close }
}

export interface Line {
  customer: number
  /** Days after 2010-01-01. */
  day: number
  invoice: string
  product: string
  category: string
  amount: number
  margin: number
  service?: boolean
}

const FIRST_DAY = Date.UTC(2010, 0, 1) / 86_400_000

/** Writes purchases (a negative amount is a return) and one golden record per customer under an identity run. */
export async function writeCompany(
  facts: Facts,
  runId: number,
  lines: readonly Line[],
  customers: readonly number[],
): Promise<void> {
  const n = lines.length
  await facts.insertColumns('purchases', {
    run_id: { type: 'UInt64', values: new Array(n).fill(runId) },
    customer_id: { type: 'UInt64', values: lines.map(line => line.customer) },
    sold_at: { type: "DateTime('UTC')", values: lines.map(line => (FIRST_DAY + line.day) * 86_400 + 36_000) },
    invoice: { type: 'String', values: lines.map(line => line.invoice) },
    line: { type: 'UInt32', values: lines.map((_, i) => i) },
    product_code: { type: 'LowCardinality(String)', values: lines.map(line => line.product) },
    category: { type: 'LowCardinality(String)', values: lines.map(line => line.category) },
    quantity: { type: 'Int32', values: lines.map(line => Math.sign(line.amount)) },
    amount_minor: { type: 'Int64', values: lines.map(line => line.amount) },
    margin_minor: { type: 'Int64', values: lines.map(line => line.margin) },
    is_return: { type: 'UInt8', values: lines.map(line => (line.amount < 0 ? 1 : 0)) },
    is_service: { type: 'UInt8', values: lines.map(line => (line.service ? 1 : 0)) },
  })
  await facts.insertColumns('golden_records', {
    run_id: { type: 'UInt64', values: customers.map(() => runId) },
    customer_id: { type: 'UInt64', values: customers },
    kind: { type: 'LowCardinality(String)', values: customers.map(c => (c % 20 === 0 ? 'organisation' : 'person')) },
    name: { type: 'String', values: customers.map(c => `N${c}`) },
    country: { type: 'LowCardinality(String)', values: customers.map(() => 'CN') },
    birth_date: {
      type: 'Nullable(Date32)',
      values: customers.map(c => (c % 3 ? `19${60 + (c % 30)}-05-01` : null)),
    },
  })
}

/** Two years of a company whose customers come, buy at their own pace and leave; items 2k and 2k + 1 go together. */
export function simulatedLines(customers: number, seed: number, days = 730): Line[] {
  const random = seededRandom(seed)
  const lines: Line[] = []
  for (let customer = 1; customer <= customers; customer++) {
    const pace = random.gamma(2, 80)
    const leaving = random.beta(1, 9)
    const taste = Math.floor(random.uniform() * 20)
    let day = Math.floor(random.uniform() * 300)
    for (let order = 0; day < days; order++) {
      const first = (taste + Math.floor(random.uniform() * 4)) % 20
      const items = [2 * first, ...(random.uniform() < 0.6 ? [2 * first + 1] : []), Math.floor(random.uniform() * 40)]
      for (const item of new Set(items)) {
        const amount = 500 + Math.floor(random.gamma(3, 0.002))
        const line = { customer, day, invoice: `${customer}-${order}`, product: `P${item}`, category: `C${item % 5}` }
        lines.push({ ...line, amount, margin: Math.round(amount * 0.4) })
        if (random.uniform() < 0.03)
          lines.push({ ...line, invoice: `R${customer}-${order}`, amount: -amount, margin: -Math.round(amount * 0.4) })
      }
      if (random.uniform() < leaving) break
      day += 1 + Math.floor(-Math.log(1 - random.uniform()) / pace)
    }
  }
  return lines
}

/** Runs steps of a turn, in the order given, as the loop does. */
export async function runSteps(
  app: App,
  turn: Turn,
  steps: readonly Step[],
): Promise<Map<StepId, Record<string, unknown>>> {
  const figures = new Map<StepId, Record<string, unknown>>()
  const committed = new Map((await app.runs.runsOf(turn.id)).map(run => [run.step as StepId, run.id]))
  for (const step of steps) {
    const { runId } = await app.runs.begin(turn, step)
    const runOf = (id: StepId) => committed.get(id)!
    const result = await step.run({ app, turn, runId, runOf, progress: () => {} })
    await app.runs.commit(runId, result)
    committed.set(step.id, runId)
    figures.set(step.id, result)
  }
  return figures
}

/** The identity step as the tests need it: it writes what it was given. */
export const identityOf = (lines: readonly Line[], customers: readonly number[]): Step => ({
  id: 'identity',
  title: { en: 'Identity', zh: '身份' },
  resumes: false,
  writes: [],
  async run({ app, runId }) {
    await writeCompany(app.facts, runId, lines, customers)
    return { customers: customers.length }
  },
})
