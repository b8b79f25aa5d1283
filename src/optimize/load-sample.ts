import { join } from 'node:path'
import type { App, Progress } from '../platform/app.ts'
import { noticesFile } from './notices/notice.ts'
import { notices, saveNotices } from './notices/notices.ts'
import { offersFile } from './offers/offer.ts'
import { contactPolicySchema } from './policy/contact-policy.ts'
import { readSettings } from './read-settings.ts'
import { saveSettings } from './settings.ts'

/** The sample company's offers, contact policy and legal notices. Settings already there are kept: people may have edited them. */
export async function loadSample(app: App, samplesDir: string, progress: Progress): Promise<void> {
  const present = await app.workflow.db.selectFrom('offers').select('id').limit(1).executeTakeFirst()
  if (!present) {
    const { offers } = await readSettings(join(samplesDir, 'offers.json'), offersFile)
    const policy = await readSettings(join(samplesDir, 'contact-policy.json'), contactPolicySchema)
    await saveSettings(app, offers, policy)
  }
  if ((await notices(app)).length === 0)
    await saveNotices(app, await readSettings(join(samplesDir, 'notices.json'), noticesFile))
  progress(1, 1)
}
