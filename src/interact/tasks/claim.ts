/**
 * Who gets which call. A claim is one statement: the best free task is locked with SKIP LOCKED and marked in the same breath, so that
 * no two agents hold one, on PGlite and on PostgreSQL, whatever is killed in between. A held task is a lease: the desk renews it every
 * minute, and one that lapses waits half an hour for the same agent before others get it.
 */
import { sql } from 'kysely'
import { errors } from '../errors.ts'
import { type Agent, agentOf } from './agents.ts'
import { deskErrors } from './errors.ts'
import { type Store, type Task, taskById } from './task-table.ts'

const LEASE = sql`interval '15 minutes'`
/** How long a call waits for the agent whose it was. */
const KEPT = sql`interval '30 minutes'`
/** Groups of open tasks and lapsed leases are looked for so often at most. */
const LOOK_EVERY_MS = 3000
/** Best tasks of each group that are looked at: more than agents who may ask in the same moment, then all of a small desk. */
const NEAREST = [24, 400] as const

interface Group {
  list: string
  skill: string
  language: string
  zone: string
  rank: number
}

interface Known {
  at: number
  groups: Promise<Group[]>
}

const known = new WeakMap<Store['workflow'], Known>()

/** Tasks came, or a list was changed: the next claim looks anew. */
export const forgetGroups = ({ workflow }: Store): void => void known.delete(workflow)

function groupsOf(app: Store): Promise<Group[]> {
  const held = known.get(app.workflow)
  if (held && Date.now() - held.at < LOOK_EVERY_MS) return held.groups
  const groups = lookAgain(app)
  known.set(app.workflow, { at: Date.now(), groups })
  groups.catch(() => known.delete(app.workflow))
  return groups
}

async function lookAgain(app: Store): Promise<Group[]> {
  await freeLapsed(app)
  const { rows } = await sql<Group>`
    SELECT DISTINCT t.list, t.skill, t.language, t.zone, l.rank FROM tasks t JOIN desk_lists l ON l.list_id = t.list
    WHERE t.state = 'open' AND NOT l.paused`.execute(app.workflow.db)
  return rows
}

/** An agent whose browser died does not keep a customer for ever; what was typed stays with the task. */
async function freeLapsed({ workflow }: Store): Promise<void> {
  await sql`UPDATE tasks SET state = 'open', for_user = held_by, due_at = now(), held_by = NULL, held_at = NULL, held_until = NULL
    WHERE state = 'held' AND held_until < now()`.execute(workflow.db)
}

/** The task this agent holds already, if any. */
export const heldTask = ({ workflow }: Store, userId: number): Promise<Task | undefined> =>
  workflow.db
    .selectFrom('tasks')
    .selectAll()
    .where('state', '=', 'held')
    .where('held_by', '=', userId)
    .where(sql<boolean>`held_until > now()`)
    .orderBy('held_at', 'desc')
    .limit(1)
    .executeTakeFirst()

const fits = ({ skills, languages }: Agent, group: Group): boolean =>
  (group.skill === '' || skills.length === 0 || skills.includes(group.skill)) &&
  (languages.length === 0 || languages.includes(group.language))

/**
 * The best free task for this agent: first what is kept for them, then calls that customers asked for and whose time has come, then
 * list by list by worth. Only zones of `open` are rung, and '' at any hour.
 */
export async function claimNext(
  app: Store,
  userId: number,
  open: (zone: string) => boolean = () => true,
): Promise<Task | undefined> {
  const agent = await agentOf(app, userId)
  const groups = (await groupsOf(app)).filter(group => fits(agent, group) && (group.zone === '' || open(group.zone)))
  for (const nearest of NEAREST) {
    const task = await claimAmong(app, userId, groups, nearest)
    if (task) return task
  }
  return undefined
}

async function claimAmong(
  { workflow }: Store,
  userId: number,
  groups: readonly Group[],
  nearest: number,
): Promise<Task | undefined> {
  const column = (name: 'list' | 'skill' | 'language' | 'zone') => sql`${groups.map(group => group[name])}::text[]`
  const { rows } = await sql<Task>`
    UPDATE tasks SET state = 'held', held_by = ${userId}, held_at = now(), held_until = now() + ${LEASE}, for_user = NULL
    WHERE task_id = (
      WITH
        groups AS (
          SELECT * FROM unnest(${column('list')}, ${column('skill')}, ${column('language')}, ${column('zone')},
            ${groups.map(group => group.rank)}::int4[]) AS g(list, skill, language, zone, rank)
        ),
        mine AS (
          SELECT task_id, -2 AS rank FROM tasks
          WHERE state = 'open' AND due_at <= now() AND for_user = ${userId} ORDER BY due_at LIMIT ${nearest}
        ),
        promised AS (
          SELECT t.task_id, -1 AS rank FROM tasks t JOIN groups g USING (list, skill, language, zone)
          WHERE t.state = 'open' AND t.due_at <= now() AND (t.outcome = 'callback' OR t.kind = 'callback')
            AND (t.for_user IS NULL OR t.due_at < now() - ${KEPT})
          ORDER BY t.due_at LIMIT ${nearest}
        ),
        listed AS (
          SELECT n.task_id, g.rank FROM groups g CROSS JOIN LATERAL (
            SELECT t.task_id FROM tasks t
            WHERE t.state = 'open' AND t.list = g.list AND t.skill = g.skill AND t.language = g.language AND t.zone = g.zone
              AND (t.due_at IS NULL OR t.due_at <= now()) AND (t.for_user IS NULL OR t.due_at < now() - ${KEPT})
            ORDER BY t.boost DESC, t.priority DESC, t.task_id LIMIT ${nearest}
          ) AS n
        ),
        ranked AS (
          SELECT task_id, min(rank) AS rank
          FROM (SELECT * FROM mine UNION ALL SELECT * FROM promised UNION ALL SELECT * FROM listed) AS found GROUP BY task_id
        )
      SELECT t.task_id FROM tasks t JOIN ranked r USING (task_id)
      WHERE t.state = 'open'
      ORDER BY r.rank, CASE WHEN r.rank < 0 THEN t.due_at END, t.boost DESC, t.priority DESC, t.task_id
      LIMIT 1 FOR UPDATE OF t SKIP LOCKED)
    RETURNING *`.execute(workflow.db)
  return rows[0]
}

/** The next best open tasks behind one that was just taken, for asking consent and policy of several at once. */
export async function nextInLine({ workflow }: Store, task: Task, most: number): Promise<Task[]> {
  const { rows } = await sql<Task>`
    SELECT * FROM tasks WHERE state = 'open' AND list = ${task.list} AND skill = ${task.skill} AND language = ${task.language}
      AND zone = ${task.zone} AND (due_at IS NULL OR due_at <= now())
    ORDER BY boost DESC, priority DESC, task_id LIMIT ${most}`.execute(workflow.db)
  return rows
}

/** Takes one named task; whoever holds it already keeps it. */
export async function takeTask(app: Store, taskId: string, userId: number): Promise<Task> {
  const { rows } = await sql<Task>`
    UPDATE tasks SET state = 'held', held_by = ${userId}, held_at = CASE WHEN held_by = ${userId} THEN held_at ELSE now() END,
      held_until = now() + ${LEASE}, for_user = NULL
    WHERE task_id = ${taskId} AND (state = 'open' OR (state = 'held' AND (held_by = ${userId} OR held_until < now())))
    RETURNING *`.execute(app.workflow.db)
  if (rows[0]) return rows[0]
  throw notTaken(await taskById(app, taskId))
}

export function notTaken(task: Task): Error {
  if (task.state === 'stopped')
    return deskErrors['desk.task-stopped']({ task: task.task_id, reason: task.stop_reason ?? '' })
  return task.state === 'done'
    ? errors['interact.task-done']({ task: task.task_id })
    : errors['interact.task-held']({ task: task.task_id })
}

/** A sign of life of the desk; false: the task is somebody else's by now. */
export async function keepTask({ workflow }: Store, taskId: string, userId: number): Promise<boolean> {
  const { rows } = await sql<{ task_id: string }>`
    UPDATE tasks SET held_until = now() + ${LEASE} WHERE task_id = ${taskId} AND state = 'held' AND held_by = ${userId}
    RETURNING task_id`.execute(workflow.db)
  return rows.length > 0
}

export async function releaseTask(app: Store, taskId: string, userId: number): Promise<Task> {
  const released = await app.workflow.db
    .updateTable('tasks')
    .set({ state: 'open', held_by: null, held_at: null, held_until: null })
    .where('task_id', '=', taskId)
    .where('state', '=', 'held')
    .where('held_by', '=', userId)
    .returningAll()
    .executeTakeFirst()
  if (released) return released
  await taskById(app, taskId)
  throw errors['interact.task-not-held']({ task: taskId })
}
