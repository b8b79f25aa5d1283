/** Settings of delivery that belong to no single channel. */
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
export const sendingHours = z.object({ from: time, to: time, zone: z.string().max(60) })

/** One step of a chain: what did not arrive one way goes another. */
export const fallbackStep = z.object({
  /** Class of communication, '' of all. */
  class: z.enum(['', 'legal', 'service', 'offer']).default(''),
  from: z.enum(['email', 'sms', 'portal']),
  /** bounced: refused or returned · unread: neither opened nor clicked so many days after it was sent · undelivered: no receipt. */
  when: z.enum(['bounced', 'unread', 'undelivered']),
  days: z.number().int().min(0).max(90).default(0),
  to: z.enum(['email', 'sms', 'print']),
})
export type FallbackStep = z.infer<typeof fallbackStep>

export const deliverySettings = z.object({
  /** By channel; messages wait for the hours to begin. Absent: at any hour that the contact policy leaves. */
  hours: z.partialRecord(z.enum(['email', 'sms', 'print', 'call']), sendingHours).default({}),
  fallback: z.array(fallbackStep).max(20).default([]),
  /** Whom seed messages go to, per channel: a line each. */
  seeds: z.partialRecord(z.enum(['email', 'sms']), z.array(z.string().max(200)).max(50)).default({}),
  /** Hours after which a message that is put off again and again is given up. */
  giveUpHours: z.number().int().min(1).max(240).default(72),
})
export type DeliverySettings = z.infer<typeof deliverySettings>

type Store = Pick<App, 'workflow'>

/** Settings of this stage by a name; what nobody has set is as its schema says. */
export async function readSettings<T>({ workflow }: Store, name: string, schema: z.ZodType<T>): Promise<T> {
  const row = await workflow.db
    .selectFrom('delivery_settings')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  return schema.parse(row?.value ?? {})
}

export async function saveSettings({ workflow }: Store, name: string, settings: unknown): Promise<void> {
  const value = asJson(settings)
  await workflow.db
    .insertInto('delivery_settings')
    .values({ name, value })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

export const readDeliverySettings = (app: Store): Promise<DeliverySettings> =>
  readSettings(app, 'delivery', deliverySettings)

export const saveDeliverySettings = (app: Store, value: DeliverySettings): Promise<void> =>
  saveSettings(app, 'delivery', value)
