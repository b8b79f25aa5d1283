/** Dead letters are put at the end of the stream, as new changes: what they say now, if it still holds. */
import type { App } from '../../platform/app.ts'
import { targetOf } from './targets.ts'

export async function sendDeadLettersAgain(app: App, targetId: number): Promise<number> {
  const target = await targetOf(app, targetId)
  const { db } = app.workflow
  const letters = await db.selectFrom('giveback_dead_letters').select('seq').where('target_id', '=', targetId).execute()
  if (letters.length === 0) return 0
  const params = { target: targetId, seqs: letters.map(({ seq }) => seq), planned: target.planned }
  const { writtenRows } = await app.facts.exec(
    `INSERT INTO giveback_changes (target_id, seq, key, op, row, row_hash, at)
     SELECT target_id, {planned:UInt64} + row_number() OVER (ORDER BY seq), key, op, row, row_hash, now64(3)
     FROM giveback_changes WHERE target_id = {target:UInt64} AND seq IN {seqs:Array(UInt64)}`,
    params,
  )
  await app.workflow.transaction(async tx => {
    await tx
      .updateTable('giveback_targets')
      .set({ planned: target.planned + writtenRows })
      .where('target_id', '=', targetId)
      .execute()
    await tx
      .deleteFrom('giveback_dead_letters')
      .where('target_id', '=', targetId)
      .where('seq', 'in', params.seqs)
      .execute()
  })
  return writtenRows
}
