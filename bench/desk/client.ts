/**
 * A process of its own for the browsers: pops one after the other, then answers until they are taken up, then agents side by side. Its task
 * comes on stdin as JSON (cookies and numbers of customers are nothing for a command line); what it does next and, at last, what it measured
 * are lines of JSON on stdout. Whatever does not come within its time ends it with a message.
 */
import { createHash, randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { askAt, read } from './ask.ts'
import { listen } from './event-stream.ts'

export interface ClientTask {
  address: string
  cookies: string[]
  key: string
  /** Customers with a telephone number and an exact document. */
  pops: number[]
  seconds: number
  callSeconds: number
}

export interface Measured {
  pops: number[]
  push: number[]
  wrong: number
  told: number[]
  next: number[]
  outcome: number[]
  picture: number[]
  draft: number[]
  bare: number[]
  given: string[]
  failed: string[]
}

const task = JSON.parse(await text(process.stdin)) as ClientTask
const ask = askAt(task.address)

/** The desk is told of a ring within so long, or it never will be. */
const RING_MS = 20_000

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))
const number = (customer: number): string => `138${String(customer).padStart(8, '0')}`

/** From the telephone system's report to the document on the screen, checked against its hash. */
async function popAll(): Promise<{ pops: number[]; push: number[]; wrong: number }> {
  const cookie = task.cookies[0]!
  const ringing = await listen(task.address, cookie)
  const pops: number[] = []
  const push: number[] = []
  let wrong = 0
  for (const [at, customer] of task.pops.entries()) {
    const callId = `pop-${at}`
    const started = performance.now()
    const report = ask('POST', '/api/v1/calls', `Bearer ${task.key}`, {
      callId,
      event: 'ring',
      number: number(customer),
      agent: 'agent-0',
    }).then(answer => read(answer, `report of ${callId}`))
    // A report that is refused is the reason why nobody is told.
    const id = await Promise.race([ringing.told(callId, RING_MS), report.then(() => ringing.told(callId, RING_MS))])
    push.push(performance.now() - started)
    const seen = await ask('GET', `/api/v1/desk/customers/${id}`, cookie)
    const newest = read<{ communications: { rows: { communicationId: string; kind: string }[] } }>(
      seen,
      `customer ${id} of ${callId}`,
    ).communications.rows.find(row => row.kind === 'bill')
    const content = await ask('GET', `/api/v1/communications/${newest?.communicationId}/content`, cookie)
    pops.push(performance.now() - started)
    const hash = createHash('sha256').update(content.bytes).digest('hex')
    if (id !== customer || content.status !== 200 || hash !== content.headers['x-content-sha256']) wrong++
    await report
    await ask('POST', '/api/v1/calls', `Bearer ${task.key}`, { callId, event: 'hangup' })
  }
  ringing.close()
  return { pops, push, wrong }
}

type Worked = Pick<Measured, 'next' | 'outcome' | 'picture' | 'draft' | 'bare' | 'given' | 'failed'>

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
    const { taskId, customerId } = read<{ taskId: string; customerId: number }>(next, 'next')
    worked.given.push(taskId)
    worked.picture.push((await ask('GET', `/api/v1/desk/customers/${customerId}`, cookie)).ms)
    const talk = spoken()
    // Still on the line when the shift ends: the longest of 200 exponential calls is five times as long as their mean.
    if (performance.now() + talk > until) return
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
    const { taskId, customerId } = read<{ taskId: string; customerId: number }>(next, 'next')
    const started = performance.now()
    const street = `新地址 ${at} 号`
    const ended = await ask('POST', `/api/v1/tasks/${taskId}/outcome`, cookie, {
      id: randomUUID(),
      outcome: 'refused',
      answers: { 'consent.call': 'refused' },
      fields: { street },
      attributes: { price_sensitivity: 'high' },
    })
    read(ended, `outcome of ${taskId}`)
    const picture = read<{
      who: { address: string; consents: { channel: string; granted: boolean }[] }
      tasks: unknown[]
    }>(await ask('GET', `/api/v1/desk/customers/${customerId}`, cookie), `customer ${customerId}`)
    ms.push(performance.now() - started)
    const stopped = picture.who.consents.find(one => one.channel === 'call')?.granted === false
    if (!picture.who.address.includes(street) || !stopped || picture.tasks.length > 0)
      throw new Error(`not taken up: ${JSON.stringify(picture.who)}`)
  }
  return ms
}

/** Said as each begins, so that whoever listens can tell what it cost. */
const say = (line: object): Promise<void> =>
  new Promise(said => process.stdout.write(`${JSON.stringify(line)}\n`, () => said()))

await say({ phase: 'pops' })
const popped = await popAll()
await say({ phase: 'answers' })
const told = await answers()
await say({ phase: 'agents' })
const worked: Worked = { next: [], outcome: [], picture: [], draft: [], bare: [], given: [], failed: [] }
const until = performance.now() + task.seconds * 1000
await Promise.all(task.cookies.map(cookie => work(cookie, until, worked)))
await say({ ...popped, told, ...worked } satisfies Measured)
process.exit(0)
