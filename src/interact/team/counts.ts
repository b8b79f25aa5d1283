import { type RawBuilder, sql } from 'kysely'
import type { App } from '../../platform/app.ts'
import { BREAK_MINUTES } from '../desk/capacity.ts'
import type { Counts } from './shares.ts'

export const groupings = ['day', 'agent', 'list', 'offer'] as const
export type Grouping = (typeof groupings)[number] | 'all'

/** Days are those of UTC, as the desk's capacity counts them. */
const keys: Record<Grouping, RawBuilder<string>> = {
  all: sql`''`,
  day: sql`day::text`,
  agent: sql`user_id::text`,
  list: sql`list`,
  offer: sql`offer`,
}

export interface Wanted {
  /** Both days included. */
  from: string
  to: string
  by: Grouping
  list?: string | undefined
  userId?: number | undefined
}

/** Ends of calls by what they are grouped by. Hours are those on the line: a gap longer than a break is not counted. */
export async function countCalls(
  { workflow }: Pick<App, 'workflow'>,
  wanted: Wanted,
): Promise<(Counts & { key: string })[]> {
  const { from, to, by, list = '', userId = 0 } = wanted
  const { rows } = await sql<Counts & { key: string }>`
    WITH
      ended AS (
        SELECT user_id, list, offer, outcome, reached, seconds, cardinality(fields) AS fields, at::date AS day,
          extract(epoch FROM at - lag(at) OVER (PARTITION BY user_id, at::date ORDER BY at)) AS since_last
        FROM desk_outcomes WHERE at >= ${from}::date AND at < ${to}::date + 1
      )
    SELECT ${keys[by]} AS key, count(*)::int4 AS calls,
      count(*) FILTER (WHERE reached)::int4 AS reached,
      count(*) FILTER (WHERE reached AND outcome <> 'callback')::int4 AS completed,
      count(*) FILTER (WHERE outcome = 'accepted')::int4 AS accepted,
      count(*) FILTER (WHERE reached AND fields > 0)::int4 AS told,
      coalesce(sum(fields), 0)::int4 AS fields,
      coalesce(sum(CASE WHEN since_last IS NULL OR since_last > ${BREAK_MINUTES * 60}
        THEN least(seconds, ${BREAK_MINUTES * 60}) ELSE since_last END) / 3600, 0)::float8 AS hours
    FROM ended
    WHERE (${list} = '' OR list = ${list}) AND (${userId}::int8 = 0 OR user_id = ${userId}::int8)
    GROUP BY 1 ORDER BY 1`.execute(workflow.db)
  return rows
}
