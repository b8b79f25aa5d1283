/** Approved letters go the ordinary way: composed into the ledger, asked at the gate, claimed, sent once. */
import { z } from 'zod'
import { composeLetter, letterOf, letterSent, lettersToSend } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { defineJob } from '../../platform/jobs/index.ts'
import { carrierOf } from '../channels/channel-store.ts'
import { channelKind } from '../channels/index.ts'
import { type DeliverPart, deliverPart } from '../deliver-part.ts'
import { queueParts } from '../queue/parts.ts'
import { sendQueued } from '../queue/send-jobs.ts'
import { transportFor } from '../transports/transport-for.ts'

export const sendLettersJob = defineJob({
  name: 'interact.send-letters',
  version: 1,
  schema: z.object({}),
  concurrency: 1,
  retry: { limit: 10, delaySeconds: 30, backoff: true },
  async handle(_data, { services }) {
    await sendLetters(services.app)
  },
})

/** One after the other: what fails for one is told at the end and keeps no other back. Returns how many went. */
export async function sendLetters(app: App): Promise<number> {
  let sent = 0
  let failure: unknown
  for (const id of await lettersToSend(app))
    try {
      if (await sendLetter(app, id)) sent++
    } catch (error) {
      app.log.error({ letter: id, error: (error as Error).message }, 'a letter could not be sent')
      failure = error
    }
  if (sent > 0) await sendQueued(app)
  if (failure) throw failure
  return sent
}

/** What was begun by a process that was killed goes on: composed under one run number, claimed under one id. */
async function sendLetter(app: App, id: number): Promise<boolean> {
  if (!(await composeLetter(app, await letterOf(app, id)))) return false
  const { runId, channel } = await letterOf(app, id)
  if (runId === null) return false
  const part: DeliverPart = {
    turnId: 0,
    asOf: new Date().toISOString().slice(0, 10),
    runId,
    composeRun: runId,
    identityRun: (await app.runs.latest('identity')) ?? 0,
    campaignRun: 0,
    partition: 0,
  }
  const carrier = await carrierOf(app, channel)
  const remote = carrier !== undefined && channelKind(carrier.kind).works === 'thread'
  if (remote) await queueParts(app, [{ ...part, channel, class: 'service', messages: 1 }])
  else {
    await deliverPart(app, part)
    await (await transportFor(app, channel)).finish?.({ app, ...part })
  }
  await letterSent(app, id)
  return true
}

export const sendLettersSoon = (app: App): Promise<string> => app.jobs.send(sendLettersJob, {})
