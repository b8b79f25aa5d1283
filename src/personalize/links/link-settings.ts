/** Where links in messages lead, and whether we want to know that they were followed. */
import { z } from 'zod'
import type { App } from '../../platform/app.ts'

export const linkSettingsSchema = z.object({
  /** Where customers' browsers reach us: links in messages begin with it. '' leaves links as they are and tracks nothing. */
  publicUrl: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ })])
    .default('')
    .transform(url => url.replace(/\/+$/, '')),
  opens: z.boolean().default(true),
  clicks: z.boolean().default(true),
})
export type LinkSettings = z.infer<typeof linkSettingsSchema>

const NAME = 'link-settings'

export async function linkSettings({ workflow }: Pick<App, 'workflow'>): Promise<LinkSettings> {
  const row = await workflow.db
    .selectFrom('personalize_secrets')
    .select('secret')
    .where('name', '=', NAME)
    .executeTakeFirst()
  return linkSettingsSchema.parse(row ? JSON.parse(row.secret) : {})
}

export async function saveLinkSettings({ workflow }: Pick<App, 'workflow'>, settings: LinkSettings): Promise<void> {
  const secret = JSON.stringify(linkSettingsSchema.parse(settings))
  await workflow.db
    .insertInto('personalize_secrets')
    .values({ name: NAME, secret })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ secret }))
    .execute()
}
