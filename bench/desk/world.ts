/** A company made in the engine: customers, their ledger of communications, and calls to make. */
import { join } from 'node:path'
import { sql } from 'kysely'
import { openTasks } from '../../src/interact/tasks/open-tasks.ts'
import * as optimize from '../../src/optimize/index.ts'
import { writeLedger } from '../../src/personalize/archive/write-ledger.ts'
import { engineOf, fontsOf } from '../../src/personalize/compose/engine.ts'
import { composers } from '../../src/personalize/composers.ts'
import * as personalize from '../../src/personalize/index.ts'
import { liveTemplates } from '../../src/personalize/template-store.ts'
import type { App } from '../../src/platform/app.ts'
import type { ColumnData } from '../../src/platform/stores/facts/index.ts'

/** Runs of the world, as committed ones. */
const RUNS = { identity: 1, features: 2, models: 3, segments: 4, alarms: 5, plan: 6, compose: 100 } as const
/** Turns of the past, a compose run each: the ledger's partitions. */
const TURNS = 12

const number = (id: string): string => `concat('+86138', leftPad(toString(${id}), 8, '0'))`

const people = `
INSERT INTO golden_records (run_id, customer_id, kind, name, family_name, name_pinyin, gender, birth_date, email, mobile, country, province, city, district,
  street, postcode, language, accounts, records, since, provenance)
SELECT {identity:UInt64}, number + 1, 'person', concat('王', substringUTF8('伟芳娜敏静丽强磊洋艳', 1 + number % 10, 1), toString(number)), '王', 'wang wei',
  if(number % 2 = 0, 'm', 'f'), toDate32('1950-01-01') + number % 20000, concat('c', toString(number + 1), '@mail.example'),
  -- One number in a hundred is that of the customer before: a household.
  ${number('if(number % 100 = 99, number, number + 1)')}, 'CN', '浙江省', '杭州市', '西湖区', concat('文三路 ', toString(number + 1), ' 号'), '310012', 'zh-CN',
  [toString(10000000 + number)], 1, toDateTime('2010-01-01', 'UTC'),
  concat('{"name":{"source":"crm","rowKey":"r', toString(number), '","at":"2026-01-05T00:00:00Z","beat":[]},"mobile":{"source":"crm","rowKey":"r', toString(number),
    '","at":"2025-01-05T00:00:00Z","beat":[]},"email":{"source":"shop","rowKey":"s', toString(number), '","at":"2026-01-05T00:00:00Z","beat":[]}}')
FROM numbers({customers:UInt64})`

const around = [
  `INSERT INTO import_commits (import_id, source, file, file_sha256) VALUES (1, 'crm', 'crm.csv', repeat('0', 64))`,
  `INSERT INTO source_records (source, row_key, import_id, row_no, kind, full_name, mobile, raw)
   SELECT 'crm', concat('r', toString(number)), 1, number, 'person', 'x', ${number('number + 1')}, '{}' FROM numbers({customers:UInt64})`,
  `INSERT INTO record_links (run_id, customer_id, source, row_key, account_no, probability)
   SELECT {identity:UInt64}, number + 1, 'crm', concat('r', toString(number)), toString(10000000 + number), 1 FROM numbers({customers:UInt64})`,
  `INSERT INTO current_records (run_id, record_no, source, row_key, mobile, account_no)
   SELECT {identity:UInt64}, number, 'crm', concat('r', toString(number)), ${number('number + 1')}, toString(10000000 + number) FROM numbers({customers:UInt64})`,
  `INSERT INTO customer_consents (run_id, customer_id, channel, granted, at, source)
   SELECT {identity:UInt64}, number + 1, channel, 1, toDateTime('2026-01-01', 'UTC'), 'crm'
   FROM numbers({customers:UInt64}) ARRAY JOIN ['letter', 'email', 'sms', 'call'] AS channel`,
  `INSERT INTO features (run_id, customer_id, as_of, kind, gender, price_sensitivity, satisfaction)
   SELECT {features:UInt64}, number + 1, today(), 'person', if(number % 2 = 0, 'm', 'f'), if(number % 9 = 0, ['low', 'medium', 'high'][1 + number % 3], NULL),
     if(number % 11 = 0, 1 + number % 5, NULL) FROM numbers({customers:UInt64})`,
  `INSERT INTO scores (run_id, customer_id, r, f, m, p_alive, value_minor, churn_probability, churn_reasons)
   SELECT {models:UInt64}, number + 1, 3, 3, 1 + sipHash64(number) % 5, 0.7, 10000, (sipHash64(number, 1) % 100) / 100, ['recency_days', 'frequency']
   FROM numbers({customers:UInt64})`,
  `INSERT INTO segment_members (run_id, customer_id, segment, value_minor, churn_probability)
   SELECT {segments:UInt64}, number + 1, ['LOYAL', 'NEW', 'DORMANT'][1 + number % 3], 10000, 0.4 FROM numbers({customers:UInt64})`,
  `INSERT INTO plan_assignments (run_id, customer_id, offer, channel, value_minor, acceptance)
   SELECT {plan:UInt64}, number + 1, 'STAY-WITH-US', 'call', 500, 0.1 FROM numbers({customers:UInt64}) WHERE number % 3 = 0`,
  `INSERT INTO customer_alarms (run_id, customer_id, measure, as_of, since, stake_minor)
   SELECT {alarms:UInt64}, number + 1, 'drop', today(), today(), 5000 FROM numbers({customers:UInt64}) WHERE number % 50 = 0`,
  `INSERT INTO events (event_id, customer_id, type, channel, at, communication_id, payload)
   SELECT concat('sent:', toString(number), '-', toString(t)), number + 1, 'sent', 'email', now64(3) - toIntervalDay(40 * t), '',
     '{"asOf":"2025-01-01","class":"service","offer":"","kind":"bill"}' FROM numbers({customers:UInt64}) ARRAY JOIN [1, 2, 3] AS t`,
] as const

/** One communication of one turn; of every ten customers of a turn two have none. */
const ledger = (columns: string, select: string): string => `
INSERT INTO ${columns} SELECT ${select} FROM (
  SELECT number + 1 AS customer, {compose:UInt64} + {turn:UInt64} AS run, lower(hex(sipHash128(number, {turn:UInt64}))) AS id
  FROM numbers({customers:UInt64}) WHERE sipHash64(number, {turn:UInt64}) % 1000 < {share:UInt32})`

const communications = ledger(
  `communications (run_id, communication_id, customer_id, kind, class, channel, offer, template, template_version, language, partition, address, state, data,
    engine, sha256, size, pages, subject, composed_at)`,
  `run, id, customer, if({turn:UInt64} % 2 = 0, 'bill', 'email'), 'service', if({turn:UInt64} % 2 = 0, 'print', 'email'), '', 'bill', 1, 'zh-CN', intDiv(customer, 5000), '', 'composed',
   concat('{"id":"', id, '","language":"zh-CN","account":"', toString(customer), '","to":{"name":"王伟","salutation":"先生","lines":["浙江省杭州市西湖区文三路 ',
     toString(customer), ' 号","310012"]},"items":[', repeat(concat('{"day":"2026-01-0', toString(1 + customer % 9), '","code":"85123A","name":"白色心形蜡烛挂饰","quantity":6,"amount":', toString(customer % 9999), '},'), 4),
     '{}],"total":', toString(customer % 99999), '}'),
   'typst', lower(concat(hex(sipHash128(id, 1)), hex(sipHash128(id, 2)))), 24000, 2, '对账单', now64(3) - toIntervalDay(30 * ({turn:UInt64} + 1))`,
)
const places = ledger('communication_places (communication_id, run_id, customer_id)', 'id, run, customer')
const deliveries = ledger(
  'deliveries (run_id, communication_id, customer_id, channel, state, reason, transport, receipt, attempt, at)',
  `run, id, customer, 'print', 'settled', '', 'print-folder', '', 1, now64(3) - toIntervalDay(30 * ({turn:UInt64} + 1))`,
)

export interface World {
  /** Customers whose newest communication can be composed again, byte for byte. */
  exact: number[]
  tasks: number
}

export async function makeWorld(
  app: App,
  sizes: { customers: number; communications: number; exact: number; tasks: number },
  say: (line: string) => void,
): Promise<World> {
  const samples = join(import.meta.dirname, '../../samples')
  await optimize.loadSample(app, samples, () => undefined)
  await personalize.loadSample(app, samples, () => undefined)
  const turn = await app.runs.openTurn(new Date().toISOString().slice(0, 10))
  await app.runs.closeTurn(turn)
  for (const [step, id] of Object.entries(RUNS))
    await sql`INSERT INTO runs (id, turn_id, step, state, finished_at) OVERRIDING SYSTEM VALUE
      VALUES (${1_000_000 + id}, ${turn.id}, ${step}, 'committed', now())`.execute(app.workflow.db)
  const runs = Object.fromEntries(Object.entries(RUNS).map(([step, id]) => [step, 1_000_000 + id]))
  const params = { ...runs, customers: sizes.customers }
  for (const statement of [people, ...around]) await app.facts.exec(statement, params)
  const share = Math.round((1000 * sizes.communications) / sizes.customers / TURNS)
  for (let past = 0; past < TURNS; past++) {
    for (const statement of [communications, places, deliveries])
      await app.facts.exec(statement, { ...params, turn: past + 1, share })
    say(`turn ${past + 1} of ${TURNS} in the ledger`)
  }
  const exact = await exactDocuments(app, 'bill', spread(sizes.customers, sizes.exact, 7), runs['compose']! + 50)
  const called = await exactDocuments(app, 'script', spread(sizes.customers, sizes.tasks, 3), runs['compose']! + 51)
  await openTasks(
    app,
    called.map(({ id, customerId }, at) => ({
      taskId: id,
      kind: 'campaign',
      customerId,
      offer: 'STAY-WITH-US',
      priority: (at * 37) % 1000,
      language: 'zh-CN',
      // At any hour: a benchmark has no night.
      asOf: '2010-12-01',
    })),
  )
  return { exact: exact.map(({ customerId }) => customerId), tasks: called.length }
}

/** So many customers, none beside another and none who shares a number. */
const spread = (customers: number, count: number, from: number): number[] =>
  Array.from({ length: count }, (_, i) => {
    const id = from + Math.floor((i * (customers - 200)) / count)
    return id % 100 === 99 || id % 100 === 0 ? id + 2 : id
  })

const AT_A_TIME = 200

/** Composed for these customers and written into the ledger as a turn writes them: the newest they have. */
async function exactDocuments(
  app: App,
  template: string,
  customers: readonly number[],
  runId: number,
): Promise<{ id: string; customerId: number }[]> {
  const live = (await liveTemplates(app)).find(one => one.content.id === template)
  if (!live) throw new Error(`no template ${template}`)
  const { content, number: version } = live
  const { manifest, examples } = content
  const written: { id: string; customerId: number }[] = []
  for (let from = 0; from < customers.length; from += AT_A_TIME) {
    const some = customers.slice(from, from + AT_A_TIME)
    const data = some.map(customerId => ({ ...examples[0]!, account: String(10_000_000 + customerId - 1) }))
    const outcomes = await composers(app).compose(content, data)
    const made = outcomes.flatMap((outcome, at) => {
      if (outcome.state !== 'composed') throw new Error(`${template}: ${outcome.detail}`)
      const id = (some[at]! * 1000 + (runId % 1000)).toString(16).padStart(32, '0')
      return [{ id, customerId: some[at]!, data: data[at]!, outcome }]
    })
    const text = 'LowCardinality(String)'
    const column = (type: string, value: (one: (typeof made)[number]) => unknown): ColumnData => ({
      type,
      values: made.map(value),
    })
    await writeLedger(
      app,
      {
        run_id: column('UInt64', () => runId),
        communication_id: column('FixedString(32)', one => one.id),
        customer_id: column('UInt64', one => one.customerId),
        kind: column(text, () => (template === 'bill' ? 'bill' : 'script')),
        class: column(text, () => manifest.class),
        channel: column(text, () => manifest.channel),
        offer: column(text, () => (template === 'bill' ? '' : 'STAY-WITH-US')),
        template: column(text, () => content.id),
        template_version: column('UInt32', () => version),
        language: column(text, () => 'zh-CN'),
        partition: column('UInt32', () => 0),
        address: column('String', one => `+86138${String(one.customerId).padStart(8, '0')}`),
        state: column(text, () => 'composed'),
        data: column('String', one => JSON.stringify(one.data)),
        engine: column(text, () => engineOf(manifest.channel)),
        fonts: column(text, () => fontsOf(manifest.channel)),
        sha256: column('String', one => one.outcome.sha256),
        size: column('UInt32', one => one.outcome.bytes.length),
        pages: column('UInt16', one => one.outcome.pages),
        subject: column('String', one => one.outcome.subject),
        composed_at: column("DateTime64(3, 'UTC')", () => new Date()),
      },
      made.map(({ id, outcome }) => ({ id, bytes: outcome.bytes, sha256: outcome.sha256, words: outcome.words })),
    )
    written.push(...made.map(({ id, customerId }) => ({ id, customerId })))
  }
  return written
}
