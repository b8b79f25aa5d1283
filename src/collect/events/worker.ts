/**
 * The thread that takes events in, so that the pages stay quick while millions come. What arrives while a batch is being stored
 * becomes the next one: few senders get their answer at once, many share one insert.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { type FactsAddress, openFacts } from '../../platform/stores/facts/index.ts'
import { EventBatch } from './batch.ts'
import type { IntakeReply, IntakeRequest } from './intake.ts'
import { readBody } from './read-body.ts'
import { Resolver } from './resolve.ts'
import { storeBatch } from './store-batch.ts'

interface Waiting extends IntakeReply {
  from: number
}

const ROWS_AT_A_TIME = 50_000
/** Each insert is a part on disk that is merged later; single events are gathered this long. */
const LINGER_MS = 10
const FEW = 2000

const port = parentPort!
const facts = await openFacts({ address: workerData as FactsAddress })
const resolver = new Resolver(facts)
let batch = new EventBatch()
let waiting: Waiting[] = []
let storing = false

port.on('message', (request: IntakeRequest | 'forget') => {
  if (request === 'forget') return resolver.forget()
  const { bytes, lines, id } = request
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  const read = readBody(text, lines, Date.now(), request)
  const { refused, problems, unreadable } = read
  const reply = {
    id,
    accepted: read.batch.rows,
    waiting: 0,
    duplicates: 0,
    refused,
    problems,
    unreadable,
    types: [...new Set(read.batch.type)],
    consents: read.batch.payload.some(payload => payload.includes('"consents"')),
  }
  if (read.batch.rows === 0) return port.postMessage(reply satisfies IntakeReply)
  waiting.push({ ...reply, from: batch.rows })
  append(batch, read.batch)
  if (!storing) void store()
})

function append(to: EventBatch, from: EventBatch): void {
  for (const column of Object.keys(to) as Exclude<keyof EventBatch, 'rows'>[]) {
    const target = to[column] as unknown[]
    for (const value of from[column]) target.push(value)
  }
}

async function store(): Promise<void> {
  storing = true
  while (waiting.length > 0) {
    if (batch.rows < FEW) await new Promise(resolve => setTimeout(resolve, LINGER_MS))
    // Messages that wait are read first, up to a full batch.
    for (let turns = 0; batch.rows < ROWS_AT_A_TIME && turns < 4; turns++) await new Promise(setImmediate)
    const [now, answers] = [batch, waiting]
    batch = new EventBatch()
    waiting = []
    try {
      const { fate } = await storeBatch(facts, resolver, now)
      for (const { from, ...reply } of answers) {
        const mine = fate.slice(from, from + reply.accepted)
        reply.duplicates = mine.filter(one => one === 'duplicate').length
        reply.waiting = mine.filter(one => one === 'waiting').length
        reply.accepted -= reply.duplicates
        port.postMessage(reply satisfies IntakeReply)
      }
    } catch (error) {
      const message = (error as Error).message
      for (const { id } of answers) port.postMessage({ id, failed: message })
    }
  }
  storing = false
}
