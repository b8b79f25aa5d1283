/** Thread that makes some parts of the evidence: its own client of the engine reads what it needs. */
import { parentPort, workerData } from 'node:worker_threads'
import { openFacts } from '../../platform/stores/facts/index.ts'
import { type EvidenceTask, evidenceOf } from './read-evidence.ts'

const task = workerData as EvidenceTask
if (!parentPort) throw new Error('runs as a worker thread only')

const facts = await openFacts({ address: task.address })
parentPort.postMessage(await evidenceOf(facts, task))
await facts.close()
