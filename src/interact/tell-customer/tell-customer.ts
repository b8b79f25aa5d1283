/** The way in for whatever a customer is to be told by the house: asked twice, it is told once, by the channel the customer may be reached by. */
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { defineJob, type JobDefinition } from '../../platform/jobs/index.ts'
import { carryNotice } from './carry-notice.ts'
import type { NoticeName } from './notice.ts'

const LATER_MS = 30 * 60_000

export const tellCustomerJob = defineJob({
  name: 'interact.tell-customer',
  version: 1,
  schema: z.object({ key: z.string() }),
  // A mail server that is away for a day: 1 min, 2 min, … doubled eleven times.
  retry: { limit: 11, delaySeconds: 60, backoff: true },
  async handle({ key }, { services: { app }, jobs }) {
    if ((await carryNotice(app, key)) === 'later')
      await jobs.send(tellCustomerJob as JobDefinition, { key }, { startAfter: new Date(Date.now() + LATER_MS) })
  },
})
export const noticeJobs: readonly JobDefinition[] = [tellCustomerJob as JobDefinition]

export async function tellCustomer(
  app: App,
  { kind, subject, customerId }: { kind: NoticeName; subject: string; customerId: number },
): Promise<void> {
  if (customerId === 0) return
  const key = `${kind}:${subject}`
  await app.workflow.db
    .insertInto('customer_notices')
    .values({
      notice_key: key,
      kind,
      subject,
      customer_id: customerId,
      state: 'waiting',
      channel: '',
      reason: '',
      asked_at: new Date(),
      settled_at: null,
    })
    .onConflict(conflict => conflict.column('notice_key').doNothing())
    .execute()
  // Asked again after a break the job may be missing; one that is there already stays the only one.
  await app.jobs.send(tellCustomerJob as JobDefinition, { key }, { group: 'tell-customer', key })
}
