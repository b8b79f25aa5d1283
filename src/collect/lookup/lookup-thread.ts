/** The thread that holds the live index: one question after the other, each answered in well under a millisecond. */
import { parentPort, workerData } from 'node:worker_threads'
import { type FactsAddress, openFacts } from '../../platform/stores/facts/index.ts'
import { codedFields } from '../identity/coded-fields.ts'
import { MATCH_FIELDS } from '../identity/match-table.ts'
import { matchModelOf, type SavedModel } from '../identity/saved-model.ts'
import { type Candidate, type IndexInput, LiveIndex, type OneRecord } from './live-index.ts'

export interface LookupTask {
  address: FactsAddress
  runId: number
  saved: SavedModel
}

export type Ask =
  | { do: 'match'; one: OneRecord }
  | { do: 'place'; records: PlaceOne[]; threshold: number }
  | { do: 'customers'; changes: [record: number, customerId: number][] }
  | { do: 'explain'; left: number; right: number }

export interface PlaceOne {
  /** Its number in the index; null: it came since. */
  known: number | null
  /** True: it is a customer's already and stays so. */
  linked: boolean
  /** That customer, or the number a new one would get. */
  customerId: number
  one: OneRecord
}

/** What became of a record that was placed: its number in the index, the customer it is (0: nobody known), and how sure. */
export interface Placed {
  record: number
  customerId: number
  probability: number
}

export type Answer =
  | { candidates: Candidate[] }
  | { placed: Placed[]; room: number }
  | { done: true }
  | ReturnType<LiveIndex['explain']>

const SPARE_SHARE = 0.2
const SPARE_LEAST = 50_000

const CUSTOMERS = `
SELECT record_no, links.customer_id AS customer_id
FROM (SELECT record_no, source, row_key FROM current_records WHERE run_id = {runId:UInt64}) AS records
INNER JOIN (SELECT source, row_key, customer_id FROM record_links WHERE run_id = {runId:UInt64}) AS links USING (source, row_key)`

async function read({ address, runId, saved }: LookupTask): Promise<LiveIndex> {
  const facts = await openFacts({ address })
  try {
    const { records } = saved
    const coded = await codedFields(
      facts,
      MATCH_FIELDS,
      records,
      `SELECT ${MATCH_FIELDS.join(', ')} FROM current_records WHERE run_id = {runId:UInt64} ORDER BY record_no`,
      { runId },
    )
    const customer = new Float64Array(records)
    for await (const batch of facts.stream(CUSTOMERS, { runId })) {
      const record = batch.u32('record_no')
      const id = batch.f64('customer_id')
      for (let r = 0; r < batch.rows; r++) customer[record[r]!] = id[r]!
    }
    const fields = Object.fromEntries(
      MATCH_FIELDS.map(name => {
        const { codes, text } = coded[name]
        return [name, { at: (record: number) => text(codes[record] ?? 0) }]
      }),
    ) as IndexInput['fields']
    const rules = saved.rules.map(({ id }) => ({ keys: id === 'every pair' ? [] : id.split(' + ') }))
    const spare = Math.max(SPARE_LEAST, Math.ceil(records * SPARE_SHARE))
    return new LiveIndex({ records, fields, customer, model: matchModelOf(saved), rules, spare })
  } finally {
    await facts.close()
  }
}

const index = await read(workerData as LookupTask)

function answer(ask: Ask): Answer {
  switch (ask.do) {
    case 'match':
      return { candidates: index.match(ask.one) }
    case 'place':
      return {
        // One after the other, so that two records of a new customer in one batch find each other.
        placed: ask.records.map(record => place(record, ask.threshold)),
        room: index.room,
      }
    case 'customers':
      for (const [record, customerId] of ask.changes) index.setCustomer(record, customerId)
      return { done: true }
    case 'explain':
      return index.explain(ask.left, ask.right)
  }
}

function place({ known, linked, customerId, one }: PlaceOne, threshold: number): Placed {
  if (linked) {
    if (known === null) return { record: index.add(one, customerId), customerId, probability: 1 }
    index.change(known, one)
    index.setCustomer(known, customerId)
    return { record: known, customerId, probability: 1 }
  }
  const [best] = index.match(one)
  const found = best !== undefined && best.probability >= threshold
  const number = found ? best.customerId : customerId
  return { record: index.add(one, number), customerId: number, probability: found ? best.probability : 1 }
}

parentPort!.on('message', ({ id, ask }: { id: number; ask: Ask }) => {
  try {
    parentPort!.postMessage({ id, answer: answer(ask) })
  } catch (error) {
    parentPort!.postMessage({ id, error: (error as Error).message })
  }
})
parentPort!.postMessage({ ready: index.records })
