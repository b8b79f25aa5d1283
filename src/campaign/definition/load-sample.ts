import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { App, Progress } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { campaignErrors } from '../errors.ts'
import { type CampaignDefinition, campaignDefinitionSchema, campaignFile } from './definition.ts'

/** The sample company's campaign; one already defined is kept. */
export async function loadSample(app: App, samplesDir: string, progress: Progress): Promise<void> {
  const file = 'campaign.json'
  const unreadable = (reason: string, cause: unknown) =>
    campaignErrors['campaign.settings-unreadable']({ file, reason }, cause)
  let json: unknown
  try {
    json = JSON.parse(await readFile(join(samplesDir, file), 'utf8'))
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error), error)
  }
  const parsed = campaignFile.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw unreadable(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`, parsed.error)
  }
  await app.workflow.db
    .insertInto('campaign_definitions')
    .values({ code: parsed.data.code, body: asJson(parsed.data) })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  progress(1, 1)
}

/** The definition that turns carry out: the last one by code. */
export async function currentDefinition(app: Pick<App, 'workflow'>): Promise<CampaignDefinition> {
  const row = await app.workflow.db
    .selectFrom('campaign_definitions')
    .select('body')
    .orderBy('code', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) throw campaignErrors['campaign.no-definition']()
  return campaignDefinitionSchema.parse(row.body)
}
