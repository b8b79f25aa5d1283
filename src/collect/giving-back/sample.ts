import type { App } from '../../platform/app.ts'
import { viewOf } from '../../platform/marts.ts'
import { mask } from '../../platform/masking.ts'
import { quoted } from '../../platform/stores/facts/names.ts'
import { givebackErrors } from './errors.ts'
import type { TargetDefinition } from './target.ts'
import { checkConditions, columnTypes, martOf } from './targets.ts'
import { whereOf } from './where.ts'

const ROWS = 8

/** Masked for everybody: it shows the form of what would go, not the people. */
export async function sampleOf(
  app: App,
  { mart: name, columns, where }: Pick<TargetDefinition, 'mart' | 'columns' | 'where'>,
): Promise<{ total: number; columns: string[]; rows: string[][] }> {
  const mart = martOf(app, name)
  const strange = columns.find(column => !(column in mart.columns))
  if (strange !== undefined)
    throw givebackErrors['collect.no-mart-column']({ mart: name, column: strange.slice(0, 60) })
  await checkConditions(app, mart, where)
  const { sql, params } = whereOf(where, await columnTypes(app, mart))
  const from = `FROM ${viewOf(mart)} WHERE ${sql}`
  const list = columns.map(column => `toString(${quoted(column)}) AS ${quoted(column)}`).join(', ')
  const [{ total }, read] = await Promise.all([
    app.facts.one<{ total: number }>(`SELECT count() AS total ${from}`, params),
    app.facts.columns(`SELECT ${list} ${from} LIMIT ${ROWS}`, params),
  ])
  const texts = columns.map(column => read.str(column))
  const rows = Array.from({ length: read.rows }, (_, row) =>
    columns.map((column, i) => {
      const kind = mart.columns[column]?.personal
      const value = texts[i]![row]!
      return kind === undefined ? value : mask(kind, value)
    }),
  )
  return { total, columns, rows }
}
