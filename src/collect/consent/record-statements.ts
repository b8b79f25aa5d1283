/**
 * Statements into the ledger, at once and for good. The chain grows under a lock on the customer's head; the copy in the
 * facts, which plans join, is written before the caller gets an answer. A process killed in between leaves the statement in
 * the ledger, which the gate reads, and its number in `consent_unmirrored`, from which the next call or turn brings it over.
 */
import type { Selectable } from 'kysely'
import type { App } from '../../platform/app.ts'
import type { WorkflowSchema, WorkflowTransaction } from '../../platform/stores/workflow/index.ts'
import { consentErrors } from './errors.ts'
import { checkPreference } from './preference-values.ts'
import { purposes } from './purposes.ts'
import { ALL_CHANNELS, CHANNELS, hashOf, type ReadStatement, type Statement, statementSchema } from './statement.ts'
import { checkWordings } from './wordings.ts'

export type LedgerRow = Selectable<WorkflowSchema['consent_ledger']>
type Store = Pick<App, 'workflow' | 'facts'>

const AT_A_TIME = 1000
/** Clocks of machines differ; a minute is forgiven. */
const FUTURE_MS = 60_000

/** Returns how many were new; the same id twice is one statement. */
export async function recordStatements(app: Store, statements: readonly Statement[]): Promise<{ recorded: number }> {
  if (statements.length === 0) return { recorded: 0 }
  const read = statements.map(statement => statementSchema.parse(statement))
  await check(app, read)
  let recorded = 0
  for (let from = 0; from < read.length; from += AT_A_TIME) {
    const some = read.slice(from, from + AT_A_TIME)
    recorded += await app.workflow.transaction(tx => append(tx, some))
  }
  await mirrorStatements(app)
  return { recorded }
}

async function check(app: Store, statements: readonly ReadStatement[]): Promise<void> {
  const known = new Map((await purposes(app)).map(purpose => [purpose.code, purpose]))
  for (const statement of statements) {
    if (statement.at.getTime() > Date.now() + FUTURE_MS)
      throw consentErrors['consent.future']({ at: statement.at.toISOString() })
    if (statement.kind === 'preference') {
      checkPreference(statement.name, statement.value)
      continue
    }
    const { purpose, channel } = statement
    const its = known.get(purpose)
    if (!its) throw consentErrors['consent.no-purpose']({ purpose, known: [...known.keys()].join(', ') })
    if (its.byChannel && !(CHANNELS as readonly string[]).includes(channel))
      throw consentErrors['consent.channel']({ purpose, channel })
    if (!its.byChannel && channel !== ALL_CHANNELS) throw consentErrors['consent.no-channel']({ purpose, channel })
  }
  await checkWordings(app, statements)
}

async function append(tx: WorkflowTransaction, statements: readonly ReadStatement[]): Promise<number> {
  const known = new Set(
    (
      await tx
        .selectFrom('consent_ledger')
        .select('statement_id')
        .where(
          'statement_id',
          'in',
          statements.map(({ id }) => id),
        )
        .execute()
    ).map(row => row.statement_id),
  )
  const fresh = new Map(statements.filter(({ id }) => !known.has(id)).map(statement => [statement.id, statement]))
  if (fresh.size === 0) return 0
  const ids = [...new Set([...fresh.values()].map(({ customerId }) => customerId))].sort((a, b) => a - b)
  await tx
    .insertInto('consent_heads')
    .values(ids.map(customer_id => ({ customer_id, seq: 0, hash: '' })))
    .onConflict(conflict => conflict.column('customer_id').doNothing())
    .execute()
  const locked = await tx
    .selectFrom('consent_heads')
    .selectAll()
    .where('customer_id', 'in', ids)
    .orderBy('customer_id')
    .forUpdate()
    .execute()
  const heads = new Map(locked.map(head => [head.customer_id, head]))
  const recorded_at = new Date()
  const rows = [...fresh.values()].map(statement => {
    const head = heads.get(statement.customerId)!
    const row = chained(statement, head.seq + 1, head.hash, recorded_at)
    heads.set(statement.customerId, { customer_id: statement.customerId, seq: row.seq, hash: row.hash })
    return row
  })
  const written = await tx.insertInto('consent_ledger').values(rows).returning('id').execute()
  await tx
    .insertInto('consent_unmirrored')
    .values(written.map(({ id }) => ({ ledger_id: id })))
    .execute()
  await tx
    .insertInto('consent_heads')
    .values([...heads.values()])
    .onConflict(conflict =>
      conflict
        .column('customer_id')
        .doUpdateSet(set => ({ seq: set.ref('excluded.seq'), hash: set.ref('excluded.hash') })),
    )
    .execute()
  return rows.length
}

function chained(statement: ReadStatement, seq: number, previous: string, recorded_at: Date) {
  const consent = statement.kind === 'consent'
  const row = {
    statement_id: statement.id,
    customer_id: statement.customerId,
    seq,
    kind: statement.kind,
    purpose: consent ? statement.purpose : 'preference',
    channel: consent ? statement.channel : statement.name,
    state: consent ? statement.state : statement.value,
    wording: statement.wording,
    wording_version: statement.wordingVersion,
    evidence_how: statement.evidenceHow,
    evidence_ref: statement.evidenceRef,
    at: statement.at,
    source: statement.source,
    actor: statement.actor,
    recorded_at,
    previous,
  }
  return { ...row, hash: hashOf(row) }
}

/** Brings over what is not in the facts yet; writing a statement there twice is writing it once. */
export async function mirrorStatements(app: Store): Promise<void> {
  for (;;) {
    const rows = await app.workflow.db
      .selectFrom('consent_unmirrored')
      .innerJoin('consent_ledger', 'consent_ledger.id', 'consent_unmirrored.ledger_id')
      .selectAll('consent_ledger')
      .orderBy('id')
      .limit(20_000)
      .execute()
    if (rows.length === 0) return
    const text = 'LowCardinality(String)'
    await app.facts.insertColumns('consent_statements', {
      customer_id: { type: 'UInt64', values: rows.map(row => row.customer_id) },
      seq: { type: 'UInt32', values: rows.map(row => row.seq) },
      kind: { type: text, values: rows.map(row => row.kind) },
      purpose: { type: text, values: rows.map(row => row.purpose) },
      channel: { type: text, values: rows.map(row => row.channel) },
      state: { type: 'String', values: rows.map(row => row.state) },
      granted: { type: 'UInt8', values: rows.map(row => (row.state === 'granted' ? 1 : 0)) },
      at: { type: "DateTime64(3, 'UTC')", values: rows.map(row => row.at) },
      source: { type: text, values: rows.map(row => row.source) },
    })
    for (let from = 0; from < rows.length; from += AT_A_TIME)
      await app.workflow.db
        .deleteFrom('consent_unmirrored')
        .where(
          'ledger_id',
          'in',
          rows.slice(from, from + AT_A_TIME).map(row => row.id),
        )
        .execute()
  }
}
