/** What is different from what the other side has: appended to the target's stream, in one statement of the engine. */
import type { App } from '../../platform/app.ts'
import { viewOf } from '../../platform/marts.ts'
import { quoted } from '../../platform/stores/facts/names.ts'
import type { Target } from './target.ts'
import { columnTypes, martOf } from './targets.ts'
import { whereOf } from './where.ts'

/** 64-bit numbers as numbers, amounts with decimals as text, instants as ISO: what JSON readers expect. */
const SETTINGS = {
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_decimals: 1,
  output_format_json_quote_denormals: 0,
  output_format_json_escape_forward_slashes: 0,
  date_time_output_format: 'iso',
}

/**
 * Returns the number of the last change. Changes of a plan that was killed have numbers above `planned` and are taken away first;
 * the plan counts from the moment `planned` is raised in the workflow store. `full`: everything is sent once more.
 */
export async function planChanges(app: App, target: Target, full: boolean): Promise<number> {
  const { targetId, definition, planned } = target
  const mart = martOf(app, definition.mart)
  const types = await columnTypes(app, mart)
  const { sql: where, params } = whereOf(definition.where, types)
  const of = { ...params, target: targetId, planned, full: full ? 1 : 0 }
  await removeAbove(app, targetId, planned)
  const list = definition.columns.map(quoted).join(', ')
  const shape = definition.columns.map(column => `${quoted(column)} ${types.get(column)}`).join(', ')
  const key = `toJSONString(array(${mart.key.map(column => `toString(${quoted(column)})`).join(', ')}))`
  await app.facts.exec(
    `INSERT INTO giveback_changes (target_id, seq, key, op, row, row_hash, at)
     WITH
       now_there AS (
         SELECT ${key} AS key, toJSONString(CAST(tuple(${list}), {shape:String})) AS row, cityHash64(row) AS row_hash
         FROM ${viewOf(mart)} WHERE ${where}
       ),
       given AS (
         SELECT key, argMax(op, seq) AS last_op, argMax(row_hash, seq) AS last_hash FROM giveback_changes
         WHERE target_id = {target:UInt64} GROUP BY key HAVING last_op = 'upsert'
       ),
       changed AS (
         SELECT key, 'upsert' AS op, row, row_hash FROM now_there
         WHERE {full:UInt8} OR (key, row_hash) NOT IN (SELECT key, last_hash FROM given)
         UNION ALL
         SELECT key, 'delete' AS op, '' AS row, toUInt64(0) AS row_hash FROM given
         WHERE key NOT IN (SELECT key FROM now_there)
       )
     SELECT {target:UInt64}, {planned:UInt64} + row_number() OVER (ORDER BY op, key), key, op, row, row_hash, now64(3)
     FROM changed`,
    { ...of, shape: `Tuple(${shape})` },
    { settings: SETTINGS },
  )
  const { last } = await app.facts.one<{ last: number }>(
    'SELECT max(seq) AS last FROM giveback_changes WHERE target_id = {target:UInt64}',
    of,
  )
  const to = Math.max(last, planned)
  await app.workflow.db.updateTable('giveback_targets').set({ planned: to }).where('target_id', '=', targetId).execute()
  await forgetSuperseded(app, targetId)
  return to
}

async function removeAbove(app: App, targetId: number, planned: number): Promise<void> {
  const of = { target: targetId, planned }
  const { left } = await app.facts.one<{ left: number }>(
    'SELECT count() AS left FROM giveback_changes WHERE target_id = {target:UInt64} AND seq > {planned:UInt64}',
    of,
  )
  if (left > 0)
    await app.facts.exec(
      'ALTER TABLE giveback_changes DELETE WHERE target_id = {target:UInt64} AND seq > {planned:UInt64}',
      of,
    )
}

/**
 * Of each key only the newest change is kept: whoever reads on from an older number comes to the same state, and values that no
 * longer hold, or belong to somebody who is gone, do not stay behind.
 */
async function forgetSuperseded(app: App, targetId: number): Promise<void> {
  const of = { target: targetId }
  const { old } = await app.facts.one<{ old: number }>(
    'SELECT count() - uniqExact(key) AS old FROM giveback_changes WHERE target_id = {target:UInt64}',
    of,
  )
  if (old > 0)
    await app.facts.exec(
      `ALTER TABLE giveback_changes DELETE WHERE target_id = {target:UInt64}
       AND (key, seq) NOT IN (SELECT key, max(seq) FROM giveback_changes WHERE target_id = {target:UInt64} GROUP BY key)`,
      of,
    )
}
