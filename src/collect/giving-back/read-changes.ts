/** The stream of a target, in order. */
import type { App } from '../../platform/app.ts'
import { latestRun } from '../../platform/marts.ts'

export interface Change {
  seq: number
  op: 'upsert' | 'delete'
  /** Values of the mart's key columns, as text. */
  key: string[]
  /** Null of a tombstone. */
  row: Record<string, unknown> | null
  /** Of a tombstone: the customer that took this one over, when it was merged. */
  mergedInto: number | null
  at: string
}

/** Changes above `after` up to `upTo`, the first so many. */
export async function readChanges(
  app: App,
  target: { targetId: number; keyIsCustomer: boolean },
  range: { after: number; upTo: number; limit: number },
): Promise<Change[]> {
  const read = await app.facts.columns(
    `SELECT seq, key, op, row, at FROM giveback_changes
     WHERE target_id = {target:UInt64} AND seq > {after:UInt64} AND seq <= {upTo:UInt64} ORDER BY seq LIMIT {limit:UInt32}`,
    { target: target.targetId, ...range },
  )
  const seq = read.f64('seq')
  const [keys, ops, rows, at] = [read.str('key'), read.str('op'), read.str('row'), read.str('at')]
  const changes = Array.from(
    { length: read.rows },
    (_, i): Change => ({
      seq: seq[i]!,
      op: ops[i] === 'delete' ? 'delete' : 'upsert',
      key: JSON.parse(keys[i]!) as string[],
      row: rows[i] === '' ? null : (JSON.parse(rows[i]!) as Record<string, unknown>),
      mergedInto: null,
      at: at[i]!,
    }),
  )
  if (target.keyIsCustomer) await sayMerges(app, changes)
  return changes
}

async function sayMerges(app: App, changes: readonly Change[]): Promise<void> {
  const gone = new Map(changes.filter(change => change.op === 'delete').map(change => [Number(change.key[0]), change]))
  if (gone.size === 0) return
  const merged = await app.facts.query<{ old_id: number; customer_id: number }>(
    `SELECT old_id, customer_id FROM customer_redirects WHERE run_id = ${latestRun('identity')} AND old_id IN {ids:Array(UInt64)}`,
    { ids: [...gone.keys()] },
  )
  for (const { old_id, customer_id } of merged) gone.get(old_id)!.mergedInto = customer_id
}
