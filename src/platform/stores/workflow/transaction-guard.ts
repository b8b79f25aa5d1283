import { AsyncLocalStorage } from 'node:async_hooks'
import { workflowErrors } from './errors.ts'

/** `failed`: a statement was refused, so PostgreSQL ignores everything until the end or a savepoint. */
interface OpenTransaction {
  open: boolean
  failed: boolean
}

const beginning = new AsyncLocalStorage<true>()
const current = new AsyncLocalStorage<OpenTransaction>()

/**
 * Throws when the caller runs inside `workflow.transaction`. The embedded engine is one session: whatever else asked for it
 * there would wait for the transaction, which waits for its caller, for ever. A server would not hang but work outside the
 * transaction, which is as wrong; so both engines are guarded.
 */
export function assertOutsideTransaction(what: string): void {
  if (current.getStore()?.open) throw workflowErrors['platform.workflow-nested']({ what })
}

/** Marks what `fn` does, and whatever it starts, as inside the transaction until it ends. */
export async function insideTransaction<T>(fn: (state: OpenTransaction) => Promise<T>): Promise<T> {
  const state: OpenTransaction = { open: true, failed: false }
  try {
    return await current.run(state, () => fn(state))
  } finally {
    state.open = false
  }
}

export function markStatementFailed(): void {
  const state = current.getStore()
  if (state) state.failed = true
}

/** `fn` may begin a transaction. */
export const mayBegin = <T>(fn: () => Promise<T>): Promise<T> => beginning.run(true, fn)

/** Kysely's own ways into a transaction go round the guard. */
export function assertMayBegin(): void {
  if (!beginning.getStore())
    throw new TypeError('use workflow.transaction(tx => …): it guards against waiting for oneself')
}
