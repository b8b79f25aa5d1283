import { join } from 'node:path'
import type { App, Progress } from '../platform/app.ts'
import { offersFile } from './offers/offer.ts'
import { contactPolicySchema } from './policy/contact-policy.ts'
import { readSettings } from './read-settings.ts'
import { saveSettings } from './settings.ts'

/** The sample company's offers and contact policy. Settings already there are kept: people may have edited them. */
export async function loadSample(app: App, samplesDir: string, progress: Progress): Promise<void> {
  const present = await app.workflow.db.selectFrom('offers').select('id').limit(1).executeTakeFirst()
  if (present) return
  const { offers } = await readSettings(join(samplesDir, 'offers.json'), offersFile)
  const policy = await readSettings(join(samplesDir, 'contact-policy.json'), contactPolicySchema)
  await saveSettings(app, offers, policy)
  progress(1, 1)
}
