/** Whether anything in the ledger was changed, taken out or put in since it was written. */
import { createHash } from 'node:crypto'
import type { App } from '../../platform/app.ts'
import { type LedgerRow, mirrorStatements } from './record-statements.ts'
import { brokenSeals, sealImports } from './seal-imports.ts'
import { hashOf } from './statement.ts'

export interface Finding {
  where: 'chain' | 'copy' | 'import'
  /** Customer number, or of an import its own. */
  id: number
  /** Place in the chain, 0 where the whole is meant. */
  seq: number
  what: 'changed' | 'missing' | 'cut-off' | 'other-statements'
}

export interface Verified {
  statements: number
  customers: number
  imports: number
  /** SHA-256 over the heads of all chains: noted elsewhere, it proves the whole ledger of that day. */
  root: string
  findings: Finding[]
}

type Store = Pick<App, 'workflow' | 'facts'>

const AT_A_TIME = 5000

export async function verifyConsents(app: Store): Promise<Verified> {
  await mirrorStatements(app)
  await sealImports(app)
  const root = createHash('sha256')
  const findings: Finding[] = []
  let statements = 0
  let customers = 0
  let after = 0
  for (;;) {
    const heads = await app.workflow.db
      .selectFrom('consent_heads')
      .selectAll()
      .where('customer_id', '>', after)
      .orderBy('customer_id')
      .limit(AT_A_TIME)
      .execute()
    if (heads.length === 0) break
    after = heads.at(-1)!.customer_id
    customers += heads.length
    const rows = await app.workflow.db
      .selectFrom('consent_ledger')
      .selectAll()
      .where('customer_id', '>=', heads[0]!.customer_id)
      .where('customer_id', '<=', after)
      .orderBy('customer_id')
      .orderBy('seq')
      .execute()
    statements += rows.length
    const byCustomer = Map.groupBy(rows, row => row.customer_id)
    for (const head of heads) {
      root.update(`${head.customer_id} ${head.seq} ${head.hash}\n`)
      findings.push(...brokenLinks(byCustomer.get(head.customer_id) ?? [], head))
    }
    findings.push(...(await differingCopies(app, rows)))
  }
  for (const seal of await brokenSeals(app))
    findings.push({ where: 'import', id: seal.importId, seq: 0, what: 'other-statements' })
  const { n } = await app.workflow.db
    .selectFrom('consent_seals')
    .select(count => count.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return { statements, customers, imports: Number(n), root: root.digest('hex'), findings }
}

/** The first break of a chain; what comes after it hangs on nothing. */
function brokenLinks(rows: readonly LedgerRow[], head: { customer_id: number; seq: number; hash: string }): Finding[] {
  const found = (seq: number, what: Finding['what']): Finding[] => [{ where: 'chain', id: head.customer_id, seq, what }]
  let previous = ''
  for (const [index, row] of rows.entries()) {
    if (row.seq !== index + 1) return found(index + 1, 'missing')
    if (row.previous !== previous || row.hash !== hashOf(row)) return found(row.seq, 'changed')
    previous = row.hash
  }
  return rows.length === head.seq && previous === head.hash ? [] : found(head.seq, 'cut-off')
}

async function differingCopies(app: Store, rows: readonly LedgerRow[]): Promise<Finding[]> {
  const text = (row: { purpose: string; channel: string; state: string; at: Date | string }) =>
    [row.purpose, row.channel, row.state, new Date(row.at).toISOString()].join('\n')
  const copies = await app.facts.query<{
    customer_id: number
    seq: number
    purpose: string
    channel: string
    state: string
    at: string
  }>(
    `SELECT customer_id, seq, toString(purpose) AS purpose, toString(channel) AS channel, state, at FROM consent_statements FINAL
     WHERE customer_id IN {ids:Array(UInt64)}`,
    { ids: [...new Set(rows.map(row => row.customer_id))] },
  )
  const copied = new Map(copies.map(copy => [`${copy.customer_id}/${copy.seq}`, text(copy)]))
  return rows.flatMap(row => {
    const copy = copied.get(`${row.customer_id}/${row.seq}`)
    if (copy === text(row)) return []
    return [
      {
        where: 'copy' as const,
        id: row.customer_id,
        seq: row.seq,
        what: copy === undefined ? ('missing' as const) : ('changed' as const),
      },
    ]
  })
}
