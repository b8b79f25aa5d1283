/** Evidence of an identity run's records, read from the engine and standardised by threads that take one part after the other. */
import { Worker } from 'node:worker_threads'
import type { Facts } from '../../platform/stores/facts/index.ts'
import {
  type BuiltParts,
  buildParts,
  EVIDENCE_PARTS,
  type Evidence,
  type EvidencePart,
  joinParts,
} from '../match/evidence.ts'
import { codedFields } from './coded-fields.ts'
import { freeMemory } from './free-memory.ts'
import { type MATCH_FIELDS, matchTable, type RecordFields } from './match-table.ts'

type Field = (typeof MATCH_FIELDS)[number]

/** What each part is made of. */
const FIELDS: Record<EvidencePart, readonly Field[]> = {
  names: ['kind', 'full_name', 'family_name', 'given_name', 'email'],
  homes: ['province', 'city', 'district', 'street', 'postcode', 'address2'],
  codes: ['kind', 'full_name', 'gender', 'birth_date', 'id_number', 'org_code', 'account_no'],
  phones: ['mobile', 'mobile2', 'landline'],
}

export interface EvidenceTask {
  runId: number
  records: number
  parts: readonly EvidencePart[]
}

/** Starting a thread and loading its dictionaries takes 0.4 s; below this many records the work is shorter. */
const THREADS_FROM = 20_000

export async function evidenceOf(facts: Facts, { runId, records, parts }: EvidenceTask): Promise<BuiltParts> {
  const names = [...new Set(parts.flatMap(part => FIELDS[part]))]
  const coded = await codedFields(
    facts,
    names,
    records,
    `SELECT ${names.join(', ')} FROM current_records WHERE run_id = {run_id:UInt64} ORDER BY record_no`,
    { run_id: runId },
  )
  const fields = Object.fromEntries(
    names.map(name => {
      const { codes, text } = coded[name]
      return [name, { at: (i: number) => text(codes[i]!), coded: coded[name] }]
    }),
  ) as Partial<RecordFields>
  const { recode: _, ...built } = buildParts(matchTable(records, fields), parts)
  return built
}

export async function readEvidence(facts: Facts, runId: number, records: number, threads: number): Promise<Evidence> {
  if (threads < 2 || records < THREADS_FROM) {
    return joinParts(records, [await evidenceOf(facts, { runId, records, parts: EVIDENCE_PARTS })])
  }
  const waiting = [...LONGEST_FIRST]
  const built = new Map<EvidencePart, BuiltParts>()
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./evidence-worker.ts', import.meta.url), {
      workerData: facts.address,
      resourceLimits: SMALL_NURSERY,
    })
    try {
      for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
        built.set(part, await answerOf(worker, { runId, records, parts: [part] }))
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: Math.min(threads, waiting.length) }, work))
  freeMemory()
  return joinParts(
    records,
    EVIDENCE_PARTS.map(part => built.get(part)!),
  )
}

/** So that the threads end together: of 1 M records homes take 5 s of processor time, names 4.5, codes and phones together 3.5. */
const LONGEST_FIRST: readonly EvidencePart[] = ['homes', 'names', 'codes', 'phones']

/** What a thread makes lives long, in typed arrays; strings die at once. */
const SMALL_NURSERY = { maxYoungGenerationSizeMb: 8 }

async function answerOf(worker: Worker, task: EvidenceTask): Promise<BuiltParts> {
  return await new Promise((resolve, reject) => {
    const ended = (code: number) => reject(new Error(`the thread ended with ${code}`))
    worker.once('error', reject)
    worker.once('exit', ended)
    worker.once('message', (made: BuiltParts) => {
      worker.off('error', reject)
      worker.off('exit', ended)
      resolve(made)
    })
    worker.postMessage(task)
  })
}
