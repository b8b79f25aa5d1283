import { type Driver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely'
import { GuardedDriver } from './guarded-driver.ts'
import type { WorkflowSchema } from './schema.ts'
import { assertOutsideTransaction, insideTransaction, mayBegin } from './transaction-guard.ts'
import type { Workflow } from './workflow.ts'

type EngineParts = Pick<Workflow, 'kind' | 'dump' | 'forJobs'> & { driver: Driver }

/** Everything above the driver is the same for both engines. */
export function makeWorkflow({ driver, ...parts }: EngineParts): Workflow {
  const db = new Kysely<WorkflowSchema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new GuardedDriver(driver),
      createIntrospector: inner => new PostgresIntrospector(inner),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
  return {
    ...parts,
    db,
    transaction: async fn => {
      assertOutsideTransaction('transaction')
      return mayBegin(() =>
        db.transaction().execute(tx =>
          insideTransaction(async state => {
            const result = await fn(tx)
            // A refused statement that `fn` swallowed: COMMIT would quietly roll back. Ask again, so that it is said aloud
            // (and not when `fn` went back to a savepoint of its own).
            if (state.failed) await sql`select 1`.execute(tx)
            return result
          }),
        ),
      )
    },
    close: () => db.destroy(),
  }
}
