import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import { pino } from 'pino'
import { refusals } from '../src/interact/gate/gate.ts'
import { addKiosk, DEVICE_COOKIE, pair } from '../src/interact/kiosk/devices.ts'
import { kiosk, portal } from '../src/interact/portal/place.ts'
import { openSession } from '../src/interact/portal/sessions.ts'
import { codeIn, newestTo, type Shown, TestCustomer } from '../src/interact/portal/test-customer.ts'
import { publicRoutes } from '../src/interact/public-routes.ts'
import { atGate } from '../src/interact/queue/at-gate.ts'
import { stages } from '../src/loop.ts'
import { loopRoutes } from '../src/loop-routes.ts'
import { manifestOf } from '../src/personalize/index.ts'
import type { App, Http } from '../src/platform/app.ts'
import { buildServer } from '../src/platform/http/server.ts'
import { marked, markedAnywhere, type SmallCompany, smallCompany } from './small-company.ts'

/** A customer's way through the portal: signs in, reads the bill they got, disputes a line, moves house, takes consent back. */
let company: SmallCompany
let http: Http
let customer: TestCustomer
/** Whatever the server wrote down while it served. */
const logged: string[] = []

before(async () => {
  company = await smallCompany()
  const lines = { write: (line: string) => logged.push(line) }
  const app = { ...company.app, log: pino({ level: 'trace' }, lines) as App['log'] }
  http = await buildServer(app, { stages, more: loopRoutes, webRoot: join(company.folder, 'no-web') })
  await http.ready()
  customer = new TestCustomer(http)
})
after(async () => {
  await door?.close()
  await http.close()
  await company.app.close()
  await rm(company.folder, { recursive: true, force: true })
})

let bill = ''

test('signs in by the code that was sent; an unknown address is answered alike', async () => {
  await customer.open('/portal')
  await customer.send('/portal/sign-in', { address: 'nobody@nowhere.example' })
  const unknown = customer.shown.body
  await customer.open('/portal/sign-in')
  await customer.send('/portal/sign-in', { address: marked.email })
  const same = (page: string) => page.replace(/value="[^"]*"/g, '').replace(/If we know \S+,/, '')
  assert.equal(same(customer.shown.body), same(unknown))
  const code = codeIn(await newestTo(company.folder, marked.email))
  await customer.send('/portal/code', { code: code === '000000' ? '000001' : '000000' })
  assert.equal(customer.shown.status, 401)
  assert.match(customer.shown.body, /Tries left: 4/)
  // Tapped twice: whichever answer the browser shows, the customer is in.
  const twice = customer.fields('/portal/code', { code })
  const shown = await Promise.all([1, 2].map(() => customer.open('/portal/code', twice)))
  assert.deepEqual(
    shown.map(({ status, url }) => `${status} ${url}`),
    ['200 /portal', '200 /portal'],
  )
  assert.ok(customer.shown.body.includes(marked.name))
})

test('opens the bill: the very bytes of the ledger', async () => {
  const [row] = await company.app.facts.query<{ id: string }>(
    `SELECT communication_id AS id FROM communications
     WHERE customer_id = {customer:UInt64} AND kind = 'bill' AND state = 'composed' LIMIT 1`,
    { customer: company.customer },
  )
  bill = row!.id
  assert.ok(customer.shown.body.includes(`/portal/documents/${bill}`), 'on the list')
  await customer.open(`/portal/documents/${bill}`)
  assert.equal(customer.shown.status, 200)
  const { bytes } = await customer.open(`/portal/documents/${bill}/original`)
  const { sha256 } = await manifestOf(company.app, bill)
  assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256)
})

test('disputes a line: a case that names the document and the line, once', async () => {
  await customer.open(`/portal/documents/${bill}`)
  const form = customer.fields(`/portal/documents/${bill}/dispute`, { line: 'invoices-0', words: '<b>数量</b> 不对' })
  await customer.open(`/portal/documents/${bill}/dispute`, form)
  const first = customer.shown.url
  assert.match(first, /\/portal\/cases\/\d+/)
  assert.ok(customer.shown.body.includes('&lt;b&gt;数量&lt;/b&gt;'))
  await customer.open(`/portal/documents/${bill}/dispute`, form)
  assert.equal(customer.shown.url, first)
  const cases = await company.app.workflow.db.selectFrom('cases').selectAll().execute()
  assert.equal(cases.length, 1)
  assert.equal(cases[0]?.communication_id, bill)
  assert.equal(cases[0]?.kind, 'dispute')
  assert.match(cases[0]?.line ?? '', /\d+\.\d\d/)
})

test('moves house: the golden record follows at once', async () => {
  await customer.open('/portal/details')
  await customer.send('/portal/details', { name: marked.name, street: '新街 5 号', city: '上海市', postcode: '200040' })
  assert.match(customer.shown.url, /done=details/)
  const golden = await company.app.facts.one<{ street: string; postcode: string }>(
    'SELECT street, postcode FROM golden_records WHERE run_id = {run:UInt64} AND customer_id = {customer:UInt64}',
    { run: (await company.app.runs.latest('identity'))!, customer: company.customer },
  )
  assert.match(golden.street, /新街/)
  assert.equal(golden.postcode, '200040')
})

test('a new mobile number counts after the code that was sent there', async () => {
  await customer.open('/portal/details')
  await customer.send('/portal/details/address', { field: 'mobile', address: '137 1234 5678' })
  const code = codeIn(await newestTo(company.folder, '+8613712345678'))
  await customer.send('/portal/details/confirm', { code })
  const golden = await company.app.facts.one<{ mobile: string }>(
    'SELECT mobile FROM golden_records WHERE run_id = {run:UInt64} AND customer_id = {customer:UInt64}',
    { run: (await company.app.runs.latest('identity'))!, customer: company.customer },
  )
  assert.equal(golden.mobile, '+8613712345678')
})

test('takes consent back: the gate refuses the next offer', async () => {
  const identityRun = (await company.app.runs.latest('identity'))!
  const offer = {
    ...atGate(await manifestOf(company.app, bill)),
    channel: 'email' as const,
    class: 'offer',
    kind: 'email',
    offer: 'COME-BACK',
    address: marked.email,
  }
  const why = async () => (await refusals(company.app, { identityRun, asOf: '2010-12-01' }, [offer])).get(offer.id)
  assert.notEqual(await why(), 'no-consent')
  await customer.open('/portal/wishes')
  await customer.send('/portal/wishes', { none: '1' })
  assert.match(customer.shown.url, /done=wishes/)
  assert.equal(await why(), 'no-consent')
})

test('agrees to electronic papers, asks for a call, a copy and erasure, signs out', async () => {
  const { app, customer: id } = company
  await customer.open('/portal/wishes')
  await customer.send('/portal/wishes/consents', { consent: 'electronic-papers/portal' })
  const [papers] = await app.workflow.db
    .selectFrom('consent_ledger')
    .select(['state', 'channel', 'wording_version'])
    .where('purpose', '=', 'electronic-papers')
    .execute()
  assert.deepEqual(papers, { state: 'granted', channel: 'portal', wording_version: 1 })
  await customer.open('/portal/call')
  await customer.send('/portal/call', { words: '请回电' })
  const task = await app.workflow.db.selectFrom('tasks').selectAll().where('kind', '=', 'callback').executeTakeFirst()
  assert.equal(task?.customer_id, id)
  await customer.open('/portal/rights')
  const ask = customer.fields('/portal/rights')
  await customer.open('/portal/rights', { ...ask, kind: 'export' })
  await customer.open('/portal/rights', { ...ask, key: crypto.randomUUID(), kind: 'erasure', sure: '1' })
  await customer.open('/portal/rights', { ...ask, key: crypto.randomUUID(), kind: 'erasure', sure: '1' })
  assert.equal(customer.shown.status, 409)
  const asked = await app.workflow.db.selectFrom('rights_requests').select(['kind', 'received_by']).execute()
  assert.deepEqual(asked.map(row => `${row.kind} ${row.received_by}`).sort(), ['erasure portal', 'export portal'])
  await customer.send('/portal/sign-out')
  await customer.open('/portal/cases')
  assert.match(customer.shown.url, /\/portal\/sign-in/)
  const told = Object.values(marked).map(value => encodeURIComponent(value))
  for (const url of customer.urls)
    for (const value of told) assert.ok(!url.includes(value), `${url} names ${decodeURIComponent(value)}`)
})

test("one customer trying to see another's papers: every route, every id, refused alike and written down", async () => {
  const { app, customer: theirs } = company
  const { stranger, ids, routes, post } = await strangerAtTheDoor()
  const before = await refused()
  let tried = 0
  for (const { method, url } of routes) {
    const place = url.startsWith('/kiosk') ? 'kiosk' : 'portal'
    if (!url.includes(':')) {
      const given =
        method === 'POST' ? { ...post[place], about: bill, document: bill, case: ids[2]!, kind: 'request' } : undefined
      // Signing out would end the session the other routes are tried with.
      if (url.endsWith('/sign-out') || url.endsWith('.js')) continue
      const shown = await stranger.open(
        `${url}?about=${bill}&document=${bill}&customer=${theirs}`,
        given && fresh(given),
      )
      assert.ok(!markedAnywhere.some(value => shown.body.includes(value)), `${method} ${url} shows what is not theirs`)
      guarded(shown, `${method} ${url}`)
      continue
    }
    for (const id of [...ids, 'f'.repeat(32), '..%2f1']) {
      const given =
        method === 'POST' ? fresh({ ...post[place], line: 'invoices-0', words: 'x', answer: 'no' }) : undefined
      const { status, body } = await stranger.open(url.replace(/:\w+/, id), given)
      assert.equal(status, 404, `${method} ${url} ${id}: ${body.slice(-400)}`)
      assert.ok(!markedAnywhere.some(value => body.includes(value)))
      tried++
    }
  }
  // Two more by `about` on the page that opens cases.
  assert.equal((await refused()) - before, tried + 2)
  const cases = await app.workflow.db.selectFrom('cases').select('customer_id').execute()
  assert.deepEqual(
    cases.map(row => row.customer_id),
    [theirs],
  )
})

test('whoever is not signed in is asked to, on every route', async () => {
  const { routes, ids, http: door } = await strangerAtTheDoor()
  for (const { method, url } of routes) {
    const guest = new TestCustomer(door)
    const shown = await guest.open(url.replace(/:\w+/, ids[0]!), method === 'POST' ? { address: 'x' } : undefined)
    assert.ok(!markedAnywhere.some(value => shown.body.includes(value)), `${method} ${url}`)
    if (!url.endsWith('.js')) guarded(shown, `${method} ${url}`)
    if (url.includes(':')) assert.match(shown.url, /^\/(portal\/sign-in|kiosk\/pair)/)
  }
})

test('nothing personal was written to the log, whatever was asked and refused', () => {
  assert.ok(logged.length > 30 && logged.some(line => line.includes('"route":"/portal/documents/:id"')))
  const told = [...Object.values(marked), ...markedAnywhere]
  for (const line of logged) for (const value of told) assert.ok(!line.includes(value), `${value} in ${line}`)
})

/** Kept by no cache, framed by nobody. */
function guarded({ headers }: Shown, where: string): void {
  assert.match(String(headers['cache-control']), /no-store/, where)
  assert.match(String(headers['content-security-policy']), /default-src 'none';.*frame-ancestors 'none'/, where)
  assert.equal(headers['x-frame-options'], 'DENY', where)
}

let door: Http | undefined
const found: { method: string; url: string }[] = []

/** The routes as they are mounted, and somebody else who is signed in at both places. */
async function strangerAtTheDoor() {
  const { app, customer: theirs } = company
  if (!door) {
    door = Fastify() as unknown as Http
    door.addHook('onRoute', ({ method, url }) => {
      if (method !== 'HEAD' && /^\/(portal|kiosk)\b/.test(url)) found.push({ method: String(method), url })
    })
    await door.register(cookie)
    publicRoutes(door, app)
    await door.ready()
  }
  const { other } = await app.facts.one<{ other: number }>(
    'SELECT min(customer_id) AS other FROM golden_records WHERE run_id = {run:UInt64} AND customer_id != {theirs:UInt64}',
    { run: (await app.runs.latest('identity'))!, theirs },
  )
  const { kioskId, code } = await addKiosk(app, '南京路', 0)
  const device = (await pair(app, code))!
  const at = { customers: [other], lang: 'en' } as const
  const [home, branch] = [
    await openSession(app, { ...at, place: portal }),
    await openSession(app, { ...at, place: kiosk, kioskId }),
  ]
  const stranger = new TestCustomer(door, {
    [portal.cookie]: home.token,
    [kiosk.cookie]: branch.token,
    [DEVICE_COOKIE]: device,
  })
  const papers = await app.facts.query<{ id: string }>(
    'SELECT DISTINCT communication_id AS id FROM communications WHERE customer_id = {theirs:UInt64} AND communication_id != {bill:String} LIMIT 1',
    { theirs, bill },
  )
  const mine = await app.workflow.db.selectFrom('cases').select('case_id').executeTakeFirstOrThrow()
  return {
    stranger,
    http: door,
    ids: [bill, ...papers.map(row => row.id), String(mine.case_id)],
    routes: found,
    post: { portal: { csrf: home.session.csrf }, kiosk: { csrf: branch.session.csrf } },
  }
}

const fresh = (form: Record<string, string>) => ({ ...form, key: crypto.randomUUID() })

async function refused(): Promise<number> {
  const { n } = await company.app.workflow.db
    .selectFrom('audit')
    .select(eb => eb.fn.countAll<number>().as('n'))
    .where('action', 'in', ['portal.refused', 'kiosk.refused'])
    .executeTakeFirstOrThrow()
  return Number(n)
}
