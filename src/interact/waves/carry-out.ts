import { dueWaves, markWavesDone, type WaveToSend } from '../../campaign/index.ts'
import { composeWave } from '../../personalize/index.ts'
import type { App, Progress } from '../../platform/app.ts'
import type { Figures, RunOf } from '../../platform/runs.ts'
import { deliverComposed } from '../deliver-step.ts'

/**
 * One wave on its day: composed, then delivered, by two runs of its campaign's turn that go on where a kill left them. What it does
 * may be asked for twice: composed parts are not composed again, claimed messages not sent again, and a wave done is not due.
 * `on` is the business day it goes out on, its own or a later one.
 */
export async function carryOutWave(
  app: App,
  wave: WaveToSend,
  on: string,
  progress: Progress = () => undefined,
): Promise<Figures> {
  const { turnId, campaignRun, campaignId } = wave
  const identityRun = (await app.runs.latest('identity')) ?? 0
  const turn = { id: turnId, asOf: on }
  const run = async (id: RunOf['id'], work: (runId: number) => Promise<Figures>) => {
    const { runId, committed, figures } = await app.runs.begin(turn, { id, resumes: true, writes: [] })
    if (committed) return { runId, figures }
    try {
      const made = await work(runId)
      await app.runs.commit(runId, made)
      return { runId, figures: made }
    } catch (error) {
      await app.runs.fail(runId).catch(() => undefined)
      throw error
    }
  }
  const composed = await run(`compose@${wave.wave}`, runId =>
    composeWave(app, { turnId, asOf: on, runId, identityRun, campaignRun, wave: wave.wave }, progress),
  )
  const delivered = await run(`deliver@${wave.wave}`, runId =>
    deliverComposed(
      app,
      { turnId, wave: wave.wave, asOf: on, runId, composeRun: composed.runId, identityRun, campaignRun },
      `turn-${turnId}/deliver@${wave.wave}`,
      progress,
    ),
  )
  await markWavesDone(app, campaignId, [wave.wave])
  return { ...composed.figures, ...delivered.figures }
}

/** Within a turn: what earlier campaigns owe by its date goes out before what it planned itself, which was planned with it in mind. */
export async function carryOutEarlier(app: App, turn: { id: number; asOf: string }): Promise<number> {
  const due = await dueWaves(app, turn.asOf, { notTurn: turn.id })
  for (const wave of due) await carryOutWave(app, wave, turn.asOf)
  return due.length
}

/** Within a turn: its own waves that were due are out. */
export async function ownWavesDone(app: App, turn: { id: number; asOf: string }): Promise<void> {
  const own = await dueWaves(app, turn.asOf, { turnId: turn.id })
  for (const { campaignId, wave } of own) await markWavesDone(app, campaignId, [wave])
}
