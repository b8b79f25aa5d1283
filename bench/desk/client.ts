/**
 * A process of its own for the browsers: pops one after the other, then agents side by side. Arguments as JSON: address, cookies, key,
 * customers to pop, seconds and seconds a call. Answers one JSON object on stdout.
 */
import { createHash, randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'

interface Task {
  address: string
  cookies: string[]
  key: string
  /** Customers with a telephone number and an exact document. */
  pops: number[]
  seconds: number
  callSeconds: number
}

const task = JSON.parse(process.argv[2]!) as Task
const connections = new Agent({ keepAlive: true, maxSockets: 256 })

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  bytes: Buffer
  ms: number
}

function ask(method: string, path: string, cookie: string, body?: unknown): Promise<Answer> {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const sent = request(
      `${task.address}${path}`,
      {
        method,
        agent: connections,
        headers: {
          ...(cookie.startsWith('Bearer') ? { authorization: cookie } : { cookie }),
          'x-huiyin': '1',
          ...(text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}),
        },
      },
      answer => {
        const parts: Buffer[] = []
        answer.on('data', part => parts.push(part))
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            bytes: Buffer.concat(parts),
            ms: performance.now() - started,
          }),
        )
        answer.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(text)
  })
}

const json = <T>(answer: Answer): T => JSON.parse(answer.bytes.toString()) as T
const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))
const number = (customer: number): string => `138${String(customer).padStart(8, '0')}`

/** The agent's browser: calls as they are pushed. */
async function listen(cookie: string, heard: (callId: string, customerId: number) => void): Promise<() => void> {
  return new Promise(resolve => {
    const stream = request(
      `${task.address}/api/v1/desk/events`,
      { headers: { cookie, accept: 'text/event-stream' } },
      answer => {
        answer.setEncoding('utf8').on('data', (text: string) => {
          for (const line of text.split('\n'))
            if (line.startsWith('data: {"callId"')) {
              const call = JSON.parse(line.slice(6)) as { callId: string; customerId: number }
              heard(call.callId, call.customerId)
            }
          if (text.includes('event: ready')) resolve(() => stream.destroy())
        })
      },
    )
    stream.on('error', () => undefined)
    stream.end()
  })
}

/** From the telephone system's report to the document on the screen, checked against its hash. */
async function popAll(): Promise<{ pops: number[]; push: number[]; wrong: number }> {
  const cookie = task.cookies[0]!
  const waiting = new Map<string, (customerId: number) => void>()
  const stop = await listen(cookie, (callId, customerId) => waiting.get(callId)?.(customerId))
  const pops: number[] = []
  const push: number[] = []
  let wrong = 0
  for (const [at, customer] of task.pops.entries()) {
    const callId = `pop-${at}`
    const started = performance.now()
    const pushed = new Promise<number>(resolve => waiting.set(callId, resolve))
    const report = ask('POST', '/api/v1/calls', `Bearer ${task.key}`, {
      callId,
      event: 'ring',
      number: number(customer),
      agent: 'agent-0',
    })
    const id = await pushed
    push.push(performance.now() - started)
    const seen = await ask('GET', `/api/v1/desk/customers/${id}`, cookie)
    const newest = json<{ communications: { rows: { communicationId: string; kind: string }[] } }>(
      seen,
    ).communications.rows.find(row => row.kind === 'bill')
    const content = await ask('GET', `/api/v1/communications/${newest?.communicationId}/content`, cookie)
    pops.push(performance.now() - started)
    const hash = createHash('sha256').update(content.bytes).digest('hex')
    if (id !== customer || content.status !== 200 || hash !== content.headers['x-content-sha256']) wrong++
    await report
    await ask('POST', '/api/v1/calls', `Bearer ${task.key}`, { callId, event: 'hangup' })
  }
  stop()
  return { pops, push, wrong }
}

interface Worked {
  next: number[]
  outcome: number[]
  picture: number[]
  draft: number[]
  bare: number[]
  given: string[]
  failed: string[]
}

/** Exponential: calls end whenever they end. */
const spoken = (): number => -Math.log(1 - Math.random()) * task.callSeconds * 1000

async function work(cookie: string, until: number, worked: Worked): Promise<void> {
  // Agents do not all begin in the same moment.
  await pause(Math.random() * task.callSeconds * 1000)
  while (performance.now() < until) {
    const next = await ask('POST', '/api/v1/tasks/next', cookie, {})
    worked.next.push(next.ms)
    if (next.status !== 200) {
      worked.failed.push(`next ${next.status} ${next.bytes.toString().slice(0, 200)}`)
      return
    }
    const { taskId, customerId } = json<{ taskId: string; customerId: number }>(next)
    worked.given.push(taskId)
    worked.picture.push((await ask('GET', `/api/v1/desk/customers/${customerId}`, cookie)).ms)
    const talk = spoken()
    await pause(talk / 2)
    worked.draft.push(
      (await ask('PUT', `/api/v1/tasks/${taskId}/draft`, cookie, { revision: Date.now(), body: { note: '客户说' } }))
        .ms,
    )
    worked.bare.push((await ask('GET', '/api/v1/bare', cookie)).ms)
    await pause(talk / 2)
    const ended = await ask('POST', `/api/v1/tasks/${taskId}/outcome`, cookie, {
      id: randomUUID(),
      outcome: ['accepted', 'refused', 'no-answer', 'callback'][Math.floor(Math.random() * 3)],
      note: '客户说再考虑',
    })
    worked.outcome.push(ended.ms)
    if (ended.status !== 200) worked.failed.push(`outcome ${ended.status} ${ended.bytes.toString().slice(0, 200)}`)
  }
}

/** Something is told in a call: until it is in the profile, the calls it stops are gone and the desk shows it. */
async function answers(): Promise<number[]> {
  const cookie = task.cookies[0]!
  const ms: number[] = []
  for (let at = 0; at < 30; at++) {
    const next = await ask('POST', '/api/v1/tasks/next', cookie, {})
    const { taskId, customerId } = json<{ taskId: string; customerId: number }>(next)
    const started = performance.now()
    const street = `新地址 ${at} 号`
    await ask('POST', `/api/v1/tasks/${taskId}/outcome`, cookie, {
      id: randomUUID(),
      outcome: 'refused',
      answers: { 'consent.call': 'refused' },
      fields: { street },
      attributes: { price_sensitivity: 'high' },
    })
    const picture = json<{
      who: { address: string; consents: { channel: string; granted: boolean }[] }
      tasks: unknown[]
    }>(await ask('GET', `/api/v1/desk/customers/${customerId}`, cookie))
    ms.push(performance.now() - started)
    const stopped = picture.who.consents.find(one => one.channel === 'call')?.granted === false
    if (!picture.who.address.includes(street) || !stopped || picture.tasks.length > 0)
      throw new Error(`not taken up: ${JSON.stringify(picture.who)}`)
  }
  return ms
}

const popped = await popAll()
const told = await answers()
const worked: Worked = { next: [], outcome: [], picture: [], draft: [], bare: [], given: [], failed: [] }
const until = performance.now() + task.seconds * 1000
await Promise.all(task.cookies.map(cookie => work(cookie, until, worked)))
process.stdout.write(JSON.stringify({ ...popped, told, ...worked }))
process.exit(0)
