import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import * as analyze from '../../analyze/index.ts'
import * as campaign from '../../campaign/index.ts'
import * as collect from '../../collect/index.ts'
import * as optimize from '../../optimize/index.ts'
import * as personalize from '../../personalize/index.ts'
import type { Http } from '../../platform/app.ts'
import { buildServer } from '../../platform/http/server.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { saveChannel } from '../channels/channel-store.ts'
import { callbackSignature } from '../channels/sms/callback-routes.ts'
import { returnPath } from '../channels/smtp/verp.ts'
import { smppCentre } from '../channels/test-servers/smpp-server.ts'
import { carryOnMissed } from '../fallback/fallback-job.ts'
import { refusals } from '../gate/gate.ts'
import * as interact from '../index.ts'
import { type Listeners, runListeners } from '../listener/run-listeners.ts'
import { idOf, inventMailing } from '../queue/invented-mailing.ts'
import { record } from '../queue/ledger.ts'
import { deliverySettings, saveDeliverySettings } from '../queue/settings.ts'
import type { DeliveryRun } from '../transports/transport.ts'
import { hitsOf } from './hits.ts'
import { cuttingProxy } from './test-servers/cutting-proxy.ts'
import { hasDovecot, startDovecot } from './test-servers/dovecot.ts'

let folder: string
let app: OpenApp
let http: Http
let listeners: Listeners
let secret: Buffer
let run: Omit<DeliveryRun, 'app'>
const address = (at: number) => `c${at}@mail.example`
const stages = [collect, analyze, optimize, campaign, personalize, interact].map(part => part.stage)

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-answers-'))
  app = await openTestApp(folder, stages, { logLevel: 'silent' })
  const bytes = () => Buffer.from('x')
  run = await inventMailing(app, {
    messages: 40,
    partSize: 40,
    channel: 'email',
    class: 'offer',
    offer: 'COME-BACK',
    bytes,
    address,
  })
  http = await buildServer(app, { stages, webRoot: '/nowhere' })
  secret = await personalize.linkSecret(app)
  listeners = runListeners(app)
})

after(async () => {
  await listeners.close()
  await http.close()
  await app.close()
  await rm(folder, { recursive: true })
})

const id = (at: number) => idOf(at, 'email')
const link = (use: personalize.LinkUse, at: number, target = '') =>
  `/${use}/${personalize.linkToken(personalize.linkKey(secret, id(at)), use, id(at), target)}`
const eventsOf = (at: number) =>
  app.facts.query<{ type: string; payload: string }>(
    `SELECT toString(type) AS type, payload FROM events FINAL WHERE communication_id = {id:String} ORDER BY type, at`,
    { id: id(at) },
  )
const typesOf = async (at: number) => (await eventsOf(at)).map(event => event.type)
const mayGo = async (at: number, kind = 'offer') => {
  const message = { id: id(at), customerId: at + 1, channel: 'email' as const, class: kind, address: address(at) }
  return (await refusals(app, run, [message])).get(id(at)) ?? 'goes'
}
async function until<T>(ask: () => Promise<T>, right: (value: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries++) {
    const value = await ask()
    if (right(value) || tries > 200) return value
    await sleep(50)
  }
}
const BROWSER = {
  'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
}

test('clicks lead where we wrote and nowhere else; scanners and prefetches are told apart', async () => {
  const shop = 'https://shop.example/a?b=1&c=2'
  const clicked = await http.inject({ url: link('c', 1, shop), headers: BROWSER })
  assert.equal(clicked.statusCode, 302)
  assert.equal(clicked.headers.location, shop)
  const opened = await http.inject({ url: `${link('o', 1)}.gif`, headers: BROWSER })
  assert.equal(opened.headers['content-type'], 'image/gif')
  const forged = link('c', 1, shop).replace(
    Buffer.from(shop).toString('base64url'),
    Buffer.from('https://evil.example').toString('base64url'),
  )
  assert.equal((await http.inject({ url: forged })).statusCode, 404)
  assert.equal((await http.inject({ url: link('c', 2, 'javascript:alert(1)') })).statusCode, 404)
  await http.inject({ method: 'HEAD', url: link('c', 3, shop), headers: BROWSER })
  await http.inject({ url: `${link('o', 3)}.gif`, headers: { 'user-agent': 'Mozilla/5.0' } })
  for (const path of ['a', 'b', 'c'])
    await http.inject({ url: link('c', 4, `https://shop.example/${path}`), headers: BROWSER })
  await http.inject({ url: link('c', 5, shop), headers: { 'user-agent': 'Barracuda Sentinel' } })
  await hitsOf(app).flush()
  assert.deepEqual(await typesOf(1), ['clicked', 'opened'])
  assert.equal(JSON.parse((await eventsOf(1))[0]!.payload).target, shop)
  assert.deepEqual(await typesOf(3), ['clicked-by-machine', 'opened-by-machine'])
  assert.deepEqual(await typesOf(4), Array(3).fill('clicked-by-machine'))
  assert.deepEqual(await typesOf(5), ['clicked-by-machine'])
})

test('unsubscribing: a look changes nothing, one click does at once, the wishes page gives it back', async () => {
  assert.equal(await mayGo(6), 'goes')
  const page = await http.inject({ url: link('u', 6), headers: BROWSER })
  assert.match(page.body, /<form method="post">/)
  assert.match(page.body, /立即退订/)
  assert.match((await http.inject({ url: `${link('u', 6)}?lang=en` })).body, /Unsubscribe now/)
  assert.equal(await mayGo(6), 'goes', 'scanners look at links')
  assert.equal((await http.inject({ method: 'POST', url: `/u/${id(6)}` })).statusCode, 404, 'the plain id is no key')
  const done = await http.inject({
    method: 'POST',
    url: link('u', 6),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'List-Unsubscribe=One-Click',
  })
  assert.equal(done.statusCode, 200)
  assert.equal(await mayGo(6), 'no-consent')
  assert.equal(await mayGo(6, 'service'), 'goes')
  assert.deepEqual(await typesOf(6), ['unsubscribed'])
  const multipart = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
  const headers = { 'content-type': 'multipart/form-data; boundary=x' }
  await http.inject({ method: 'POST', url: link('u', 7), headers, payload: multipart })
  assert.equal(await mayGo(7), 'no-consent')

  const wishes = await http.inject({ url: link('p', 6) })
  assert.match(wishes.body, /value="sms" checked/)
  assert.doesNotMatch(wishes.body, /value="email" checked|<script/)
  await sleep(1100)
  const saved = await http.inject({
    method: 'POST',
    url: link('p', 6),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'channel=email&preferred=sms&language=en&from=21:00&to=08:30&frequency=2',
  })
  assert.match(saved.body, /role="status"/)
  const now = await http.inject({ url: link('p', 6) })
  assert.match(now.body, /value="email" checked/)
  assert.doesNotMatch(now.body, /value="sms" checked/)
  assert.match(now.body, /name="from" value="21:00"/)
  assert.equal(await mayGo(6), 'goes')
  assert.equal((await http.inject({ method: 'POST', url: link('p', 6), payload: 'frequency=999' })).statusCode, 400)
})

const bounceOf = (to: string, body: string) =>
  [
    'From: MAILER-DAEMON@mx.example',
    `To: ${to}`,
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'Your message could not be delivered.',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    body,
    '',
    '--b--',
    '',
  ].join('\r\n')
const hard = (at: number) =>
  `Final-Recipient: rfc822; ${address(at)}\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 user unknown`

test('the listener takes mail for our return paths only; a bounce is a suppression within seconds', async () => {
  const draft = { kind: 'mail-listener', name: 'returns', settings: { host: '127.0.0.1', port: 0 }, secrets: {} }
  const channelId = await saveChannel(app, { ...draft, state: 'on', position: 0 }, { userId: 1 })
  await listeners.look()
  const port = Number((await listeners.addresses())[channelId]!.split(':')[1])
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
  const send = (to: string, raw: string) => transport.sendMail({ envelope: { from: '', to: [to] }, raw })
  await assert.rejects(send('someone@b.example', 'Subject: x\r\n\r\nx'), /5\.1\.1/)
  await assert.rejects(send(returnPath(Buffer.alloc(32), id(10), 'b.example'), 'Subject: x\r\n\r\nx'), /5\.1\.1/)
  const own = (at: number) => returnPath(secret, id(at), 'b.example')
  await send(own(10), bounceOf(own(10), hard(10)))
  await send(
    own(11),
    bounceOf(
      own(11),
      hard(11)
        .replace(/5\.1\.1/g, '4.2.2')
        .replace('user unknown', 'mailbox full')
        .replace('550', '452')
        .replace('failed', 'delayed'),
    ),
  )
  await send(
    own(12),
    `From: ${address(12)}\r\nTo: ${own(12)}\r\nSubject: Automatic reply: away\r\nAuto-Submitted: auto-replied\r\n\r\nI am away.`,
  )
  await send(own(13), `From: ${address(13)}\r\nTo: ${own(13)}\r\nSubject: Re: hello\r\n\r\nPlease call me back.`)
  assert.deepEqual(
    await until(
      () => typesOf(13),
      types => types.length > 0,
    ),
    ['replied'],
  )
  assert.deepEqual(await typesOf(10), ['bounce'])
  assert.equal(await mayGo(10, 'service'), 'suppressed')
  assert.deepEqual(await typesOf(11), ['bounced-for-now'])
  assert.equal(await mayGo(11), 'goes')
  assert.deepEqual(await typesOf(12), ['auto-replied'])
  const token = link('u', 14).slice(3)
  await saveChannel(
    app,
    { ...draft, settings: { ...draft.settings, domains: ['b.example'] }, state: 'on', position: 0 },
    { channelId, userId: 1 },
  )
  await listeners.look()
  const again = Number((await listeners.addresses())[channelId]!.split(':')[1])
  await createTransport({ host: '127.0.0.1', port: again, ignoreTLS: true }).sendMail({
    envelope: { from: address(14), to: ['unsubscribe@b.example'] },
    raw: `From: ${address(14)}\r\nTo: unsubscribe@b.example\r\nSubject: ${token}\r\n\r\n`,
  })
  assert.equal(
    await until(
      () => mayGo(14),
      state => state !== 'goes',
    ),
    'no-consent',
  )
  const lying = async () => (await readdir(join(folder, 'inbound', 'mail'))).filter(name => !name.startsWith('.'))
  assert.deepEqual(await until(lying, names => names.length === 0), [])
})

const complaint = (at: number) =>
  [
    'From: fbl@provider.example',
    'To: abuse@mail.example',
    'Subject: FW: offer',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'This is an email abuse report.',
    '',
    '--b',
    'Content-Type: message/feedback-report',
    '',
    'Feedback-Type: abuse',
    `Original-Rcpt-To: ${address(at)}`,
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    `Message-ID: <${id(at)}@mail.example>`,
    `To: ${address(at)}`,
    'Subject: offer',
    '',
    'x',
    '--b--',
    '',
  ].join('\r\n')

test('a mailbox is read by IMAP as mail comes, again after the server was gone, and whole after the line was lost in mid-mail', {
  skip: !hasDovecot(),
}, async () => {
  const dovecot = await startDovecot('secret')
  const line = await cuttingProxy(dovecot.port)
  try {
    await dovecot.deliver(complaint(20))
    const settings = { host: '127.0.0.1', port: line.port, tls: 'none', user: 'bounces' }
    const draft = { kind: 'imap', name: 'mailbox', settings, state: 'on' as const, position: 0 }
    const channelId = await saveChannel(app, { ...draft, secrets: { password: 'wrong' } }, { userId: 1 })
    await listeners.look()
    const notices = () =>
      app.workflow.db.selectFrom('delivery_notices').selectAll().where('channel_id', '=', channelId).execute()
    const [wrong] = await until(notices, rows => rows.length > 0)
    assert.match(wrong!.text.en, /password is refused/)
    await saveChannel(app, { ...draft, secrets: { password: 'secret' } }, { channelId, userId: 1 })
    await listeners.look()
    assert.deepEqual(
      await until(
        () => typesOf(20),
        types => types.length === 2,
      ),
      ['complaint', 'unsubscribed'],
    )
    assert.notEqual(await mayGo(20), 'goes')
    assert.ok((await until(notices, rows => rows[0]?.over_at !== null))[0]!.over_at)
    // While it waits for more.
    await dovecot.deliver(bounceOf('someone@mail.example', `${hard(21)}\r\n\r\nMessage-ID: <${id(21)}@mail.example>`))
    assert.deepEqual(
      await until(
        () => typesOf(21),
        types => types.length > 0,
      ),
      ['bounce'],
    )
    await dovecot.restart()
    await dovecot.deliver(complaint(22))
    assert.deepEqual(
      await until(
        () => typesOf(22),
        types => types.length === 2,
      ),
      ['complaint', 'unsubscribed'],
    )
    line.cutAfter(30_000)
    await dovecot.deliver(
      [
        `From: c23@mail.example`,
        `To: ${returnPath(secret, id(23), 'b.example')}`,
        'Subject: Re: offer',
        'Message-ID: <cut@mail.example>',
        // No model is asked about what a machine wrote.
        'Auto-Submitted: auto-replied',
        '',
        `Away until May.\r\n\r\n${'> quoted at length\r\n'.repeat(8000)}`,
      ].join('\r\n'),
    )
    assert.deepEqual(
      await until(
        () => typesOf(23),
        types => types.length > 0,
      ),
      ['auto-replied'],
    )
    assert.equal(line.cuts(), 1, 'it was on its way when the line was lost')
    const kept = () =>
      app.workflow.db.selectFrom('inbox_messages').selectAll().where('mail_id', '=', '<cut@mail.example>').execute()
    const [whole, ...more] = await until(kept, rows => rows.length > 0)
    assert.deepEqual([whole?.text, more.length], ['Away until May.', 0])
  } finally {
    await line.close()
    await dovecot.stop()
  }
})

test('what came back goes another way, once', async () => {
  await personalize.loadSample(app, join(import.meta.dirname, '../../../samples'), () => undefined)
  const handed = (at: number) => ({ communicationId: id(at), customerId: at + 1, channel: 'email', transport: 'smtp' })
  const settled = { state: 'settled' as const, reason: '', receipt: '', attempt: 1, at: new Date(Date.now() - 60_000) }
  await record(
    app,
    run.runId,
    [10, 30].map(at => ({ ...handed(at), ...settled })),
  )
  const step = {
    class: 'offer' as const,
    from: 'email' as const,
    when: 'bounced' as const,
    days: 0,
    to: 'sms' as const,
  }
  await saveDeliverySettings(app, deliverySettings.parse({ fallback: [step] }))
  assert.equal(await carryOnMissed(app), 1)
  assert.equal(await carryOnMissed(app), 0, 'it has gone the other way')
  const instead = await personalize.manifestOf(app, personalize.insteadId(id(10), 'sms'))
  assert.equal(instead.state, 'composed')
  assert.equal(instead.customer_id, 11)
  const ends = await app.facts.query<{ state: string; reason: string }>(
    "SELECT toString(state) AS state, toString(reason) AS reason FROM deliveries WHERE communication_id = {id:String} AND state != 'claimed'",
    { id: instead.communication_id },
  )
  // At night it is refused where the customer lives.
  assert.ok(
    ends.length === 1 && (ends[0]!.state === 'settled' || ends[0]!.reason === 'quiet-hours'),
    JSON.stringify(ends),
  )
})

test('receipts and replies by SMS: over a session of our own, and by signed callback', async () => {
  const centre = await smppCentre()
  const sms = '+8613800000099'
  const smsId = idOf(99, 'sms')
  await app.facts.insert('communications', [
    {
      run_id: 5,
      communication_id: smsId,
      customer_id: 33,
      channel: 'sms',
      kind: 'sms',
      class: 'offer',
      address: sms,
      state: 'composed',
      data: '{}',
    },
  ])
  const draft = { name: 'gateway', state: 'on' as const, position: 0 }
  const own = { host: '127.0.0.1', port: centre.port, systemId: 'me' }
  const channelId = await saveChannel(app, { ...draft, kind: 'smpp', settings: own, secrets: {} }, { userId: 1 })
  const provider = { url: 'https://sms.example/send' }
  const web = await saveChannel(
    app,
    { ...draft, kind: 'sms-http', settings: provider, secrets: { callbackSecret: 'c', token: 't' } },
    { userId: 1 },
  )
  const at = new Date()
  await app.workflow.db
    .insertInto('delivery_provider_ids')
    .values([
      { channel_id: channelId, provider_id: '1a2b', communication_id: smsId, customer_id: 33, at },
      { channel_id: web, provider_id: 'x-1', communication_id: smsId, customer_id: 33, at },
    ])
    .execute()
  await listeners.look()
  await until(
    async () => centre.receivers,
    receivers => receivers > 0,
  )
  const receipt = 'id:6699 sub:001 dlvrd:001 submit date:2611220410 done date:2611220411 stat:DELIVRD err:000 text:'
  await centre.deliver({ source_addr: '8613800000099', destination_addr: '1069', esm_class: 4, short_message: receipt })
  const types = () =>
    app.facts.query<{ type: string }>(
      'SELECT DISTINCT toString(type) AS type FROM events FINAL WHERE communication_id = {id:String} ORDER BY type',
      { id: smsId },
    )
  assert.deepEqual(
    (await types()).map(row => row.type),
    ['delivered'],
    'hexadecimal when taken, decimal when told',
  )
  await centre.deliver({
    source_addr: '8613800000099',
    destination_addr: '1069',
    short_message: '退订',
    data_coding: 8,
  })
  assert.deepEqual(
    (await types()).map(row => row.type),
    ['delivered', 'replied', 'unsubscribed'],
  )
  const left = await app.facts.query<{ channel: string }>(
    "SELECT toString(channel) AS channel FROM events FINAL WHERE communication_id = {id:String} AND type = 'unsubscribed'",
    { id: smsId },
  )
  assert.deepEqual(left, [{ channel: 'sms' }], 'the inbox hears it too, and it is said once')
  const message = { id: smsId, customerId: 33, channel: 'sms' as const, class: 'offer', address: sms }
  const run2020 = { ...run, asOf: '2020-01-01' }
  assert.equal((await refusals(app, run2020, [message])).get(smsId), 'no-consent')

  const body = JSON.stringify({
    receipts: [{ id: 'x-1', status: 'UNDELIV' }],
    replies: [{ from: '13900000001', text: 'TD' }],
  })
  const call = (signature: string) =>
    http.inject({
      method: 'POST',
      url: `/sms/callback/${web}`,
      headers: { 'content-type': 'application/json', 'x-signature': signature },
      payload: body,
    })
  assert.equal((await call('00')).statusCode, 401)
  assert.equal((await call(callbackSignature('wrong', body))).statusCode, 401)
  assert.equal((await call(callbackSignature('c', body))).statusCode, 200)
  assert.ok((await types()).some(row => row.type === 'undelivered'))
  const stranger = { ...message, id: 'x', customerId: 39, class: 'service', address: '+8613900000001' }
  assert.equal((await refusals(app, run2020, [stranger])).get('x'), 'suppressed', 'a number nobody knows refused')
  await app.workflow.db
    .updateTable('delivery_channels')
    .set({ state: 'off' })
    .where('channel_id', '=', channelId)
    .execute()
  await listeners.look()
  await centre.close()
})
