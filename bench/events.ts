import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type FactsAddress, openFacts } from '../src/platform/stores/facts/index.ts'
import type { Bench } from './bench.ts'
import { percentile } from './bench.ts'

/** What a shop sends in a day of trade: half by customer number, the rest by account and by e-mail. */
function eventLine(i: number, customers: number): string {
  const customer = 1 + ((i * 7919) % customers)
  const who =
    i % 4 < 2
      ? `"customerId":${customer}`
      : i % 4 === 2
        ? `"accountNo":"A${customer}"`
        : `"email":"p${customer}@example.com"`
  const at = new Date(Date.UTC(2026, 0, 1) + i * 37).toISOString()
  return `{"eventId":"${id(i)}","type":"product-viewed","at":"${at}",${who},"channel":"web","payload":{"product":"${85000 + (i % 4000)}","page":"/shop/item/${i % 4000}","seconds":${i % 180}}}`
}
const id = (i: number) => `0192f0c4-7b1e-7000-8000-${i.toString(16).padStart(12, '0')}`

interface Started {
  address: string
  token: string
  facts?: FactsAddress
}

function start(args: string[]) {
  const child = fork(fileURLToPath(new URL('events/server.ts', import.meta.url)), args)
  const ready = once(child, 'message').then(([message]) => message as Started)
  const cpu = async (): Promise<number> => {
    const answer = once(child, 'message')
    child.send('cpu')
    const [{ cpu }] = (await answer) as [{ cpu: number }]
    return cpu + enginesOf(child.pid ?? 0)
  }
  return { child, ready, cpu }
}

/** User and system seconds of the children of a process: proc(5), 100 ticks a second. */
function enginesOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
  return children.reduce((sum, child) => {
    const stat = readFileSync(`/proc/${child}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return sum + (Number(fields[11]) + Number(fields[12])) / 100
  }, 0)
}

export const bench: Bench = {
  name: 'events',
  summary: 'events in over HTTP, in batches: taken in, told apart, resolved to customers, on disk',
  async run(options) {
    const total = options.number('events', 1_000_000)
    const size = options.number('batch', 10_000)
    const customers = options.number('customers', 200_000)
    const senders = options.number('senders', 4)
    const folder = mkdtempSync(join(tmpdir(), 'huiyin-bench-events-'))
    options.say(
      `${total.toLocaleString()} events in batches of ${size}, ${customers.toLocaleString()} customers, ${senders} senders`,
    )
    const texts: string[] = []
    for (let from = 0; from < total; from += size)
      texts.push(
        Array.from({ length: Math.min(size, total - from) }, (_, i) => eventLine(from + i, customers)).join('\n'),
      )
    const packed = options.text('gzip', 'no') !== 'no'
    const bodies = texts.map(text => (packed ? gzipSync(text, { level: 1 }) : Buffer.from(text)))

    /** Sends all bodies, several at a time; resolves to seconds, CPU of the server, and how long each batch took. */
    async function send({ ready, cpu }: ReturnType<typeof start>) {
      const { address, token } = await ready
      const waits: number[] = []
      const answers: Record<string, number>[] = []
      let next = 0
      const before = await cpu()
      const started = performance.now()
      await Promise.all(
        Array.from({ length: senders }, async () => {
          for (let mine = next++; mine < bodies.length; mine = next++) {
            const sent = performance.now()
            const answer = await fetch(address, {
              method: 'POST',
              headers: {
                'content-type': 'application/x-ndjson',
                ...(packed ? { 'content-encoding': 'gzip' } : {}),
                authorization: `Bearer ${token}`,
              },
              body: bodies[mine]!,
            })
            const body = (await answer.json()) as Record<string, number>
            if (answer.status === 429) {
              next = mine
              await new Promise(resolve => setTimeout(resolve, 200))
              continue
            }
            if (!answer.ok) throw new Error(`${answer.status} ${JSON.stringify(body)}`)
            answers.push(body)
            waits.push(performance.now() - sent)
          }
        }),
      )
      const seconds = (performance.now() - started) / 1000
      return { seconds, cpu: (await cpu()) - before, waits, answers }
    }

    const bare = start([])
    const read = await send(bare)
    bare.child.disconnect()

    const server = start([join(folder, 'data'), String(customers)])
    const { facts: address } = await server.ready
    const took = await send(server)
    const sum = (field: string) => took.answers.reduce((all, answer) => all + (answer[field] ?? 0), 0)
    const again = await send(server)
    const facts = await openFacts({ address: address! })
    const { events } = await facts.one<{ events: number }>('SELECT uniqExact(event_id) AS events FROM events')

    // The same rows, already whole, into the same table by the engine alone, from its own file format.
    await facts.exec('CREATE TABLE raw_events AS events')
    const at = performance.now()
    const raw = await rawInsert(facts, texts, customers)
    const rawSeconds = (performance.now() - at) / 1000
    await facts.close()
    server.child.disconnect()
    rmSync(folder, { recursive: true, force: true })

    const perSecond = total / took.seconds
    return {
      name: 'events',
      figures: {
        events: total,
        batch: size,
        bytes: bodies.reduce((bytes, body) => bytes + body.length, 0),
        eventsPerSecond: Math.round(perSecond),
        seconds: took.seconds,
        serverCpuSeconds: took.cpu,
        eventsPerCpuSecond: Math.round(total / took.cpu),
        batchMsP50: Math.round(percentile(took.waits, 0.5)),
        batchMsP99: Math.round(percentile(took.waits, 0.99)),
        accepted: sum('accepted'),
        waiting: sum('waiting'),
        stored: events,
        sentAgain: {
          eventsPerSecond: Math.round(total / again.seconds),
          duplicates: again.answers.reduce((all, answer) => all + (answer['duplicates'] ?? 0), 0),
        },
      },
      baseline: {
        engineInsert: { eventsPerSecond: Math.round(total / rawSeconds), rows: raw },
        onlyReadBodies: { eventsPerSecond: Math.round(total / read.seconds), serverCpuSeconds: read.cpu },
      },
      ratio: { toEngineInsert: perSecond / (total / rawSeconds), toOnlyReading: took.seconds / read.seconds },
    }
  },
}

type OpenFacts = Awaited<ReturnType<typeof openFacts>>

async function rawInsert(facts: OpenFacts, texts: string[], customers: number): Promise<number> {
  const answer = await fetch(
    `${facts.address.url}/?database=${facts.address.database}&date_time_input_format=best_effort&query=${encodeURIComponent(
      `INSERT INTO raw_events (event_id, customer_id, type, channel, at, payload)
       SELECT eventId, 1 + cityHash64(eventId) % ${customers}, type, channel, at, payload
       FROM input('eventId String, type String, channel String, at DateTime64(3), payload String') FORMAT JSONEachRow`,
    )}&input_format_skip_unknown_fields=1`,
    {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${facts.address.username}:${facts.address.password}`).toString('base64')}`,
      },
      body: texts.join('\n'),
    },
  )
  if (!answer.ok) throw new Error(await answer.text())
  const { rows } = await facts.one<{ rows: number }>('SELECT count() AS rows FROM raw_events')
  return rows
}
