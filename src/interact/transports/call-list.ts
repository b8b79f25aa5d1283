import { join } from 'node:path'
import type { DeliveryRun, Outgoing, Transport } from './transport.ts'
import { writeAtomic } from './write-once.ts'

/** Calls become tasks for agents; `out/calls/turn-<turn>.jsonl` is the same list for a telephone system. */
export const callList: Transport = {
  name: 'call-list',
  channel: 'call',
  async deliver(run, batch) {
    const worth = await worthOf(run, batch)
    const rows = batch.map(({ id, customerId, offer, language }) => ({
      task_id: id,
      run_id: run.runId,
      as_of: run.asOf,
      customer_id: customerId,
      offer,
      language,
      priority: worth.get(customerId) ?? 0,
      state: 'open' as const,
      attempts: 0,
      notes: '',
      created_at: new Date(),
    }))
    for (let from = 0; from < rows.length; from += 500)
      await run.app.workflow.db
        .insertInto('tasks')
        .values(rows.slice(from, from + 500))
        .onConflict(conflict => conflict.column('task_id').doNothing())
        .execute()
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
