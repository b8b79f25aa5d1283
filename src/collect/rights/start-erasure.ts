import type { App } from '../../platform/app.ts'
import { erasePersonJob } from './jobs.ts'

const groupOf = (requestId: number): string => `rights-${requestId}`

/** As a job: whoever works the jobs carries it out; one of a request at a time. */
export async function startErasure(app: App, requestId: number): Promise<void> {
  const group = groupOf(requestId)
  const { active, queued } = await app.jobs.progress({ group })
  if (active + queued > 0) return
  await app.jobs.forget({ group })
  await app.jobs.send(erasePersonJob, { requestId }, { group, key: 'erase' })
}

export const erasureDone = (app: App, requestId: number, tell: () => void = () => undefined): Promise<unknown> =>
  app.jobs.drain({ group: groupOf(requestId) }, tell)
