/** The live index as the rest of the process sees it: opened when first asked, anew after each identity run. */
import { Worker } from 'node:worker_threads'
import type { App } from '../../platform/app.ts'
import { identityModel } from '../identity/saved-model.ts'
import type { Answer, Ask, LookupTask } from './lookup-thread.ts'

/**
 * A run's own threshold lies anywhere in the gap between matches and others, on clean data next to certainty. Probabilities are
 * calibrated, so that of one record needs no more than this.
 */
const SURE = 0.95

export class Lookup {
  readonly runId: number
  /** Probability from which a record is one with a customer. */
  readonly threshold: number
  /** Records that came since the run, by source and key, and their numbers in the index. */
  readonly since = new Map<string, number>()
  private readonly worker: Worker
  private readonly waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>()
  private asked = 0
  private gone: Error | null = null

  private constructor(runId: number, threshold: number, worker: Worker) {
    this.runId = runId
    this.threshold = threshold
    this.worker = worker
    worker.on('message', (message: { id: number; answer?: Answer; error?: string }) => {
      const waiting = this.waiting.get(message.id)
      this.waiting.delete(message.id)
      if (message.answer) waiting?.resolve(message.answer)
      else waiting?.reject(new Error(message.error))
    })
    const fail = (error: Error) => {
      this.gone = error
      for (const { reject } of this.waiting.values()) reject(error)
      this.waiting.clear()
    }
    worker.on('error', fail)
    worker.on('exit', () => fail(new Error('the matcher is closed')))
    // Listening takes a hold on the process again; it may end while the index is open.
    worker.unref()
  }

  get closed(): boolean {
    return this.gone !== null
  }

  static async start(task: LookupTask): Promise<Lookup> {
    const worker = new Worker(new URL('./lookup-thread.ts', import.meta.url), { workerData: task })
    worker.unref()
    await new Promise<void>((resolve, reject) => {
      worker.once('message', () => resolve())
      worker.once('error', reject)
    })
    return new Lookup(task.runId, Math.min(task.saved.threshold, SURE), worker)
  }

  ask(ask: Ask & { do: 'match' }): Promise<Extract<Answer, { candidates: unknown }>>
  ask(ask: Ask & { do: 'place' }): Promise<Extract<Answer, { placed: unknown }>>
  ask(ask: Ask & { do: 'customers' }): Promise<Extract<Answer, { done: true }>>
  ask(ask: Ask & { do: 'explain' }): Promise<Extract<Answer, { steps: unknown }>>
  ask(ask: Ask): Promise<Answer> {
    if (this.gone) return Promise.reject(this.gone)
    const id = ++this.asked
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      this.worker.postMessage({ id, ask })
    })
  }

  close(): Promise<unknown> {
    return this.worker.terminate()
  }
}

interface Open {
  runId: number
  lookup: Promise<Lookup>
}

const open = new WeakMap<App, Open>()

/** The index of the newest committed identity run; null before the first. Opening 1 M records takes some ten seconds, once. */
export async function lookupOf(app: App): Promise<Lookup | null> {
  const runId = await app.runs.latest('identity')
  if (runId === null) return null
  const known = open.get(app)
  if (known?.runId === runId) {
    const lookup = await known.lookup
    if (!lookup.closed) return lookup
  }
  const lookup = openLookup(app, runId)
  open.set(app, { runId, lookup })
  lookup.catch(() => open.delete(app))
  if (known)
    void known.lookup.then(
      old => old.close(),
      () => undefined,
    )
  return lookup
}

/** Closes the index, so that the next question opens it anew: it is full, or links were changed by a way it was not told of. */
export async function forgetLookup(app: App): Promise<void> {
  const known = open.get(app)
  open.delete(app)
  if (known) await (await known.lookup).close()
}

async function openLookup(app: App, runId: number): Promise<Lookup> {
  const saved = await identityModel(app, runId)
  if (!saved) throw new Error(`identity run ${runId} has no model`)
  return Lookup.start({ address: app.facts.address, runId, saved })
}
