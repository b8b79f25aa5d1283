import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { App } from '../../platform/app.ts'
import { seededRandom } from '../math/random.ts'
import { openTestApp } from '../test-company.ts'
import { fillPreferredChannels } from './fill-preferred-channels.ts'
import { betaPrior } from './shrink.ts'

let app: App & { close(): Promise<void> }
before(async () => {
  app = await openTestApp()
})
after(() => app.close())

test('finds how customers differ in a world made so', () => {
  const random = seededRandom(1)
  const sums = { customers: 0, contacts: 0, responses: 0, squares: 0, spread: 0 }
  for (let i = 0; i < 1500; i++) {
    const p = random.beta(2, 18)
    const n = 1 + Math.floor(random.uniform() * 12)
    let r = 0
    for (let k = 0; k < n; k++) if (random.uniform() < p) r++
    sums.customers++
    sums.contacts += n
    sums.responses += r
    sums.squares += n * n
    sums.spread += (r * r) / n
  }
  const { rate, weight } = betaPrior(sums)
  assert.ok(Math.abs(rate - 0.1) < 0.015, `${rate}`)
  assert.ok(weight > 12 && weight < 34, `${weight}`)
})

test('each customer by their own answers, drawn to the segment where there are few', async () => {
  const random = seededRandom(2)
  const rows: { customer: number; type: string; channel: string; communication: string; at: Date; asOf: string }[] = []
  // 1 … 300 answer e-mails (one in two), 301 … 600 calls; nobody else answers more than one in twenty. The first of each were asked once.
  for (let customer = 1; customer <= 600; customer++)
    for (const channel of ['email', 'call'])
      for (let k = 0; k < (customer % 300 === 1 ? 1 : 12); k++) {
        const communication = `${customer}-${channel}-${k}`
        const at = new Date(Date.UTC(2020, 0, 1 + k))
        const asOf = `2010-06-${String(1 + k).padStart(2, '0')}`
        rows.push({ customer, type: channel === 'call' ? 'called' : 'sent', channel, communication, at, asOf })
        const likes = customer <= 300 === (channel === 'email')
        // Answered two days after; of the last contacts too late to be known.
        if (random.uniform() < (likes ? 0.5 : 0.05))
          rows.push({
            customer,
            type: 'accepted',
            channel,
            communication,
            at: new Date(at.getTime() + 2 * 86_400_000),
            asOf,
          })
      }
  await app.facts.insertColumns('events', {
    event_id: { type: 'String', values: rows.map((row, k) => `${row.communication}-${row.type}-${k}`) },
    customer_id: { type: 'UInt64', values: rows.map(row => row.customer) },
    type: { type: 'LowCardinality(String)', values: rows.map(row => row.type) },
    channel: { type: 'LowCardinality(String)', values: rows.map(row => row.channel) },
    communication_id: { type: 'String', values: rows.map(row => row.communication) },
    at: { type: "DateTime64(3, 'UTC')", values: rows.map(row => row.at) },
    payload: { type: 'String', values: rows.map(row => JSON.stringify({ asOf: row.asOf })) },
  })
  await app.facts.insertColumns('segment_members', {
    run_id: { type: 'UInt64', values: Array.from({ length: 600 }, () => 7) },
    customer_id: { type: 'UInt64', values: Array.from({ length: 600 }, (_, i) => i + 1) },
    segment: { type: 'LowCardinality(String)', values: Array.from({ length: 600 }, (_, i) => (i < 300 ? 'A' : 'B')) },
  })
  const record = await fillPreferredChannels(app.facts, {
    runId: 3,
    identityRun: 1,
    segmentsRun: 7,
    asOf: '2010-07-01',
  })
  assert.equal(record.problem, null)
  const found = await app.facts.query<{
    customer_id: number
    channel: string
    rate: number
    best: number
    contacts: number
  }>(
    'SELECT customer_id, channel, rate, best, contacts FROM preferred_channels WHERE run_id = 3 ORDER BY customer_id, channel',
  )
  assert.equal(found.length, 1200)
  const right = found.filter(row => row.best && row.customer_id <= 300 === (row.channel === 'email')).length
  const wrong = found.filter(row => row.best).length - right
  assert.ok(right > 560 && wrong === 0, `${right} right, ${wrong} wrong`)
  // Asked once, the customer stands near the segment.
  const first = found.find(row => row.customer_id === 1 && row.channel === 'email')!
  assert.equal(first.contacts, 1)
  assert.ok(first.rate > 0.35 && first.rate < 0.65, `${first.rate}`)

  // What had not happened by the date is not known: on the day after the first contact nobody had answered.
  await fillPreferredChannels(app.facts, { runId: 4, identityRun: 1, segmentsRun: 7, asOf: '2010-06-02' })
  const early = await app.facts.one<{ contacts: number; responses: number }>(
    'SELECT sum(contacts) AS contacts, sum(responses) AS responses FROM preferred_channels WHERE run_id = 4',
  )
  assert.deepEqual(early, { contacts: 1200, responses: 0 })
  const { best } = await app.facts.one<{ best: number }>(
    'SELECT sum(best) AS best FROM preferred_channels WHERE run_id = 4',
  )
  assert.equal(best, 0)
  const none = await fillPreferredChannels(app.facts, { runId: 5, identityRun: 1, segmentsRun: 7, asOf: '2010-01-01' })
  assert.equal(none.problem, 'no-contacts')
})
