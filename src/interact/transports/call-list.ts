import { join } from 'node:path'
import { openTasks } from '../tasks/open-tasks.ts'
import type { DeliveryRun, Outgoing, Transport } from './transport.ts'
import { writeAtomic } from './write-once.ts'

/** Calls become tasks for agents; `out/calls/turn-<turn>.jsonl` is the same list for a telephone system. */
export const callList: Transport = {
  name: 'call-list',
  channel: 'call',
  async deliver(run, batch) {
    const worth = await worthOf(run, batch)
    await openTasks(
      run.app,
      batch.map(({ id, customerId, offer, language }) => ({
        taskId: id,
        kind: 'campaign',
        rank: 30,
        customerId,
        offer,
        language,
        priority: worth.get(customerId) ?? 0,
        runId: run.runId,
        asOf: run.asOf,
      })),
    )
    return batch.map(({ id }) => ({ id, state: 'settled', receipt: `task/${id}`, reason: '' }))
  },

  async finish(run) {
    const { app, runId, composeRun, turnId, wave } = run
    const tasks = await app.workflow.db
      .selectFrom('tasks')
      .select(['task_id', 'customer_id', 'offer', 'language', 'priority'])
      .where('run_id', '=', runId)
      .orderBy('priority', 'desc')
      .orderBy('task_id')
      .execute()
    if (tasks.length === 0) return
    const phones = new Map(
      (await app.facts.query<{ id: string; address: string }>(PHONES, { composeRun })).map(row => [
        row.id,
        row.address,
      ]),
    )
    const lines = tasks.map(task =>
      JSON.stringify({
        task: task.task_id,
        customer: task.customer_id,
        phone: phones.get(task.task_id) ?? '',
        offer: task.offer,
        language: task.language,
        priority: task.priority,
      }),
    )
    await writeAtomic(join(app.config.dataDir, 'out', 'calls'), {
      name: `turn-${turnId}${wave ? `-wave-${wave}` : ''}.jsonl`,
      content: Buffer.from(lines.map(line => `${line}\n`).join('')),
    })
  },
}

/** What the plan expects of the call, minor units: the most valuable customer is called first. */
async function worthOf({ app, campaignRun }: DeliveryRun, batch: readonly Outgoing[]): Promise<Map<number, number>> {
  const rows = await app.facts.query<{ customer_id: number; value: number }>(
    `SELECT customer_id, max(value_minor) AS value FROM campaign_members
     WHERE run_id = {campaignRun:UInt64} AND channel = 'call' AND customer_id IN {ids:Array(UInt64)} GROUP BY customer_id`,
    { campaignRun, ids: batch.map(({ customerId }) => customerId) },
  )
  return new Map(rows.map(row => [row.customer_id, Math.round(row.value)]))
}

const PHONES = `
SELECT communication_id AS id, any(address) AS address FROM communications
WHERE run_id = {composeRun:UInt64} AND channel = 'call' GROUP BY communication_id`
