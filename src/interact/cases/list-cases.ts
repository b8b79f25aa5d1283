import { type ExpressionBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import { containing, customersNamed } from '../inbox/todays-names.ts'
import { numbersOf } from '../portal/known-by.ts'
import type { caseQuery } from './api.ts'
import type { Case } from './with-note.ts'

type Query = z.output<typeof caseQuery>
type Builder = ExpressionBuilder<WorkflowSchema, 'cases'>

/** The most urgent first: by deadline what is not resolved, else the newest. */
export async function findCases(app: App, query: Query, userId: number): Promise<{ total: number; rows: Case[] }> {
  const { workflow } = app
  const [theirs, named] = await Promise.all([
    query.customer ? numbersOf(app, query.customer) : undefined,
    query.q ? customersNamed(app, query.q) : [],
  ])
  const matches = (eb: Builder) => eb.and(conditions(eb, query, userId, theirs, named))
  const [{ total }, rows] = await Promise.all([
    workflow.db
      .selectFrom('cases')
      .select(eb => eb.fn.countAll<number>().as('total'))
      .where(matches)
      .executeTakeFirstOrThrow(),
    workflow.db
      .selectFrom('cases')
      .selectAll()
      .where(matches)
      .orderBy(sql`CASE state WHEN 'open' THEN 0 WHEN 'waiting' THEN 1 ELSE 2 END`)
      .orderBy(sql`CASE WHEN state = 'resolved' THEN NULL ELSE due_at END`)
      .orderBy('opened_at', 'desc')
      .orderBy('case_id')
      .limit(query.limit)
      .offset(query.offset)
      .execute(),
  ])
  return { total: Number(total), rows }
}

function conditions(
  eb: Builder,
  { state, kind, category, owner, late, q }: Query,
  userId: number,
  theirs: number[] | undefined,
  named: number[],
) {
  const found = []
  if (state === 'unresolved') found.push(eb('state', '!=', 'resolved'))
  else if (state !== 'all') found.push(eb('state', '=', state))
  if (kind) found.push(eb('kind', '=', kind))
  if (category) found.push(eb('category', '=', category))
  if (owner === 'none') found.push(eb('owner', 'is', null))
  else if (owner) found.push(eb('owner', '=', owner === 'me' ? userId : Number(owner)))
  if (late) found.push(eb('state', '=', 'open'), eb('due_at', '<', new Date()))
  if (theirs) found.push(eb('customer_id', 'in', theirs))
  if (q) {
    const like = containing(q)
    const number = /^#?(\d{1,9})$/.exec(q)
    found.push(
      eb.or([
        eb('title', 'ilike', like),
        eb('words', 'ilike', like),
        ...(named.length > 0 ? [eb('customer_id', 'in', named)] : []),
        ...(number ? [eb('case_id', '=', Number(number[1]))] : []),
      ]),
    )
  }
  return found
}

export interface CaseCounts {
  open: number
  waiting: number
  late: number
  mine: number
  nobody: number
}

export async function countCases({ workflow }: Pick<App, 'workflow'>, userId: number): Promise<CaseCounts> {
  const row = await workflow.db
    .selectFrom('cases')
    .select([
      sql<number>`count(*) FILTER (WHERE state = 'open')`.as('open'),
      sql<number>`count(*) FILTER (WHERE state = 'waiting')`.as('waiting'),
      sql<number>`count(*) FILTER (WHERE state = 'open' AND due_at < now())`.as('late'),
      sql<number>`count(*) FILTER (WHERE owner = ${userId})`.as('mine'),
      sql<number>`count(*) FILTER (WHERE owner IS NULL)`.as('nobody'),
    ])
    .where('state', '!=', 'resolved')
    .executeTakeFirstOrThrow()
  return {
    open: Number(row.open),
    waiting: Number(row.waiting),
    late: Number(row.late),
    mine: Number(row.mine),
    nobody: Number(row.nobody),
  }
}
