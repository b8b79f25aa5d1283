import { type ExpressionBuilder, type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import { userNames } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { mask } from '../../platform/masking.ts'
import type { WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import { numbersOf } from '../portal/known-by.ts'
import type { threadList, threadQuery, threadRow } from './api.ts'
import { containing, customersNamed, todaysNames } from './todays-names.ts'

export type Thread = Selectable<WorkflowSchema['inbox_threads']>
type Query = z.output<typeof threadQuery>

/** One that rests until a time is open again when it has come. */
const OPEN = sql<boolean>`(state = 'open' OR (state = 'snoozed' AND snoozed_until <= now()))`

export async function listThreads(
  app: App,
  query: Query,
  userId: number,
  whole: boolean,
): Promise<z.output<typeof threadList>> {
  const ids = query.customer ? await numbersOf(app, query.customer) : undefined
  const named = query.q ? await customersNamed(app, query.q) : []
  const matches = (eb: ExpressionBuilder<WorkflowSchema, 'inbox_threads'>) =>
    eb.and(conditions(eb, query, userId, ids, named))
  const { db } = app.workflow
  const [{ total }, rows, counts] = await Promise.all([
    db
      .selectFrom('inbox_threads')
      .select(eb => eb.fn.countAll<number>().as('total'))
      .where(matches)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('inbox_threads')
      .selectAll()
      .where(matches)
      .orderBy('last_at', 'desc')
      .orderBy('thread_id', 'desc')
      .limit(query.limit)
      .offset(query.offset)
      .execute(),
    db
      .selectFrom('inbox_threads')
      .select([
        sql<number>`count(*)`.as('open'),
        sql<number>`count(*) FILTER (WHERE owner = ${userId})`.as('mine'),
        sql<number>`count(*) FILTER (WHERE owner IS NULL)`.as('nobody'),
        sql<number>`count(*) FILTER (WHERE customer_id = 0)`.as('unassigned'),
        sql<number>`count(*) FILTER (WHERE NOT sure)`.as('doubtful'),
      ])
      .where(OPEN)
      .executeTakeFirstOrThrow(),
  ])
  return {
    total: Number(total),
    rows: await threadRows(app, rows, whole),
    counts: {
      open: Number(counts.open),
      mine: Number(counts.mine),
      nobody: Number(counts.nobody),
      unassigned: Number(counts.unassigned),
      doubtful: Number(counts.doubtful),
    },
  }
}

function conditions(
  eb: ExpressionBuilder<WorkflowSchema, 'inbox_threads'>,
  { state, owner, unassigned, doubtful, class: label, channel, q }: Query,
  userId: number,
  ids: number[] | undefined,
  named: number[],
) {
  const found = []
  if (state === 'open') found.push(OPEN)
  else if (state !== 'all') found.push(eb('state', '=', state))
  if (state === 'snoozed') found.push(sql<boolean>`snoozed_until > now()`)
  if (owner === 'me') found.push(eb('owner', '=', userId))
  if (owner === 'none') found.push(eb('owner', 'is', null))
  if (unassigned) found.push(eb('customer_id', '=', 0))
  if (doubtful) found.push(eb('sure', '=', false))
  if (label) found.push(eb('class', '=', label))
  if (channel) found.push(eb('channel', '=', channel))
  if (ids) found.push(eb('customer_id', 'in', ids))
  if (q) {
    const like = containing(q)
    const inWords = sql<boolean>`thread_id IN (SELECT thread_id FROM inbox_messages WHERE text ILIKE ${like})`
    const byName = named.length > 0 ? [eb('customer_id', 'in', named)] : []
    found.push(eb.or([eb('subject', 'ilike', like), eb('address', 'ilike', like), inWords, ...byName]))
  }
  return found
}

/** With the names customers have today, merged ones those of whom they became. */
export async function threadRows(
  app: App,
  threads: readonly Thread[],
  whole: boolean,
): Promise<z.output<typeof threadRow>[]> {
  const [today, people] = await Promise.all([
    todaysNames(
      app,
      threads.map(row => row.customer_id),
    ),
    userNames(app),
  ])
  return threads.map(row => {
    const { customerId, name } = today(row.customer_id)
    return {
      threadId: row.thread_id,
      customerId,
      customerName: whole ? name : mask('name', name),
      channel: row.channel,
      subject: row.subject,
      address: whole ? row.address : mask(row.channel === 'email' ? 'email' : 'phone', row.address),
      preview: row.preview,
      class: row.class,
      sure: row.sure,
      state: row.state === 'snoozed' && row.snoozed_until! <= new Date() ? 'open' : row.state,
      snoozedUntil: row.snoozed_until?.toISOString() ?? null,
      owner: row.owner,
      ownerName: row.owner === null ? '' : people(row.owner),
      messages: row.messages,
      lastAt: row.last_at.toISOString(),
    }
  })
}
