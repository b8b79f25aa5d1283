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

const held = new WeakMap<App['workflow'], Promise<{ version: number; model: ReplyModel }>>()

/** The newest version: one short question when nothing is new. */
export async function replyModel(app: Store): Promise<ReplyModel> {
  const newest = async (): Promise<number> =>
    (
      await app.workflow.db
        .selectFrom('inbox_models')
        .select('version')
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst()
    )?.version ?? 0
  const now = await newest()
  const known = await held.get(app.workflow)?.catch(() => undefined)
  if (known && known.version === now) return known.model
  const loading = (async () => {
    const version = now || (await retrain(app)).version
    const { bytes } = await app.workflow.db
      .selectFrom('inbox_models')
      .select('bytes')
      .where('version', '=', version)
      .executeTakeFirstOrThrow()
    return { version, model: unpacked(bytes) }
  })()
  held.set(app.workflow, loading)
  return (await loading).model
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
