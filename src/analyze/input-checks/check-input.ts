import type { App } from '../../platform/app.ts'
import type { FeatureProfile } from '../features/profile.ts'
import type { InputNote } from './note.ts'
import { notesOf } from './notes.ts'

export interface InputCounts {
  lines: number
  future: number
  zero: number
  negative: number
  returnsAbove: number
  odd: Record<OddRow, string[]>
  duplicates: number
  duplicateExamples: string[]
  currencies: { currency: string; lines: number; file: string }[]
  customers: number
  buyers: number
  neverBought: number
  returnedMore: number
  returnedMoreExamples: string[]
}

export const oddRows = {
  /** The clock of the house: a line that says it will be sold tomorrow is a mistake of its source. */
  future: 'sold_at > now()',
  zero: 'is_service = 0 AND amount_minor = 0',
  negative: 'is_service = 0 AND is_return = 0 AND amount_minor < 0',
  returnsAbove: 'is_service = 0 AND is_return = 1 AND amount_minor > 0',
} as const
export type OddRow = keyof typeof oddRows

const EXAMPLES = 5
const named = "concat(invoice, ' / ', toString(line))"

const countsSql = `
SELECT count() AS lines, ${Object.entries(oddRows)
  .map(([id, where]) => `countIf(${where}) AS ${id}, groupArrayIf(${EXAMPLES})(${named}, ${where}) AS ${id}_rows`)
  .join(', ')}
FROM purchases WHERE run_id = {identityRun:UInt64}`

/** Lines that say the same in every column but their number: same customer, instant, invoice, product, pieces and amount. */
const duplicatesSql = `
SELECT sum(times - 1) AS duplicates, groupArray(${EXAMPLES})(its_invoice) AS examples
FROM (
  SELECT any(invoice) AS its_invoice, count() AS times
  FROM purchases
  WHERE run_id = {identityRun:UInt64} AND customer_id % {slices:UInt32} = 0 AND is_service = 0
  GROUP BY cityHash64(customer_id, sold_at, invoice, product_code, quantity, amount_minor)
  HAVING times > 1
)`

const currenciesSql = `
SELECT s.currency AS currency, s.lines AS lines, c.file AS file
FROM (
  SELECT currency, count() AS lines, any(import_id) AS some_import
  FROM sale_lines WHERE import_id IN (SELECT import_id FROM import_commits) GROUP BY currency
) AS s LEFT JOIN import_commits AS c ON c.import_id = s.some_import
ORDER BY lines DESC, currency`

const customersSql = `
SELECT count() AS customers, countIf(frequency > 0) AS buyers, countIf(frequency = 0) AS neverBought,
  countIf(monetary_minor < 0) AS returnedMore, groupArrayIf(${EXAMPLES})(toString(customer_id), monetary_minor < 0) AS returnedMoreExamples
FROM features WHERE run_id = {featuresRun:UInt64}`

/** Duplicates are looked for among so many customers at most: 250 thousand with 5 M lines take a second. */
const MOST_CUSTOMERS = 250_000

/** What is odd about the rows of a turn, in words; computed once its features stand. */
export async function checkInput(
  { facts }: Pick<App, 'facts'>,
  runs: { identityRun: number; featuresRun: number; customers: number },
  profile: readonly FeatureProfile[],
): Promise<InputNote[]> {
  const slices = Math.max(1, Math.ceil(runs.customers / MOST_CUSTOMERS))
  const [lines, twice, currencies, customers] = await Promise.all([
    facts.one<Record<string, number & string[]>>(countsSql, { identityRun: runs.identityRun }),
    facts.one<{ duplicates: number; examples: string[] }>(duplicatesSql, { identityRun: runs.identityRun, slices }),
    facts.query<InputCounts['currencies'][number]>(currenciesSql),
    facts.one<Pick<InputCounts, 'customers' | 'buyers' | 'neverBought' | 'returnedMore' | 'returnedMoreExamples'>>(
      customersSql,
      { featuresRun: runs.featuresRun },
    ),
  ])
  const ids = Object.keys(oddRows) as OddRow[]
  return notesOf(
    {
      lines: lines['lines']!,
      future: lines['future']!,
      zero: lines['zero']!,
      negative: lines['negative']!,
      returnsAbove: lines['returnsAbove']!,
      odd: Object.fromEntries(ids.map(id => [id, lines[`${id}_rows`]!])) as unknown as InputCounts['odd'],
      duplicates: twice.duplicates * slices,
      duplicateExamples: twice.examples,
      currencies,
      ...customers,
    },
    profile,
  )
}
