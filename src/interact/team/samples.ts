import { randomUUID } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import { quantileOfT } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import { asJson, type WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import { criteriaOf } from './criteria.ts'
import { teamErrors } from './errors.ts'

export type Sample = Selectable<WorkflowSchema['listening_samples']>

const DAY_MS = 86_400_000

/** Monday of the week a day lies in. */
export function mondayOf(day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  return new Date(at.getTime() - ((at.getUTCDay() + 6) % 7) * DAY_MS).toISOString().slice(0, 10)
}

/**
 * Draws ended calls of a week at random until each agent has `each` of them. The seed of a week is stored with its first draw and used
 * again: nobody can draw until the call comes that was wanted. Calls in which nobody was spoken to have nothing to hear.
 */
export async function drawSamples(
  app: App,
  { day, each, userId, seed = randomUUID() }: { day: string; each: number; userId: number; seed?: string },
): Promise<{ week: string; drawn: number }> {
  const week = mondayOf(day)
  if (Date.parse(week) > Date.now()) throw teamErrors['team.week-to-come']({ week })
  const { rows } = await sql`
    WITH
      seeded AS (SELECT coalesce((SELECT min(seed) FROM listening_samples WHERE week = ${week}), ${seed}) AS seed),
      ordered AS (
        SELECT o.outcome_id, o.user_id, s.seed, row_number() OVER (PARTITION BY o.user_id ORDER BY md5(s.seed || o.outcome_id)) AS place
        FROM desk_outcomes o, seeded s
        WHERE o.at >= ${week}::date AND o.at < ${week}::date + 7 AND o.reached AND o.customer_id > 0
      )
    INSERT INTO listening_samples (week, seed, outcome_id, user_id, drawn_by, drawn_at)
    SELECT ${week}, seed, outcome_id, user_id, ${userId}, now() FROM ordered
    WHERE place <= ${each} - (SELECT count(*) FROM listening_samples l
        WHERE l.week = ${week} AND l.user_id = ordered.user_id
          AND l.outcome_id NOT IN (SELECT outcome_id FROM ordered o WHERE o.place <= ${each} AND o.user_id = l.user_id))
    ON CONFLICT (outcome_id) DO NOTHING
    RETURNING sample_id`.execute(app.workflow.db)
  return { week, drawn: rows.length }
}

export async function sampleById({ workflow }: App, sampleId: number): Promise<Sample> {
  const row = await workflow.db
    .selectFrom('listening_samples')
    .selectAll()
    .where('sample_id', '=', sampleId)
    .executeTakeFirst()
  if (!row) throw teamErrors['team.no-sample']({ sample: sampleId })
  return row
}

export interface SampleQuery {
  week?: string | undefined
  userId?: number | undefined
  scored?: boolean | undefined
  limit: number
  offset: number
}

/** With how the call ended; those not scored first, then the newest. */
export async function listSamples({ workflow }: App, { week, userId, scored, limit, offset }: SampleQuery) {
  const matching = workflow.db
    .selectFrom('listening_samples as s')
    .leftJoin('desk_outcomes as o', 'o.outcome_id', 's.outcome_id')
    .leftJoin('desk_endings as e', 'e.outcome_id', 's.outcome_id')
    .$if(week !== undefined, query => query.where('s.week', '=', week!))
    .$if(userId !== undefined, query => query.where('s.user_id', '=', userId!))
    .$if(scored !== undefined, query => query.where('s.scored_at', scored ? 'is not' : 'is', null))
  const { total } = await matching.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .select(['s.sample_id', 's.week', 's.user_id', 's.scores', 's.remark', 's.scored_at', 's.scored_by'])
    .select([
      was<string>('list', 'text').as('list'),
      was<string>('outcome', 'text').as('outcome'),
      was<number>('seconds', 'float8').as('seconds'),
      was<Date>('at', 'timestamptz').as('at'),
      'o.variant',
    ])
    .orderBy(sql`s.scored_at IS NOT NULL`)
    .orderBy('at', 'desc')
    .orderBy('s.sample_id')
    .limit(limit)
    .offset(offset)
    .execute()
  return { total: Number(total), rows }
}

/** A score that was given stays when the outcome is taken back: of the call as it had been written down. */
const was = <T>(column: string, type: string) =>
  sql<T>`coalesce(o.${sql.ref(column)}, (e.was ->> ${sql.lit(column)})::${sql.raw(type)})`

export async function scoreSample(
  app: App,
  sampleId: number,
  { scores, remark, userId }: { scores: Record<string, number>; remark: string; userId: number },
): Promise<void> {
  await sampleById(app, sampleId)
  const criteria = (await criteriaOf(app)).map(one => one.id)
  const missing =
    criteria.find(id => scores[id] === undefined) ?? Object.keys(scores).find(id => !criteria.includes(id))
  if (missing !== undefined) throw teamErrors['team.bad-score']({ criterion: missing })
  await app.workflow.db
    .updateTable('listening_samples')
    .set({ scores: asJson(scores), remark, scored_by: userId, scored_at: new Date() })
    .where('sample_id', '=', sampleId)
    .execute()
}

export interface MeanScore {
  userId: number
  n: number
  mean: number
  /** 95 % interval of Student's t over calls, cut to the scale; null of one call. */
  low: number | null
  high: number | null
}

/** Of each agent: the mean over scored calls of the call's mean. */
export async function meanScores({ workflow }: App, userId?: number): Promise<MeanScore[]> {
  const rows = await workflow.db
    .selectFrom('listening_samples')
    .select(['user_id', 'scores'])
    .where('scored_at', 'is not', null)
    .$if(userId !== undefined, query => query.where('user_id', '=', userId!))
    .orderBy('user_id')
    .execute()
  return [...Map.groupBy(rows, row => row.user_id)].map(([agent, some]) => ({
    userId: agent,
    ...meanOf(some.map(row => mean(Object.values(row.scores ?? {})))),
  }))
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

export function meanOf(values: readonly number[]): Omit<MeanScore, 'userId'> {
  const n = values.length
  const middle = mean(values)
  if (n < 2) return { n, mean: middle, low: null, high: null }
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (n - 1)
  const reach = quantileOfT(0.05, n - 1) * Math.sqrt(variance / n)
  return { n, mean: middle, low: Math.max(1, middle - reach), high: Math.min(5, middle + reach) }
}
