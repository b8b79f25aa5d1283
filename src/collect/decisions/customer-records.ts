/** Records of customers as the newest identity run has them. */
import type { App } from '../../platform/app.ts'
import { decisionErrors } from './errors.ts'
import { AMONG_REFS, type RecordRef, refKey, refParams, refText } from './record-ref.ts'

export interface LinkedRecord extends RecordRef {
  customerId: number
}

export const recordsOfCustomers = (app: App, runId: number, customers: readonly number[]): Promise<LinkedRecord[]> =>
  app.facts.query<LinkedRecord>(
    `SELECT source, row_key AS rowKey, customer_id AS customerId FROM record_links
     WHERE run_id = {run_id:UInt64} AND customer_id IN {customers:Array(UInt64)} ORDER BY customerId, source, rowKey`,
    { run_id: runId, customers: [...customers] },
  )

/** Customers of records, in their order; throws for one the run does not know. */
export async function customersOfRecords(app: App, runId: number, refs: readonly RecordRef[]): Promise<number[]> {
  const rows = await app.facts.query<LinkedRecord>(
    `SELECT source, row_key AS rowKey, customer_id AS customerId FROM record_links WHERE run_id = {run_id:UInt64} AND ${AMONG_REFS}`,
    { run_id: runId, ...refParams(refs) },
  )
  const customers = new Map(rows.map(row => [refKey(row), row.customerId]))
  return refs.map(ref => {
    const customer = customers.get(refKey(ref))
    if (customer === undefined) throw decisionErrors['collect.record-unknown']({ record: refText(ref) })
    return customer
  })
}

/** 'person' or 'organisation' of each customer. */
export async function kindsOf(app: App, runId: number, customers: readonly number[]): Promise<Map<number, string>> {
  const rows = await app.facts.query<{ customerId: number; kind: string }>(
    'SELECT customer_id AS customerId, kind FROM golden_records WHERE run_id = {run_id:UInt64} AND customer_id IN {customers:Array(UInt64)}',
    { run_id: runId, customers: [...customers] },
  )
  return new Map(rows.map(({ customerId, kind }) => [customerId, kind]))
}
