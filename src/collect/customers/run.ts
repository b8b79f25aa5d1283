import type { App } from '../../platform/app.ts'
import { collectErrors } from '../errors.ts'

/** The identity run that pages show. */
export async function identityRun(app: App): Promise<number> {
  const runId = await app.runs.latest('identity')
  if (runId === null) throw collectErrors['collect.nothing-yet']()
  return runId
}

/** A customer's number in that run: an old number that went into another one leads there. */
export async function currentNumber(app: App, runId: number, id: number): Promise<number> {
  const [row] = await app.facts.query<{ customer_id: number }>(
    'SELECT customer_id FROM customer_redirects WHERE run_id = {run_id:UInt64} AND old_id = {id:UInt64}',
    { run_id: runId, id },
  )
  return row?.customer_id ?? id
}
