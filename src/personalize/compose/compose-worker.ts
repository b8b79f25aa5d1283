import { parentPort } from 'node:worker_threads'
import type { Data } from './check-data.ts'
import { composeMessage } from './compose-message.ts'
import type { Outcome } from './outcome.ts'
import type { TemplateVersion } from './template.ts'

export type ToWorker = { task: number; version: TemplateVersion | string; rows: Data[] }
export type FromWorker = { task: number; outcomes: Outcome[] } | { task: number; error: unknown }

/** Versions this thread was handed, by hash: sent once, not with every batch. */
const versions = new Map<string, TemplateVersion>()

async function compose({ task, version: given, rows }: ToWorker): Promise<void> {
  try {
    if (typeof given !== 'string') versions.set(given.hash, given)
    const version = versions.get(typeof given === 'string' ? given : given.hash)
    if (!version) throw new Error('the template version was not handed over')
    const outcomes: Outcome[] = []
    for (const row of rows) outcomes.push(await composeMessage(version, row))
    // One copy into buffers of their own (Node pools small ones), which then change hands without another.
    for (const outcome of outcomes) if (outcome.state === 'composed') outcome.bytes = new Uint8Array(outcome.bytes)
    const buffers = outcomes.flatMap(outcome =>
      outcome.state === 'composed' ? [outcome.bytes.buffer as ArrayBuffer] : [],
    )
    parentPort?.postMessage({ task, outcomes } satisfies FromWorker, buffers)
  } catch (error) {
    parentPort?.postMessage({ task, error } satisfies FromWorker)
  }
}

let last = Promise.resolve()
parentPort?.on('message', (message: ToWorker) => {
  last = last.then(() => compose(message))
})
