import type { App } from '../../platform/app.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { composers } from '../composers.ts'
import { statementMonth } from '../plan/planned.ts'
import { coverMost } from './cover-most.ts'
import { featuresOf } from './features.ts'
import { HARDEST_SQL } from './hardest-sql.ts'
import type { Measured } from './measure.ts'
import { type ProofBasis, type ProofCase, proofData, subjectsOf } from './proof-data.ts'

/** Customers looked at for ways that only few of them take: 20,000 are 8 s of work; of more, a sample that is always the same. */
const MOST_LOOKED_AT = 20_000
const BATCH = 1000
/** Of each shape of data one is set on paper, up to so many: 15 ms each. */
const MOST_SET = 120
export const MOST_MEMBERS = 60

const SAMPLE_SQL = `
SELECT customer_id
FROM golden_records
WHERE run_id = {identityRun:UInt64}
ORDER BY cityHash64(customer_id)
LIMIT {most:UInt32}`

const PRODUCTS_SQL = `
SELECT toString(product_code) AS code
FROM purchases
WHERE run_id = {identityRun:UInt64} AND is_service = 0
GROUP BY code ORDER BY count() DESC LIMIT 5`

export interface ChosenCase extends ProofCase {
  why: string[]
  covers: string[]
}

interface Candidate extends ProofCase {
  why: string[]
  measured: Measured
}

/** The hardest by what they are, and beside them the fewest that take every way of the template some customer takes. */
export async function chooseHardest(
  app: App,
  basis: ProofBasis,
  version: TemplateVersion,
  progress: (done: number, total: number) => Promise<void>,
): Promise<ChosenCase[]> {
  const { start, end } = statementMonth(basis.asOf)
  const { identityRun } = basis
  const [extremes, sample, products, subjects] = await Promise.all([
    app.facts.query<{ why: string; customer_id: number }>(HARDEST_SQL, {
      identityRun,
      monthStart: start,
      monthEnd: end,
    }),
    app.facts.query<{ customer_id: number }>(SAMPLE_SQL, { identityRun, most: MOST_LOOKED_AT }),
    app.facts.query<{ code: string }>(PRODUCTS_SQL, { identityRun }),
    subjectsOf(app, version),
  ])
  const reasons = new Map<number, string[]>()
  for (const { why, customer_id } of extremes) reasons.set(customer_id, [...(reasons.get(customer_id) ?? []), why])
  const ids = [...new Set([...reasons.keys(), ...sample.map(row => row.customer_id)])]
  // Every second case has a product, and the subjects take turns.
  const cases = ids.map(
    (customerId, index): ProofCase => ({
      customerId,
      offer: subjects[index % Math.max(1, subjects.length)] ?? '',
      product: index % 2 === 1 ? (products[Math.floor(index / 2) % Math.max(1, products.length)]?.code ?? '') : '',
    }),
  )
  const looked = await lookAt(app, basis, version, cases, reasons, done => progress(done, cases.length))
  const whole = await setOnPaper(app, basis, version, candidatesForPaper(looked))
  return coverMost(whole, MOST_MEMBERS)
}

async function lookAt(
  app: App,
  basis: ProofBasis,
  version: TemplateVersion,
  cases: readonly ProofCase[],
  reasons: ReadonlyMap<number, string[]>,
  told: (done: number) => Promise<void>,
): Promise<Candidate[]> {
  const found: Candidate[] = []
  for (let from = 0; from < cases.length; from += BATCH) {
    const part = cases.slice(from, from + BATCH)
    const rows = await proofData(app, basis, version, part)
    const measured = await composers(app).study({ kind: 'measure', version, rows, whole: false })
    for (const [index, one] of part.entries())
      found.push({ ...one, why: reasons.get(one.customerId) ?? [], measured: measured[index]! })
    await told(found.length)
  }
  return found
}

/** Everybody who is hard by himself, the largest document, and one of each way and shape; rare shapes first. */
function candidatesForPaper(looked: readonly Candidate[]): Candidate[] {
  const chosen = new Set(looked.filter(({ why }) => why.length > 0))
  const largest = looked.toSorted((a, b) => b.measured.size - a.measured.size)
  for (const one of largest.filter(({ measured }) => measured.held === null).slice(0, 5)) chosen.add(one)
  const byForm = Map.groupBy(looked, ({ measured }) =>
    JSON.stringify([measured.taken, measured.shape, measured.language]),
  )
  const rareFirst = [...byForm.values()].toSorted((a, b) => a.length - b.length)
  for (const [one] of rareFirst) if (one && chosen.size < MOST_SET) chosen.add(one)
  // Rare forms may use up the places: each single feature has one all the same.
  const seen = new Set([...chosen].flatMap(({ measured }) => featuresOf(measured)))
  for (const one of looked)
    if (featuresOf(one.measured).some(feature => !seen.has(feature))) {
      chosen.add(one)
      for (const feature of featuresOf(one.measured)) seen.add(feature)
    }
  return [...chosen]
}

async function setOnPaper(
  app: App,
  basis: ProofBasis,
  version: TemplateVersion,
  candidates: readonly Candidate[],
): Promise<Candidate[]> {
  const rows = await proofData(app, basis, version, candidates)
  const measured = await composers(app).study({ kind: 'measure', version, rows, whole: true })
  const whole = candidates.map((one, index) => ({ ...one, measured: measured[index]! }))
  const most = whole.toSorted((a, b) => b.measured.pages - a.measured.pages)[0]
  return whole.map(one => (one === most && one.measured.pages > 0 ? { ...one, why: [...one.why, 'most-pages'] } : one))
}
