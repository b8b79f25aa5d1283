import type { Kysely, Transaction } from 'kysely'
import type { ConstructorOptions } from 'pg-boss'
import type { WorkflowSchema } from './schema.ts'

export type WorkflowTransaction = Transaction<WorkflowSchema>

/**
 * The transactional store. Glossary: `db` runs single statements, each its own transaction; `transaction` runs several as
 * one. Inside `transaction(fn)` only `tx` may be used: `db`, a second `transaction` and the jobs throw
 * `platform.workflow-nested`, because the embedded engine is one session and would wait for itself for ever.
 * Keep transactions short and wait for nothing outside the database inside one.
 */
export interface Workflow {
  db: Kysely<WorkflowSchema>
  transaction<T>(fn: (tx: WorkflowTransaction) => Promise<T>): Promise<T>
  kind: 'embedded' | 'server'
  /** The whole embedded store as one gzipped tar, consistent as of the call; servers are backed up by their own tools. */
  dump(): Promise<Blob>
  /** How the jobs reach the same store; for `platform/jobs` alone. */
  forJobs: Pick<ConstructorOptions, 'backend' | 'db' | 'connectionString' | 'max'>
  close(): Promise<void>
}
