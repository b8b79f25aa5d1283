/** For tests and benchmarks: composed messages in the ledger and their bytes in the spool, as a compose run leaves them. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { sql } from 'kysely'
import * as optimize from '../../optimize/index.ts'
import { writePack } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import type { DeliveryRun } from '../transports/transport.ts'

export interface Mailing {
  messages: number
  partSize: number
  channel: 'email' | 'sms'
  class?: 'service' | 'offer'
  offer?: string
  bytes(at: number, id: string): Uint8Array | Promise<Uint8Array>
  address(at: number): string
  /** Day of the turn; default: today, so that hours and quiet times are those of the clock. */
  asOf?: string
}

const IDENTITY = 1_000_001
const COMPOSE = 1_000_003
const DELIVER = 1_000_004

export const idOf = (at: number, of = 'mailing'): string =>
  createHash('sha256').update(`${of} ${at}`).digest('hex').slice(0, 32)

export async function inventMailing(app: App, mailing: Mailing): Promise<Omit<DeliveryRun, 'app'>> {
  const asOf = mailing.asOf ?? new Date().toISOString().slice(0, 10)
  await optimize.loadSample(app, join(import.meta.dirname, '../../../samples'), () => undefined)
  const turn = await app.runs.openTurn(asOf, true)
  for (const [step, runId, state] of [
    ['identity', IDENTITY, 'committed'],
    ['compose', COMPOSE, 'committed'],
    ['deliver', DELIVER, 'running'],
  ] as const)
    await sql`INSERT INTO runs (id, turn_id, step, state, finished_at) OVERRIDING SYSTEM VALUE
      VALUES (${runId}, ${turn.id}, ${step}, ${state}, now())`.execute(app.workflow.db)
  const params = { n: mailing.messages, identity: IDENTITY }
  for (const statement of [
    `INSERT INTO golden_records (run_id, customer_id, kind, name, family_name, gender, mobile, language, country)
     SELECT {identity:UInt64}, number + 1, 'person', '王伟', '王', 'm', concat('+86138', leftPad(toString(number + 1), 8, '0')), 'zh-CN', 'CN'
     FROM numbers({n:UInt64})`,
    `INSERT INTO customer_consents (run_id, customer_id, channel, granted, at, source)
     SELECT {identity:UInt64}, number + 1, channel, 1, toDateTime('2020-01-01', 'UTC'), 'crm'
     FROM numbers({n:UInt64}) ARRAY JOIN ['email', 'sms'] AS channel`,
  ])
    await app.facts.exec(statement, params)
  for (let from = 0, partition = 0; from < mailing.messages; from += mailing.partSize, partition++)
    await composePart(app, mailing, partition, from)
  return { turnId: turn.id, asOf, runId: DELIVER, composeRun: COMPOSE, identityRun: IDENTITY, campaignRun: 0 }
}

async function composePart(app: App, mailing: Mailing, partition: number, from: number): Promise<void> {
  const size = Math.min(mailing.partSize, mailing.messages - from)
  const documents = await Promise.all(
    Array.from({ length: size }, async (_, at) => {
      const id = idOf(from + at, mailing.channel)
      return { id, bytes: await mailing.bytes(from + at, id) }
    }),
  )
  await writePack(app, COMPOSE, partition, documents)
  const text = 'LowCardinality(String)'
  const all = <T>(value: T): T[] => new Array<T>(size).fill(value)
  await app.facts.insertColumns('communications', {
    run_id: { type: 'UInt64', values: all(COMPOSE) },
    communication_id: { type: 'FixedString(32)', values: documents.map(({ id }) => id) },
    customer_id: { type: 'UInt64', values: documents.map((_, at) => from + at + 1) },
    kind: { type: text, values: all(mailing.channel) },
    class: { type: text, values: all(mailing.class ?? 'service') },
    channel: { type: text, values: all(mailing.channel) },
    offer: { type: text, values: all(mailing.offer ?? '') },
    template: { type: text, values: all(mailing.channel) },
    language: { type: text, values: all('zh-CN') },
    partition: { type: 'UInt32', values: all(partition) },
    address: { type: 'String', values: documents.map((_, at) => mailing.address(from + at)) },
    state: { type: text, values: all('composed') },
    data: { type: 'String', values: all('{}') },
    sha256: {
      type: 'String',
      values: documents.map(({ bytes }) => sha256Of(bytes)),
    },
    composed_at: { type: "DateTime64(3, 'UTC')", values: all(new Date()) },
  })
}
