import type { PGlite, Results, Transaction } from '@electric-sql/pglite'
import { CompiledQuery, type DatabaseConnection, type Driver, type QueryResult, type TransactionSettings } from 'kysely'

/**
 * Kysely's driver for PGlite. PGlite's own mutexes order statements and transactions, so that Kysely and the jobs share the
 * one session; a "connection" is only a place to remember the transaction that was begun on it.
 */
export class PgliteDriver implements Driver {
  readonly #pglite: PGlite

  constructor(pglite: PGlite) {
    this.#pglite = pglite
  }

  async init(): Promise<void> {
    await this.#pglite.waitReady
  }

  async acquireConnection(): Promise<PgliteConnection> {
    return new PgliteConnection(this.#pglite)
  }

  async beginTransaction(connection: PgliteConnection, settings: TransactionSettings): Promise<void> {
    await connection.begin()
    const modes = [settings.isolationLevel && `isolation level ${settings.isolationLevel}`, settings.accessMode].filter(
      mode => mode !== undefined,
    )
    if (modes.length > 0) await connection.executeQuery(CompiledQuery.raw(`set transaction ${modes.join(', ')}`))
  }

  commitTransaction(connection: PgliteConnection): Promise<void> {
    return connection.end('commit')
  }

  rollbackTransaction(connection: PgliteConnection): Promise<void> {
    return connection.end('rollback')
  }

  async releaseConnection(): Promise<void> {}

  destroy(): Promise<void> {
    return this.#pglite.close()
  }
}

type Outcome = 'commit' | 'rollback'

class PgliteConnection implements DatabaseConnection {
  readonly #pglite: PGlite
  #transaction: Transaction | undefined
  #decide: ((outcome: Outcome) => void) | undefined
  #ended: Promise<void> | undefined

  constructor(pglite: PGlite) {
    this.#pglite = pglite
  }

  /** PGlite runs a transaction as a callback; this keeps the callback open until `end` says how it ends. */
  async begin(): Promise<void> {
    const begun = Promise.withResolvers<void>()
    const decision = Promise.withResolvers<Outcome>()
    this.#decide = decision.resolve
    this.#ended = this.#pglite.transaction(async transaction => {
      this.#transaction = transaction
      begun.resolve()
      if ((await decision.promise) === 'rollback') await transaction.rollback()
    })
    this.#ended.catch(begun.reject)
    await begun.promise
  }

  async end(outcome: Outcome): Promise<void> {
    this.#decide?.(outcome)
    try {
      await this.#ended
    } finally {
      this.#transaction = undefined
      this.#ended = undefined
    }
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const session = this.#transaction ?? this.#pglite
    const result: Results<R> = await session.query<R>(query.sql, [...query.parameters])
    return { rows: result.rows, numAffectedRows: changes(result) }
  }

  streamQuery(): never {
    throw new Error('the workflow store does not stream: it is small, select pages')
  }
}

const changing = /^(INSERT|UPDATE|DELETE|MERGE)\b/

const changes = (result: { command?: string; affectedRows?: number }): bigint | undefined =>
  changing.test(result.command ?? '') ? BigInt(result.affectedRows ?? 0) : undefined
