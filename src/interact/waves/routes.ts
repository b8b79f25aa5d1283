import { z } from 'zod'
import { waveOf } from '../../campaign/index.ts'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { waveJob } from './jobs.ts'

const byWave = z.object({ id: z.coerce.number().int().min(1), wave: z.coerce.number().int().min(1) })

export function waveRoutes(http: Http, app: App): void {
  http.post(
    '/campaigns/:id/waves/:wave/send',
    {
      config: { permission: 'campaign.approve' },
      schema: {
        tags: ['interact'],
        summary: 'Send one wave now, in the background',
        params: byWave,
        body: z.object({}).nullish(),
        response: { 200: z.object({ job: z.string() }) },
      },
    },
    async req => {
      const { id, wave } = req.params
      await app.runs.refuseWhileRunning()
      await waveOf(app, id, wave)
      await audit(app, { userId: req.user.userId, action: 'campaign.wave', object: `campaign/${id}/wave/${wave}` })
      const job = await app.jobs.send(waveJob, { campaign: id, wave }, { group: `campaign-${id}`, key: `wave-${wave}` })
      return { job }
    },
  )
}
