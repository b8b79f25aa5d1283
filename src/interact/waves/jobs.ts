import { z } from 'zod'
import { dueWaves, nextWave, waveOf } from '../../campaign/index.ts'
import type { App } from '../../platform/app.ts'
import { defineJob, type JobDefinition } from '../../platform/jobs/index.ts'
import { carryOutWave } from './carry-out.ts'

const today = (): string => new Date().toISOString().slice(0, 10)

/** Takes the waves whose day has come, of campaigns that go by the calendar. While a turn runs it waits for the next hour. */
export const wavesJob = defineJob({
  name: 'interact.carry-out-waves',
  version: 1,
  schema: z.object({}),
  retry: { limit: 0, delaySeconds: 1 },
  expireSeconds: 6 * 3600,
  async handle(_, { services: { app } }) {
    await carryOutByCalendar(app)
  },
})

/** One wave that somebody sends by hand, before its day or after. */
export const waveJob = defineJob({
  name: 'interact.carry-out-wave',
  version: 1,
  schema: z.object({ campaign: z.number(), wave: z.number() }),
  retry: { limit: 3, delaySeconds: 5 },
  expireSeconds: 6 * 3600,
  async handle({ campaign, wave }, { services: { app } }) {
    await sendWave(app, campaign, wave)
  },
})

export const waveJobs: readonly JobDefinition[] = [wavesJob as JobDefinition, waveJob as JobDefinition]

export async function carryOutByCalendar(app: App, day = today()): Promise<number> {
  const due = (await dueWaves(app, day)).filter(wave => !wave.replayed)
  if (due.length > 0) {
    const last = await app.runs.latestTurn()
    if (last?.state === 'running') return 0
    for (const wave of due) await carryOutWave(app, wave, day)
  }
  await keepWatch(app)
  return due.length
}

/** A campaign of these days goes out today; one that is played again, on the wave's own day or that of the last turn. */
export async function sendWave(app: App, campaign: number, wave: number) {
  await app.runs.refuseWhileRunning()
  const its = await waveOf(app, campaign, wave)
  const turn = await app.runs.latestTurn()
  const on = its.replayed ? (turn && turn.asOf > its.date ? turn.asOf : its.date) : today()
  return carryOutWave(app, its, on)
}

/** The calendar is looked at every hour as long as some wave waits for it. */
export async function keepWatch(app: App): Promise<void> {
  if (await nextWave(app)) await app.jobs.schedule(wavesJob, '7 * * * *', {})
  else await app.jobs.unschedule(wavesJob)
}
