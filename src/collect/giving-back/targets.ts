/** Targets in the store. */
import { randomBytes } from 'node:crypto'
import type { App } from '../../platform/app.ts'
import { type Mart, viewOf } from '../../platform/marts.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { givebackErrors } from './errors.ts'
import type { Condition, Target, TargetDefinition } from './target.ts'
import { type ColumnTypes, whereOf } from './where.ts'

export function martOf(app: Pick<App, 'marts'>, name: string): Mart {
  const mart = app.marts.find(candidate => candidate.name === name)
  if (!mart) throw givebackErrors['collect.no-mart']({ mart: name.slice(0, 60) })
  return mart
}

export async function columnTypes(app: App, mart: Mart): Promise<ColumnTypes> {
  const rows = await app.facts.query<{ name: string; type: string }>(
    'SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = {view:String} ORDER BY position',
    { view: viewOf(mart) },
  )
  return new Map(rows.map(({ name, type }) => [name, type]))
}

/** Columns in the mart's order, keys among them, conditions that the engine can read: or the reason why not. */
export async function checkDefinition(app: App, definition: TargetDefinition): Promise<TargetDefinition> {
  const mart = martOf(app, definition.mart)
  const strange = definition.columns.find(column => !(column in mart.columns))
  if (strange !== undefined)
    throw givebackErrors['collect.no-mart-column']({ mart: mart.name, column: strange.slice(0, 60) })
  const missing = mart.key.filter(column => !definition.columns.includes(column))
  if (missing.length > 0) throw givebackErrors['collect.key-needed']({ columns: missing.join(', ') })
  await checkConditions(app, mart, definition.where)
  return { ...definition, columns: Object.keys(mart.columns).filter(column => definition.columns.includes(column)) }
}

/** Each is tried on no rows: the engine says what it cannot read. */
export async function checkConditions(app: App, mart: Mart, where: readonly Condition[]): Promise<void> {
  const types = await columnTypes(app, mart)
  for (const one of where) {
    const { sql, params } = whereOf([one], types)
    await app.facts.query(`SELECT 1 FROM ${viewOf(mart)} WHERE ${sql} LIMIT 0`, params).catch(error => {
      throw givebackErrors['collect.bad-condition']({ column: one.column, reason: (error as Error).message }, error)
    })
  }
}

export const newSecret = (): string => `whsec_${randomBytes(24).toString('base64url')}`

const columns = ['target_id', 'definition', 'secret', 'paused', 'planned', 'delivered'] as const

interface TargetRow {
  target_id: number
  definition: TargetDefinition
  secret: string
  paused: boolean
  planned: number
  delivered: number
}

const toTarget = (row: TargetRow): Target => ({
  targetId: row.target_id,
  definition: row.definition,
  secret: row.secret,
  paused: row.paused,
  planned: row.planned,
  delivered: row.delivered,
})

export async function targets({ workflow }: Pick<App, 'workflow'>): Promise<Target[]> {
  const rows = await workflow.db
    .selectFrom('giveback_targets')
    .select(columns)
    .where('deleted_at', 'is', null)
    .orderBy('target_id')
    .execute()
  return rows.map(toTarget)
}

export async function targetOf({ workflow }: Pick<App, 'workflow'>, targetId: number): Promise<Target> {
  const row = await workflow.db
    .selectFrom('giveback_targets')
    .select(columns)
    .where('target_id', '=', targetId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw givebackErrors['collect.no-target']({ target: targetId })
  return toTarget(row)
}

export async function addTarget(
  { workflow }: App,
  target: { definition: TargetDefinition; secret: string; userId: number },
): Promise<number> {
  const { target_id } = await workflow.db
    .insertInto('giveback_targets')
    .values({
      definition: asJson(target.definition),
      secret: target.secret,
      paused: false,
      planned: 0,
      delivered: 0,
      created_by: target.userId,
      created_at: new Date(),
    })
    .returning('target_id')
    .executeTakeFirstOrThrow()
  return target_id
}

export async function changeTarget(
  app: App,
  targetId: number,
  change: { definition?: TargetDefinition; secret?: string; paused?: boolean; deleted?: boolean },
): Promise<void> {
  const { numUpdatedRows } = await app.workflow.db
    .updateTable('giveback_targets')
    .set({
      ...(change.definition === undefined ? {} : { definition: asJson(change.definition) }),
      ...(change.secret === undefined ? {} : { secret: change.secret }),
      ...(change.paused === undefined ? {} : { paused: change.paused }),
      ...(change.deleted === undefined ? {} : { deleted_at: change.deleted ? new Date() : null }),
    })
    .where('target_id', '=', targetId)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw givebackErrors['collect.no-target']({ target: targetId })
}
