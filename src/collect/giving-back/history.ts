import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'

const iso = (date: Date | null): string | null => date?.toISOString() ?? null

export async function deliveriesOf(app: App, targetId: number, offset: number, limit: number) {
  const { db } = app.workflow
  const of = db.selectFrom('giveback_deliveries').where('target_id', '=', targetId)
  const { total } = await of.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await of.selectAll().orderBy('delivery_id', 'desc').offset(offset).limit(limit).execute()
  return {
    total: Number(total),
    rows: rows.map(row => ({
      deliveryId: row.delivery_id,
      startedBy: row.started_by,
      state: row.state,
      fromSeq: row.from_seq,
      toSeq: row.to_seq,
      upserts: row.upserts,
      deletes: row.deletes,
      batches: row.batches,
      tries: row.tries,
      error: row.error,
      file: (row.detail as { manifest?: { file?: string } })['manifest']?.file ?? null,
      startedAt: row.started_at.toISOString(),
      finishedAt: iso(row.finished_at),
    })),
  }
}

export async function deadLettersOf(app: App, targetId: number, offset: number, limit: number) {
  const of = app.workflow.db.selectFrom('giveback_dead_letters').where('target_id', '=', targetId)
  const { total } = await of.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const letters = await of.selectAll().orderBy('seq').offset(offset).limit(limit).execute()
  const keys = await app.facts.query<{ seq: number; key: string; op: string }>(
    'SELECT seq, key, op FROM giveback_changes WHERE target_id = {target:UInt64} AND seq IN {seqs:Array(UInt64)}',
    { target: targetId, seqs: letters.map(({ seq }) => seq) },
  )
  const named = new Map(keys.map(row => [row.seq, row]))
  return {
    total: Number(total),
    rows: letters.map(({ seq, reason, at }) => ({
      seq,
      key: named.get(seq)?.key ?? '',
      op: named.get(seq)?.op ?? '',
      reason,
      at: at.toISOString(),
    })),
  }
}

export async function lastDeliveries(
  app: App,
): Promise<Map<number, { state: string; at: string; error: string | null }>> {
  const rows = await app.workflow.db
    .selectFrom('giveback_deliveries')
    .distinctOn('target_id')
    .select(['target_id', 'state', 'error', sql<Date>`coalesce(finished_at, started_at)`.as('at')])
    .orderBy('target_id')
    .orderBy('delivery_id', 'desc')
    .execute()
  return new Map(
    rows.map(row => [row.target_id, { state: row.state, at: new Date(row.at).toISOString(), error: row.error }]),
  )
}

export async function deadCounts(app: App): Promise<Map<number, number>> {
  const rows = await app.workflow.db
    .selectFrom('giveback_dead_letters')
    .select(({ fn }) => ['target_id', fn.countAll<number>().as('letters')])
    .groupBy('target_id')
    .execute()
  return new Map(rows.map(({ target_id, letters }) => [target_id, Number(letters)]))
}
