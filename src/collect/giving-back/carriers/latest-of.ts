import type { Change } from '../read-changes.ts'

/** Of each key the last change of the batch: a statement may touch a row once. */
export function latestOf(changes: readonly Change[]): { upserts: Change[]; deletes: Change[] } {
  const last = new Map(changes.map(change => [JSON.stringify(change.key), change]))
  const all = [...last.values()]
  return {
    upserts: all.filter(change => change.op === 'upsert'),
    deletes: all.filter(change => change.op === 'delete'),
  }
}
