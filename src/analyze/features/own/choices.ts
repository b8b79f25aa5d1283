import type { App } from '../../../platform/app.ts'
import { runsOfTurn } from '../../runs-of-turn.ts'
import type { OwnChoices } from '../view/api.ts'

/** Codes that occur, so that nobody has to know them by heart. */
export async function ownChoices(app: App): Promise<OwnChoices> {
  const { identity } = await runsOfTurn(app)
  const words = async (column: string, table: string, where: string) =>
    (
      await app.facts.query<{ word: string }>(
        `SELECT ${column} AS word FROM ${table} WHERE ${where} AND ${column} != '' GROUP BY word ORDER BY word LIMIT 500`,
        { identity },
      )
    ).map(row => row.word)
  const [categories, types, channels, answers] = await Promise.all([
    words('category', 'purchases', 'run_id = {identity:UInt64}'),
    words('type', 'events', '1'),
    words('channel', 'events', '1'),
    app.facts.query<{ name: string; customers: number; example: string }>(
      `SELECT name, uniqExact(customer_id) AS customers, max(value) AS example FROM customer_attributes
       WHERE run_id = {identity:UInt64} GROUP BY name ORDER BY name`,
      { identity },
    ),
  ])
  return { categories, types, channels, answers }
}
