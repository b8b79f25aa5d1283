/** Versions of the reply classifier: the newest is asked; the first is made of the seed alone when the first reply comes. */
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { defineJob, type JobDefinition } from '../../platform/jobs/index.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { REPLY_CLASSES } from './classes.ts'
import type { Labelled, Learnt } from './learn.ts'
import type { ReplyModel } from './logistic.ts'
import { readSet, SEEDS } from './seed.ts'

type Store = Pick<App, 'workflow'>

/** Newest labels that are learnt from: some 100 bytes and 1 ms each. */
const MOST_LABELS = 20_000

function learnAside(labelled: readonly Labelled[]): Promise<Learnt> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./learn-thread.ts', import.meta.url), { workerData: labelled })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', code => reject(new Error(`the thread that learns ended with ${code}`)))
  })
}

/** Learns from the seed and from what people corrected, and keeps the outcome as a new version. */
export async function retrain({ workflow }: Store): Promise<{ version: number; f1: number }> {
  const rows = await workflow.db
    .selectFrom('inbox_messages')
    .select(['text', 'label'])
    .where('label', 'is not', null)
    .where('text', '!=', '')
    .orderBy('labelled_at', 'desc')
    .limit(MOST_LABELS)
    .execute()
  const seed = (await Promise.all(SEEDS.map(readSet))).flat()
  const own = rows.map((row): Labelled => ({ text: row.text, class: row.label!, own: true }))
  const learnt = await learnAside([...seed, ...own])
  const { version } = await workflow.db
    .insertInto('inbox_models')
    .values({
      made_at: new Date(),
      seed: seed.length,
      labels: own.length,
      f1: learnt.f1,
      f1_by: asJson(learnt.f1By),
      bytes: packed(learnt.model),
    })
    .returning('version')
    .executeTakeFirstOrThrow()
  return { version, f1: learnt.f1 }
}

export const retrainJob = defineJob({
  name: 'interact.inbox-retrain',
  version: 1,
  schema: z.object({}),
  retry: { limit: 1, delaySeconds: 60 },
  async handle(_, { services: { app } }) {
    await retrain(app)
  },
}) as JobDefinition

interface Held {
  version: number
  model: ReplyModel
}
/** The one in memory, or on its way there: two that ask at once wait for one. */
const held = new WeakMap<App['workflow'], Promise<Held>>()

/** The newest version: one short question when nothing is new. */
export async function replyModel(app: Store): Promise<ReplyModel> {
  const newest = await newestVersion(app)
  const known = held.get(app.workflow)
  const there = await known?.catch(() => undefined)
  if (there && there.version >= newest) return there.model
  // Who asked before us has begun to load it meanwhile.
  const begun = held.get(app.workflow)
  if (begun && begun !== known) return (await begun).model
  const loading = load(app, newest)
  held.set(app.workflow, loading)
  return (await loading).model
}

async function newestVersion({ workflow }: Store): Promise<number> {
  const row = await workflow.db
    .selectFrom('inbox_models')
    .select('version')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.version ?? 0
}

async function load(app: Store, newest: number): Promise<Held> {
  const version = newest || (await retrain(app)).version
  const { bytes } = await app.workflow.db
    .selectFrom('inbox_models')
    .select('bytes')
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return { version, model: unpacked(bytes) }
}

/**
 * A fresh company's first model is made (2 s of computing) before its first customer writes, not while one waits for it; a minute
 * after the server has begun, when there is nothing else to do.
 */
export async function makeFirstModel(app: App): Promise<void> {
  if ((await newestVersion(app)) > 0) return
  await app.jobs.send(retrainJob, {}, { key: 'first', startAfter: new Date(Date.now() + 60_000) })
}

/** Temperature, bias, hashes, weights, one behind the other in the order of this machine (little endian everywhere we run). */
function packed({ hashes, weights, bias, temperature }: ReplyModel): Uint8Array {
  const parts = [Float32Array.of(temperature), bias, hashes, weights]
  return Buffer.concat(parts.map(part => new Uint8Array(part.buffer, part.byteOffset, part.byteLength)))
}

function unpacked(bytes: Uint8Array): ReplyModel {
  // A copy of its own: what a driver gives need not lie on a multiple of four.
  const { buffer } = Uint8Array.from(bytes)
  const k = REPLY_CLASSES.length
  const count = (bytes.length / 4 - 1 - k) / (1 + k)
  return {
    temperature: new Float32Array(buffer, 0, 1)[0]!,
    bias: new Float32Array(buffer, 4, k),
    hashes: new Uint32Array(buffer, 4 + 4 * k, count),
    weights: new Float32Array(buffer, 4 + 4 * k + 4 * count, count * k),
  }
}
