import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import Fastify from 'fastify'
import { sendDocument } from '../../personalize/index.ts'
import { openCase } from '../cases/open-case.ts'
import { addKiosk, DEVICE_COOKIE, pair, revoke } from '../kiosk/devices.ts'
import { escaped } from '../preference-centre/page.ts'
import { html } from './html.ts'
import { inFrame } from './mail-frame.ts'
import { kiosk, portal } from './place.ts'
import { openSession, sessionOf } from './sessions.ts'
import { codeIn, newestTo, TestCustomer } from './test-customer.ts'
import { type Door, openDoor } from './test-door.ts'
import { countTry } from './tries.ts'
import { twoWayTests } from './two-way-tests.ts'

const MINUTE = 60_000
let door: Door
let folder: string
let app: Door['app']
let http: Door['http']

before(async () => {
  door = await openDoor()
  ;({ folder, app, http } = door)
})
after(() => door.close())

test('an address of several people: the code alone is not enough, and after three wrong answers it is over', async () => {
  const guest = new TestCustomer(http)
  const signIn = async (after: number) => {
    await guest.open('/portal/sign-in')
    await guest.send('/portal/sign-in', { address: '138 0000 0001' })
    await guest.send('/portal/code', { code: codeIn(await newestTo(folder, '+8613800000001', after)) })
    assert.equal(guest.shown.url.split('?')[0], '/portal/who')
  }
  await signIn(0)
  assert.match((await guest.open('/portal/cases')).url, /\/portal\/who/, 'nothing is shown before it is known')
  await guest.open('/portal/who')
  await guest.send('/portal/who', { birth: '', number: '' })
  assert.match(guest.shown.body, /Tries left: 2/)
  await guest.send('/portal/who', { birth: '1999-01-01', number: '' })
  await guest.send('/portal/who', { birth: '1980-05-06', number: '1003' })
  assert.match(guest.shown.body, /three times/, 'who does not have the address is not one of them')
  assert.match((await guest.open('/portal')).url, /sign-in/)
  await app.workflow.db.deleteFrom('one_time_codes').execute()
  await rm(join(folder, 'out', 'sms'), { recursive: true })
  await signIn(0)
  await guest.send('/portal/who', { birth: '1972年3月4日', number: '' })
  assert.ok(guest.shown.body.includes('李娜') && !guest.shown.body.includes('王伟'))
})

test('a session ends when it is idle, when it is old, and with the customer; it follows a merge and no other place takes it', async () => {
  const now = new Date()
  const later = (minutes: number) => new Date(now.getTime() + minutes * MINUTE)
  const opened = async (customer: number) =>
    (await openSession(app, { place: portal, customers: [customer], lang: 'en' }, now)).token
  const idle = await opened(1)
  assert.equal((await sessionOf(app, portal, idle, later(29)))?.customer_id, 1)
  assert.equal((await sessionOf(app, portal, idle, later(58)))?.customer_id, 1)
  assert.equal(await sessionOf(app, portal, idle, later(89)), null)
  const old = await opened(1)
  for (let minutes = 0; minutes < 480; minutes += 20) assert.ok(await sessionOf(app, portal, old, later(minutes)))
  assert.equal(await sessionOf(app, portal, old, later(481)), null)
  const moved = await opened(5)
  assert.equal((await sessionOf(app, portal, moved, later(1)))?.customer_id, 1)
  assert.equal(await sessionOf(app, kiosk, moved, later(1)), null)
  const erased = await opened(6)
  assert.equal(await sessionOf(app, portal, erased, later(1)), null)
  const kept = await app.workflow.db.selectFrom('portal_sessions').select('token_hash').execute()
  assert.ok(
    kept.every(row => ![idle, old, moved, erased].includes(row.token_hash)),
    'hashed at rest',
  )
})

test('a form without its token does nothing; sent twice it does one thing', async () => {
  const guest = await door.signedIn(3)
  await guest.open('/portal/cases/new')
  const form = guest.fields('/portal/cases/new', { kind: 'request', words: '什么时候送到？' })
  await guest.open('/portal/cases/new', { ...form, csrf: 'x' })
  assert.equal(guest.shown.status, 409)
  await Promise.all([1, 2].map(() => guest.open('/portal/cases/new', form)))
  await guest.open('/portal/cases/new', form)
  const other = await door.signedIn(1)
  await other.open('/portal/cases/new')
  await other.send('/portal/cases/new', { ...form, csrf: other.fields('/portal/cases/new')['csrf']! })
  assert.equal(other.shown.status, 409, "somebody else's key")
  const threads = await app.workflow.db
    .selectFrom('inbox_threads')
    .select(['customer_id', 'channel', 'messages'])
    .execute()
  assert.deepEqual(threads, [{ customer_id: 3, channel: 'portal', messages: 1 }])
})

test('the session cookie is out of reach of scripts and of other sites, and secure where the way is', async () => {
  await new TestCustomer(http).open('/portal')
  const { code } = await addKiosk(app, 'x', 0)
  const send = (proto: string) =>
    http.inject({
      method: 'POST',
      url: '/kiosk/pair',
      payload: `code=${code}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-proto': proto },
    })
  const [given] = (await send('https')).cookies as { httpOnly: boolean; sameSite: string; secure: boolean }[]
  assert.deepEqual([given?.httpOnly, given?.sameSite, given?.secure], [true, 'Strict', true])
  assert.equal((await send('https')).statusCode, 401, 'a pairing code pairs once')
})

test('kiosk: number and birth date, locked after five wrong tries and said; a kiosk that is taken back shows nothing', async () => {
  const { kioskId, code } = await addKiosk(app, '南京路', 0)
  const guest = new TestCustomer(http, { [DEVICE_COOKIE]: (await pair(app, code))! })
  const card = async (number: string, birth: string) => {
    await guest.open('/kiosk')
    return guest.send('/kiosk/card', { number, birth })
  }
  await card('1001', '1970-01-02')
  assert.ok(guest.shown.body.includes('王伟'))
  assert.equal(guest.shown.headers['cache-control'], 'no-store')
  assert.match(String(guest.shown.headers['content-security-policy']), /script-src 'self'/)
  await guest.open('/kiosk/call')
  await guest.send('/kiosk/call', { words: '请帮忙' })
  const task = await app.workflow.db.selectFrom('tasks').selectAll().where('kind', '=', 'callback').executeTakeFirst()
  assert.match(JSON.stringify(task?.subject), /南京路.*请帮忙/)
  await guest.send('/kiosk/sign-out')
  for (let left = 4; left >= 1; left--) {
    await card('1002', left === 2 ? '' : '1970-01-02')
    assert.match(guest.shown.body, new RegExp(`Tries left: ${left}`))
  }
  assert.equal((await card('1002', '1970-01-02')).status, 423)
  assert.equal((await card('1002', '1972-03-04')).status, 423, 'right or not')
  assert.match(guest.shown.body, /locked for 15 min/)
  await card('1003', '1980-05-06')
  assert.equal(guest.shown.status, 200)
  await revoke(app, kioskId, 0)
  assert.match((await guest.open('/kiosk')).url, /\/kiosk\/pair/)
})

const hostile = fc
  .array(
    fc.constantFrom('<', '>', '"', "'", '&', '</textarea>', '<script>', ' onload=', '<!--', '&lt;', '${', '中', 'a'),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map(parts => `⟦${parts.join('')}⟧`)

/** Whatever stands between the marks is what was typed, escaped. */
function escapedEverywhere(page: string, typed: string): void {
  const found = page.match(/⟦[\s\S]*?⟧/g) ?? []
  assert.ok(found.length > 0, 'it is shown')
  for (const one of found) assert.equal(one, escaped(typed))
}

test('html: whatever is put in comes out as text', () => {
  fc.assert(
    fc.property(hostile, typed =>
      escapedEverywhere(html`<p title="${typed}">${[typed, html`<b>${typed}</b>`]}</p>`.text, typed),
    ),
  )
})

test('what a customer typed comes out as text on every page that shows it', async () => {
  const guest = await door.signedIn(3)
  const home = await guest.open('/portal')
  assert.ok(home.body.includes('&lt;script&gt;alert(1)') && !home.body.includes('<script'))
  await fc.assert(
    fc.asyncProperty(hostile, async typed => {
      const { caseId } = await openCase(app, {
        customerId: 3,
        kind: 'dispute',
        words: typed,
        line: typed,
        source: 'inbox',
      })
      escapedEverywhere((await guest.open(`/portal/cases/${caseId}`)).body, typed)
      escapedEverywhere((await guest.open('/portal/cases')).body, typed.slice(0, 120))
      await app.workflow.db.deleteFrom('cases').where('case_id', '=', caseId).execute()
      // What cannot be taken stands in the form again.
      await guest.open('/portal/cases/new')
      await guest.send('/portal/cases/new', { words: typed })
      assert.equal(guest.shown.status, 400)
      escapedEverywhere(guest.shown.body, typed)
      await guest.open('/portal/details')
      await guest.send('/portal/details/address', { field: 'email', address: typed })
      escapedEverywhere(guest.shown.body, typed)
    }),
    { numRuns: 6 },
  )
})

test('tries side by side are tries, and a patient one has ten a day', async () => {
  const most = { quarter: 5, day: 10 }
  const begin = new Date('2026-11-22T08:00:00Z')
  const at = (minutes: number) => countTry(app, 'card x', most, new Date(begin.getTime() + minutes * MINUTE))
  const together = await Promise.all(Array.from({ length: 12 }, () => at(0)))
  assert.equal(together.filter(({ minutes }) => minutes === 0).length, 5)
  for (let n = 4; n >= 0; n--) assert.deepEqual(await at(16), { left: n, minutes: 0 })
  assert.deepEqual(await at(17), { left: 0, minutes: 24 * 60 - 17 })
  assert.equal((await at(24 * 60 + 1)).minutes, 0)
})

test('odd values are said or cleaned, never a fault of ours: zero bytes, times without end, too much, words said twice', async () => {
  const guest = await door.signedIn(3)
  const sent = async (page: string, given: Record<string, string>) => {
    await guest.open(page)
    return (await guest.send(page, given)).status
  }
  assert.equal(await sent('/portal/cases/new', { kind: 'request', words: 'zero\0byte' }), 200)
  assert.ok(guest.shown.body.includes('zerobyte'))
  for (const when of ['2999-01-01T25:61', '9999-12-31T23:59', '2999-13-41T00:00', 'x'])
    assert.equal(await sent('/portal/call', { words: 'ring', at: when }), 400, when)
  assert.equal(await sent('/portal/details', { name: 'N'.repeat(201) }), 400)
  assert.match(guest.shown.body, /longer than 200/)
  const stranger = new TestCustomer(http)
  assert.equal(
    (await stranger.open('/portal/code', { address: 'a@b.example', challenge: '\0', code: '1' })).status,
    410,
  )
  for (const url of ['/s/x?lang=a&lang=b', '/u/x?lang=a&lang=b', '/p/x?lang=en&lang=en'])
    assert.equal((await stranger.open(url)).status, 404, url)
})

test('addresses that only forms are sent to lead to their page, others are a page of ours; the language is changed where one is', async () => {
  const stranger = new TestCustomer(http)
  for (const path of ['code', 'sign-out'])
    assert.equal((await stranger.open(`/portal/${path}`)).url.split('?')[0], '/portal/sign-in')
  await stranger.open('/portal/nowhere/at/all')
  assert.equal(stranger.shown.status, 404)
  assert.match(stranger.shown.body, /There is nothing here for you/)
  await stranger.open('/portal/cases/new?lang=zh-CN')
  assert.match(stranger.shown.body, /<html lang="zh-CN">/, 'kept on the way to the sign-in')
  const guest = await door.signedIn(1)
  for (const [sent, page] of [
    ['/details/confirm', '/details'],
    ['/wishes/consents', '/wishes'],
    ['/surveys/1', ''],
  ])
    assert.equal((await guest.open(`/portal${sent}`)).url, `/portal${page}`)
  assert.match(
    (await guest.open('/portal/cases/new?kind=complaint&lang=en')).body,
    /href="\?kind=complaint&amp;lang=zh-TW"/,
  )
  const { body } = await guest.open('/portal?lang=zh-TW')
  assert.ok(
    body.includes('帳單與函件') && body.includes('王伟，您好'),
    "our words are derived, a name is nobody else's to change",
  )
  await guest.open('/portal/cases/new?kind=request')
  await guest.send('/portal/cases/new', { kind: 'complaint', words: `${'𠮷'.repeat(61)}\n阿卜杜热合曼·买买提艾力` })
  await guest.open('/portal/cases')
  assert.match(guest.shown.body, /：𠮷{50,60}…<\/b>/u, 'cut between characters')
  await app.workflow.db.deleteFrom('cases').execute()
})

twoWayTests(() => door)

test('a mail in the portal: its links open beside it and no script runs; at a desk they open nothing', async () => {
  const door = Fastify()
  const mail = { bytes: Buffer.from('<html><head><title>x</title></head>'), mediaType: 'text/html; charset=utf-8' }
  const as = { name: 'x.html', disposition: 'inline' } as const
  door.get('/portal', (_, reply) => sendDocument(reply, { ...inFrame(mail), ...as, links: true }))
  door.get('/desk', (_, reply) => sendDocument(reply, { ...mail, ...as }))
  const [portal, desk] = [await door.inject('/portal'), await door.inject('/desk')]
  assert.match(portal.body, /^<html><head><base target="_blank">/)
  assert.match(
    String(portal.headers['content-security-policy']),
    /^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';.*frame-ancestors 'self'/,
  )
  assert.match(String(desk.headers['content-security-policy']), /^sandbox; default-src 'none'/)
  assert.match(String(portal.headers['cache-control']), /no-store/)
})

test('merged or erased in the middle: what was being written goes to the customer that is left, or to nobody', async () => {
  const [merged, erased] = [await door.signedIn(2), await door.signedIn(4)]
  const given = { kind: 'complaint', words: 'written before' }
  const form = async (guest: TestCustomer) => {
    await guest.open('/portal/cases/new')
    return guest.fields('/portal/cases/new', given)
  }
  const forms = [await form(merged), await form(erased)] as const
  const before = await app.workflow.db.selectFrom('cases').select('case_id').execute()
  const run = (await app.runs.latest('identity'))!
  const left = 'run_id = {run:UInt64} AND customer_id'
  await app.facts.exec(`ALTER TABLE golden_records DELETE WHERE ${left} IN (2, 4)`, { run })
  await app.facts.exec('INSERT INTO customer_redirects (run_id, old_id, customer_id) VALUES ({run:UInt64}, 2, 1)', {
    run,
  })
  await merged.open('/portal/cases/new', forms[0])
  assert.match(merged.shown.url, /\/portal\/cases\/\d+\?done=case/)
  await erased.open('/portal/cases/new', forms[1])
  assert.match(erased.shown.url, /\/portal\/sign-in\?again=1/)
  const cases = await app.workflow.db
    .selectFrom('cases')
    .select('customer_id')
    .where('case_id', 'not in', [0, ...before.map(row => row.case_id)])
    .execute()
  assert.deepEqual(cases, [{ customer_id: 1 }])
})
