import { parentPort, workerData } from 'node:worker_threads'
import { composePrintFile } from '../print-file/compose-print-file.ts'
import type { ComposedPrintFile, PrintFile } from '../print-file/print-file.ts'
import type { Studied, Study } from '../proofs/study.ts'
import type { Data } from './check-data.ts'
import { collectGarbageNow } from './collect-garbage.ts'
import { composeMessage } from './compose-message.ts'
import type { Outcome } from './outcome.ts'
import type { TemplateVersion } from './template.ts'

export type ToWorker =
  | { task: number; version: TemplateVersion | string; rows: Data[] }
  | { task: number; printFile: PrintFile }
  | { task: number; study: Study }
export type FromWorker =
  | { task: number; outcomes: Outcome[] }
  | { task: number; printed: ComposedPrintFile }
  | { task: number; studied: Studied<Study> }
  | { task: number; error: unknown }

/** Where this thread is in its batch, for whoever watches it. */
const place = new Int32Array((workerData as SharedArrayBuffer | null) ?? new SharedArrayBuffer(4))

/** Versions this thread was handed, by hash: sent once, not with every batch. */
const versions = new Map<string, TemplateVersion>()

async function work(message: ToWorker): Promise<void> {
  try {
    if ('printFile' in message) await print(message.task, message.printFile)
    else if ('study' in message) await study(message.task, message.study)
    else await compose(message)
  } catch (error) {
    parentPort?.postMessage({ task: message.task, error } satisfies FromWorker)
  }
}

/** Only proofs pay for what studies load. */
async function study(task: number, asked: Study): Promise<void> {
  const { carryOut } = await import('../proofs/study.ts')
  parentPort?.postMessage({ task, studied: await carryOut(asked) } satisfies FromWorker)
  await collectGarbageNow()
}

async function print(task: number, file: PrintFile): Promise<void> {
  const printed = composePrintFile(file)
  printed.bytes = new Uint8Array(printed.bytes)
  parentPort?.postMessage({ task, printed } satisfies FromWorker, [printed.bytes.buffer as ArrayBuffer])
  await collectGarbageNow()
}

async function compose({ task, version: given, rows }: Extract<ToWorker, { rows: Data[] }>): Promise<void> {
  if (typeof given !== 'string') versions.set(given.hash, given)
  const version = versions.get(typeof given === 'string' ? given : given.hash)
  if (!version) throw new Error('the template version was not handed over')
  const outcomes: Outcome[] = []
  for (const [index, row] of rows.entries()) {
    Atomics.store(place, 0, index + 1)
    outcomes.push(await composeMessage(version, row))
  }
  Atomics.store(place, 0, 0)
  // One copy into buffers of their own (Node pools small ones), which then change hands without another.
  for (const outcome of outcomes) if (outcome.state === 'composed') outcome.bytes = new Uint8Array(outcome.bytes)
  const buffers = outcomes.flatMap(outcome =>
    outcome.state === 'composed' ? [outcome.bytes.buffer as ArrayBuffer] : [],
  )
  parentPort?.postMessage({ task, outcomes } satisfies FromWorker, buffers)
}

let last = Promise.resolve()
parentPort?.on('message', (message: ToWorker) => {
  last = last.then(() => work(message))
})
