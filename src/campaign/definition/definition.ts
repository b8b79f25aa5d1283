import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

/** What a campaign is for, written down before it runs. Money in minor units. */
export const campaignDefinitionSchema = z.object({
  code: z.string().min(1).max(80),
  name: textSchema,
  objective: textSchema,
  currency: z.string().length(3),
  /** How long after the date purchases count as its effect. */
  horizonDays: z.number().int().positive().max(730),
  target: z.number().nonnegative(),
})
export type CampaignDefinition = z.infer<typeof campaignDefinitionSchema>

const fileText = z
  .strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) })
  .transform(text => ({ en: text.en, zh: text['zh-CN'] }))

/**
 * `samples/campaign.json`. The share of the control group is the contact policy's: one customer is in it for all campaigns of
 * a turn; the file says it for people to read, and it must agree.
 */
export const campaignFile = z
  .strictObject({
    code: z.string().min(1).max(80),
    name: fileText,
    objective: fileText,
    currency: z.string().length(3),
    as_of: z.iso.date(),
    horizon_days: z.number().int().positive().max(730),
    control_share: z.number().min(0).max(0.9),
    target: z.strictObject({ metric: z.literal('incremental_margin_minor'), value: z.number().nonnegative() }),
    owner_role: z.string(),
  })
  .transform(
    (file): CampaignDefinition => ({
      code: file.code,
      name: file.name,
      objective: file.objective,
      currency: file.currency,
      horizonDays: file.horizon_days,
      target: file.target.value,
    }),
  )
