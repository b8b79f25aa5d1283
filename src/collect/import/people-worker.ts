/** Thread that parses shares of a people file, one after the other, over its own connection to the facts. */
import { parentPort, workerData } from 'node:worker_threads'
import { type FactsAddress, openFacts } from '../../platform/stores/facts/index.ts'
import type { Mapping } from '../mapping.ts'
import { PeopleReader } from './people.ts'
import { type PeopleShare, readPeopleShare } from './people-share.ts'

const { address, mapping } = workerData as { address: FactsAddress; mapping: Mapping }
const port = parentPort
if (!port) throw new Error('runs as a worker thread only')

const facts = await openFacts({ address })
const reader = new PeopleReader(mapping)
port.on('message', (share: PeopleShare | null) => {
  if (!share) {
    void facts.close().then(() => port.close())
    return
  }
  readPeopleShare(facts, share, mapping, reader).then(
    bad => port.postMessage({ bad }),
    (error: unknown) => port.postMessage({ error: error instanceof Error ? error.message : String(error) }),
  )
})
