/**
 * Opportunities nobody has to see by hand: a customer followed the link of an offer and said nothing since, neither yes nor no, nor bought.
 * Whoever means to answer online has two days for it; after two weeks the interest is cold.
 */
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { defineJob, type JobDefinition } from '../../platform/jobs/index.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { offersNow } from './offers-now.ts'
import { type NewTask, openTasks } from './open-tasks.ts'

const QUIET_DAYS = 2
const COLD_DAYS = 14
/** The worthiest first: a desk rings some hundreds a day. */
const MOST = 500

/** By moment, not by key: one pass over the narrow columns of the events of two weeks, once an hour. */
const INTERESTED = `
WITH
  shown AS (
    SELECT customer_id,
      argMaxIf(JSONExtractString(payload, 'offer'), at, type = 'clicked') AS offer,
      maxIf(at, type = 'clicked') AS clicked_at, maxIf(at, type != 'clicked') AS said_at
    FROM events
    WHERE at >= {since:DateTime64(3)}
      AND (type IN ('accepted', 'declined', 'ordered', 'bought', 'called', 'replied', 'unsubscribed', 'complaint')
        OR (type = 'clicked' AND JSONExtractString(payload, 'offer') != ''))
    GROUP BY customer_id
  )
SELECT shown.customer_id AS customer_id, offer, toUnixTimestamp64Milli(clicked_at) AS clicked, s.value_minor / 100 AS worth
FROM shown LEFT JOIN (SELECT customer_id, value_minor FROM scores WHERE run_id = {models:UInt64}) AS s USING (customer_id)
WHERE offer IN {offers:Array(String)} AND said_at < clicked_at AND clicked_at < {until:DateTime64(3)}
ORDER BY worth DESC, customer_id LIMIT ${MOST}`

interface Interested {
  customer_id: number
  offer: string
  clicked: number
  worth: number
}

/** Opened once for each click; whether it may be rung is asked as of every call that offers something. */
export async function findOpportunities(app: App, now = new Date()): Promise<number> {
  const byCall = new Map(
    (await offersNow(app)).filter(offer => offer.channels.includes('call')).map(one => [one.id, one]),
  )
  if (byCall.size === 0) return 0
  const ago = (days: number): Date => new Date(now.getTime() - days * 86_400_000)
  const found = await app.facts.query<Interested>(INTERESTED, {
    since: ago(COLD_DAYS),
    until: ago(QUIET_DAYS),
    models: (await app.runs.latest('models')) ?? 0,
    offers: [...byCall.keys()],
  })
  const tasks = found.map(
    ({ customer_id, offer, clicked, worth }): NewTask => ({
      taskId: `opportunity-${sha256Of(`${customer_id} ${offer} ${clicked}`).slice(0, 32)}`,
      kind: 'opportunity',
      rank: 25,
      customerId: customer_id,
      priority: worth,
      offer,
      subject: { title: byCall.get(offer)!.name, reason: 'clicked' },
    }),
  )
  const fresh = await notOpen(app, tasks)
  await openTasks(app, fresh)
  return fresh.length
}

/** Nobody is rung for an offer twice at once: a campaign may have planned the same call. */
async function notOpen({ workflow }: App, tasks: readonly NewTask[]): Promise<NewTask[]> {
  if (tasks.length === 0) return []
  const known = await workflow.db
    .selectFrom('tasks')
    .select(['task_id', 'customer_id', 'offer', 'state'])
    .where('customer_id', 'in', [...new Set(tasks.map(task => task.customerId))])
    .execute()
  const ids = new Set(known.map(row => row.task_id))
  const open = new Set(
    known.flatMap(row => (row.state === 'open' || row.state === 'held' ? `${row.customer_id} ${row.offer}` : [])),
  )
  return tasks.filter(task => !ids.has(task.taskId) && !open.has(`${task.customerId} ${task.offer}`))
}

/** Every hour while anybody works at the desk. */
export const findOpportunitiesJob: JobDefinition = defineJob({
  name: 'interact.find-opportunities',
  version: 1,
  schema: z.object({}),
  retry: { limit: 1, delaySeconds: 60 },
  async handle(_, { services: { app } }) {
    await findOpportunities(app)
  },
}) as JobDefinition
