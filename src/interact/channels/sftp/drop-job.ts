/** A finished print run on its way to the print shops: tried again until it is there, the operator told once. */
import { join } from 'node:path'
import { z } from 'zod'
import type { App } from '../../../platform/app.ts'
import { defineJob } from '../../../platform/jobs/index.ts'
import { channelDownNotice, downKey, over, tell } from '../../queue/notices.ts'
import { ChannelDown } from '../channel.ts'
import { channelOf, channels, openingOf } from '../channel-store.ts'
import { dropFolder, type SftpSettings } from './sftp.ts'

const PAUSE_SECONDS = [10, 30, 60, 300, 900, 3600]
const MOST_TRIES = 60

export const dropJob = defineJob({
  name: 'interact.drop-print-run',
  version: 1,
  schema: z.object({ channelId: z.number(), folder: z.string(), name: z.string(), tries: z.number() }),
  retry: { limit: 3, delaySeconds: 30 },
  expireSeconds: 6 * 3600,
  async handle({ channelId, folder, name, tries }, { services, jobs }) {
    const { app } = services
    const channel = await channelOf(app, channelId).catch(() => undefined)
    if (channel?.state !== 'on') return
    try {
      await dropFolder(await openingOf(app, channel), join(app.config.dataDir, folder), name)
      await over(app, downKey(channelId))
    } catch (error) {
      if (!(error instanceof ChannelDown)) throw error
      const text = channelDownNotice(channel.name, error.reason, error.detail)
      await tell(app, { key: downKey(channelId), channelId, text })
      const wait = PAUSE_SECONDS[Math.min(tries, PAUSE_SECONDS.length - 1)]! * 1000
      if (tries < MOST_TRIES)
        await jobs.send(
          dropJob,
          { channelId, folder, name, tries: tries + 1 },
          { startAfter: new Date(Date.now() + wait) },
        )
    }
  },
})

/** `folder` of the data folder, under `name` on the other side; to every print shop that takes such. Twice is once: see dropFolder. */
export async function dropToPrintShops(
  app: App,
  what: SftpSettings['takes'],
  folder: string,
  name: string,
): Promise<void> {
  for (const row of await channels(app))
    if (row.kind === 'sftp' && row.state === 'on' && (row.settings['takes'] ?? 'runs') === what)
      await app.jobs.send(dropJob, { channelId: row.channel_id, folder, name, tries: 0 })
}
