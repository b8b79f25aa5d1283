import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, TransactionSettings } from 'kysely'
import { asParameter } from './column-parsers.ts'
import { workflowErrors } from './errors.ts'
import { assertMayBegin, assertOutsideTransaction, markStatementFailed } from './transaction-guard.ts'

/** Either engine's driver behind the same manners: see `transaction-guard.ts` and `column-parsers.ts`. */
export class GuardedDriver implements Driver {
  readonly #inner: Driver

  constructor(inner: Driver) {
    this.#inner = inner
  }

  init(): Promise<void> {
    return this.#inner.init()
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    assertOutsideTransaction('db')
    return new GuardedConnection(await this.#inner.acquireConnection())
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    assertMayBegin()
    await this.#inner.beginTransaction(innerOf(connection), settings)
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#inner.commitTransaction(innerOf(connection))
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#inner.rollbackTransaction(innerOf(connection))
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#inner.releaseConnection(innerOf(connection))
  }

  destroy(): Promise<void> {
    return this.#inner.destroy()
  }
}

class GuardedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection

  constructor(inner: DatabaseConnection) {
    this.inner = inner
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.inner.executeQuery<R>({ ...query, parameters: query.parameters.map(asParameter) })
    } catch (error) {
      markStatementFailed()
      if (isDiskFull(error)) throw workflowErrors['platform.workflow-disk-full']({ reason: error.message }, error)
      throw error
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize)
  }
}

/** PostgreSQL's SQL state "disk_full". */
const isDiskFull = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === '53100'

function innerOf(connection: DatabaseConnection): DatabaseConnection {
  if (!(connection instanceof GuardedConnection)) throw new TypeError('not a connection of this driver')
  return connection.inner
}
