/** What a company decides about its inbox. */
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { readSettings, saveSettings } from '../queue/settings.ts'

export const inboxSettings = z.object({
  /** A yes by SMS counts once a code that was sent to the number came back (docs/decisions/0010-what-proves-a-sender.md). */
  confirmSms: z.boolean().default(true),
})
export type InboxSettings = z.infer<typeof inboxSettings>

export const readInboxSettings = (app: Pick<App, 'workflow'>): Promise<InboxSettings> =>
  readSettings(app, 'inbox', inboxSettings)

export const saveInboxSettings = (app: Pick<App, 'workflow'>, value: InboxSettings): Promise<void> =>
  saveSettings(app, 'inbox', value)
