/** Thread that makes parts of the evidence, one after the other: its own client of the engine reads what they need. */
import { parentPort, workerData } from 'node:worker_threads'
import { type FactsAddress, openFacts } from '../../platform/stores/facts/index.ts'
import { type EvidenceTask, evidenceOf } from './read-evidence.ts'

if (!parentPort) throw new Error('runs as a worker thread only')
const port = parentPort
const facts = await openFacts({ address: workerData as FactsAddress })

port.on('message', async (task: EvidenceTask) => {
  port.postMessage(await evidenceOf(facts, task))
})
