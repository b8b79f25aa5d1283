import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTransport, type Transporter } from 'nodemailer'
import * as analyze from '../../analyze/index.ts'
import * as campaign from '../../campaign/index.ts'
import * as collect from '../../collect/index.ts'
import * as optimize from '../../optimize/index.ts'
import * as personalize from '../../personalize/index.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { recordReply } from '../answers/sms-answers.ts'
import { addNote } from '../cases/change-case.ts'
import { channels, saveChannel } from '../channels/channel-store.ts'
import { returnPath } from '../channels/smtp/verp.ts'
import { openMatters } from '../desk/open-matters.ts'
import { addressHash } from '../gate/address-hash.ts'
import * as interact from '../index.ts'
import { type Listeners, runListeners } from '../listener/run-listeners.ts'
import { idOf, inventMailing } from '../queue/invented-mailing.ts'
import { answerThread } from './answer-thread.ts'
import { threadQuery } from './api.ts'
import { attachmentBytes, MOST_BYTES } from './attachments.ts'
import { giveTo, labelsWaiting, setClass, setOwner, setState } from './change-thread.ts'
import type { ReplyClass } from './classes.ts'
import { correction } from './correction.ts'
import { listThreads } from './list-threads.ts'
import { retrain } from './model-store.ts'
import { receiveReply } from './receive-reply.ts'
import { saveInboxSettings } from './settings.ts'
import { threadView } from './thread-view.ts'

const AGENT = 1
let folder: string
let app: OpenApp
let listeners: Listeners
let transport: Transporter
let secret: Buffer
const stages = [collect, analyze, optimize, campaign, personalize, interact].map(part => part.stage)
const address = (at: number) => `c${at}@mail.example`
const id = (at: number) => idOf(at, 'email')
const own = (at: number) => returnPath(secret, id(at), 'b.example')

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-inbox-'))
  app = await openTestApp(folder, stages, { logLevel: 'silent' })
  await optimize.loadSample(app, join(import.meta.dirname, '../../../samples'), () => undefined)
  const bytes = () => Buffer.from('x')
  await inventMailing(app, {
    messages: 30,
    partSize: 30,
    channel: 'email',
    class: 'offer',
    offer: 'COME-BACK',
    bytes,
    address,
  })
  secret = await personalize.linkSecret(app)
  await retrain(app)
  listeners = runListeners(app)
  const draft = {
    kind: 'mail-listener',
    name: 'in',
    settings: { host: '127.0.0.1', port: 0, domains: ['b.example'], authservId: 'mx.b.example' },
    secrets: {},
  }
  const channelId = await saveChannel(app, { ...draft, state: 'on', position: 0 }, { userId: AGENT })
  await listeners.look()
  const port = Number((await listeners.addresses())[channelId]!.split(':')[1])
  transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
})
after(async () => {
  transport.close()
  await listeners.close()
  await app.close()
  await rm(folder, { recursive: true })
})

const threads = async (query: object = {}) => (await listThreads(app, threadQuery.parse(query), AGENT, true)).rows
/** Sent for real, read from the thread that comes of it. */
async function arrived(messageId: string) {
  for (let tries = 0; tries < 4800; tries++) {
    const row = await app.workflow.db
      .selectFrom('inbox_messages')
      .selectAll()
      .where('mail_id', '=', messageId)
      .where('followed', 'is not', null)
      .executeTakeFirst()
    if (row) return row
    await sleep(25)
  }
  return assert.fail(`${messageId} did not arrive`)
}
const eventsOf = async (at: number) =>
  (
    await app.facts.query<{ type: string }>(
      'SELECT toString(type) AS type FROM events FINAL WHERE communication_id = {id:String} ORDER BY type',
      { id: id(at) },
    )
  ).map(event => event.type)

test('a reply comes by SMTP into a thread about the very communication, is answered with References, and the answer to that stays in it', async () => {
  const mail = { from: address(1), to: own(1), subject: 'Re: offer', messageId: '<first@mail.example>' }
  const text = 'How long does delivery take?\n\nOn Mon, 3 Aug 2026 Shop wrote:\n> Buy a lamp'
  await transport.sendMail({ ...mail, text })
  const first = await arrived('<first@mail.example>')
  assert.deepEqual([first.text, first.class, first.followed], ['How long does delivery take?', 'question', 'person'])
  assert.match(first.quoted, /> Buy a lamp/)
  await transport.sendMail({ ...mail, text })
  await setOwner(app, first.thread_id, AGENT)
  await assert.rejects(giveTo(app, first.thread_id, 9999), { code: 'inbox.no-owner' })
  const answer = { id: 'a'.repeat(32), text: 'Two days.' }
  await answerThread(app, first.thread_id, AGENT, answer)
  await answerThread(app, first.thread_id, AGENT, answer)
  const out = join(folder, 'out', 'mail', 'new')
  const sent = await readdir(out)
  assert.equal(sent.length, 1, 'sent once')
  const raw = await readFile(join(out, sent[0]!), 'utf8')
  assert.match(raw, /References: <first@mail\.example>/)
  const messageId = /Message-ID: (\S+)/i.exec(raw)![1]!
  const next = { ...mail, messageId: '<second@mail.example>', inReplyTo: messageId, to: 'service@b.example' }
  await transport.sendMail({ ...next, text: 'And what does the postage cost?' })
  const second = await arrived('<second@mail.example>')
  assert.equal(second.thread_id, first.thread_id)
  const view = await threadView(app, first.thread_id, true)
  assert.deepEqual(
    view.log.map(row => row.direction),
    ['in', 'out', 'in'],
    'the mail that came twice is one message',
  )
  assert.deepEqual([view.about?.communicationId, view.customerId], [id(1), 2])
  assert.equal((await openMatters[0]!(app, 2, []))[0]?.path, `/inbox?thread=${first.thread_id}`)
  await setState(app, first.thread_id, 'closed')
  assert.deepEqual(await openMatters[0]!(app, 2, []), [])
})

test('each class has its consequence: accepted, declined, stopped at once, a case of a complaint and of a change, noted', async () => {
  const say = async (at: number, text: string, headers = {}) => {
    const messageId = `<said-${at}@mail.example>`
    await transport.sendMail({ from: address(at), to: own(at), subject: 'Re', messageId, text, headers })
    const { followed, thread_id } = await arrived(messageId)
    return { followed, state: (await threadView(app, thread_id, true)).state }
  }
  assert.deepEqual(await say(2, 'Yes please, I would like to take the offer'), { followed: 'accepted', state: 'open' })
  assert.ok((await eventsOf(2)).includes('accepted'))
  assert.deepEqual(await say(3, 'No thank you, not interested'), { followed: 'declined', state: 'closed' })
  assert.ok((await eventsOf(3)).includes('declined'))
  assert.deepEqual(await say(4, 'ＳＴＯＰ!\n\n> Reply STOP to stop'), { followed: 'stopped', state: 'closed' })
  assert.ok((await eventsOf(4)).includes('unsubscribed'))
  assert.match(
    (await say(5, 'I want to complain, the parcel arrived broken and nobody answers')).followed!,
    /^case:\d+$/,
  )
  const moved = await say(6, 'I have moved, my new address is 12 Mill Lane, York YO1 7EP. Please update my address')
  const request = await app.workflow.db
    .selectFrom('cases')
    .selectAll()
    .where('case_id', '=', Number(moved.followed!.slice(5)))
    .executeTakeFirstOrThrow()
  assert.deepEqual([request.kind, request.customer_id], ['request', 7])
  assert.match(request.words, /\npostcode: YO1 7EP\naddress: 12 Mill Lane/)
  const away = await say(7, 'Yes, I am in Spain', { 'Auto-Submitted': 'auto-replied' })
  assert.deepEqual(away, { followed: 'noted', state: 'closed' })
})

test('HTML is text here, whatever it holds; files are kept, named and never run; 25 MB and no more', async () => {
  const html =
    '<p>Is it <b>green</b>?</p><script>alert(1)</script><img src=x onerror="alert(2)"><svg onload=alert(3)><style>p{}</style>'
  await transport.sendMail({
    from: 'Stranger <who@else.example>',
    to: 'service@b.example',
    subject: '<script>alert(4)</script>',
    messageId: '<evil@else.example>',
    html,
    attachments: [
      { filename: '../../..\\evil\u202e.exe', content: Buffer.from('MZ') },
      { filename: 'big.bin', content: Buffer.alloc(MOST_BYTES, 7) },
      { filename: 'small.txt', content: 'still kept' },
      { filename: `${'n'.repeat(119)}😀.txt`, content: 'x' },
    ],
  })
  const message = await arrived('<evil@else.example>')
  assert.match(message.text, /Is it green\?/)
  assert.doesNotMatch(message.text, /alert\(1|<|p\{/)
  assert.deepEqual(
    message.attachments.map(({ name, bytes, refused }) => [name, bytes, refused]),
    [
      ['evil.exe', 2, undefined],
      ['big.bin', MOST_BYTES, 'too-big'],
      ['small.txt', 10, undefined],
      [`${'n'.repeat(119)}😀`, 1, undefined],
    ],
  )
  assert.equal(String(await attachmentBytes(app, message.source_key, 2)), 'still kept')
  const [row] = await threads({ unassigned: 'true' })
  assert.deepEqual([row?.customerId, row?.address, row?.threadId], [0, 'who@else.example', message.thread_id])
})

test('mails made to break a reader stall nothing and are seen: thousands of parts, tags without end, no address, zero bytes', async () => {
  const heads = (name: string) =>
    `From: Odd <odd@else.example>\r\nSubject: odd\r\nMessage-ID: <${name}@else.example>\r\n`
  const send = async (name: string, rest: string) => {
    const envelope = { from: 'odd@else.example', to: 'service@b.example' }
    await transport.sendMail({ envelope, raw: `${heads(name)}${rest}` })
    return arrived(`<${name}@else.example>`)
  }
  const part = '--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n'
  const many = await send('parts', `Content-Type: multipart/mixed; boundary=b\r\n\r\n${part.repeat(3000)}--b--\r\n`)
  assert.match(many.text, /attached as it came/)
  assert.deepEqual(
    many.attachments.map(({ name }) => name),
    ['message.eml'],
  )
  const begun = process.cpuUsage()
  const html = await send('tags', `Content-Type: text/html\r\n\r\nWhen does it come?${'<script'.repeat(50_000)}`)
  assert.equal(html.text, 'When does it come?')
  const deep = await send('deep', `Content-Type: text/html\r\n\r\n${'<div>'.repeat(40_000)}Deep down`)
  assert.equal(deep.text, 'Deep down')
  await send('han', `Content-Type: text/plain; charset=utf-8\r\n\r\n我搬家了，请把我的地址改为${'省'.repeat(15_000)}`)
  const { user, system } = process.cpuUsage(begun)
  assert.ok(user + system < 10e6, `${(user + system) / 1e6} s of this process, and mail is read in another`)
  assert.equal((await send('zero', 'Content-Type: text/plain; charset=no-such\r\n\r\nhe\0llo')).text, 'hello')
  // Some programs give all their mails one Message-ID.
  await transport.sendMail({
    envelope: { from: 'x@y.example', to: 'service@b.example' },
    raw: `${heads('zero')}\r\nanother`,
  })
  const twice = () =>
    app.workflow.db.selectFrom('inbox_messages').select('text').where('mail_id', '=', '<zero@else.example>').execute()
  for (let tries = 0; tries < 200 && (await twice()).length < 2; tries++) await sleep(25)
  assert.deepEqual((await twice()).map(({ text }) => text).sort(), ['another', 'hello'])
})

test('who got a mail passed on speaks for nobody: an acceptance waits for a person, a stop holds; a machine is not a customer', async () => {
  const say = async (at: number, text: string, headers = {}) => {
    const messageId = `<passed-${at}@else.example>`
    await transport.sendMail({ from: 'friend@else.example', to: own(at), subject: 'Fwd', messageId, text, headers })
    return (await arrived(messageId)).followed
  }
  assert.equal(await say(9, 'Yes please, I would like to take the offer'), 'person')
  assert.ok(!(await eventsOf(9)).includes('accepted'))
  const seen = await threadView(app, (await arrived('<passed-9@else.example>')).thread_id, true)
  assert.deepEqual([seen.customerId, seen.log[0]!.foreign], [10, true], 'whoever answers is warned')
  assert.equal(await say(10, 'STOP'), 'stopped')
  assert.equal(
    await say(11, 'Your ticket was received, I accept the offer', { 'Auto-Submitted': 'auto-generated' }),
    'noted',
  )
  assert.equal(await say(12, 'I want to complain about everything', { Precedence: 'bulk' }), 'noted')
})

test('a forged sender orders and changes nothing and is shown; what it stops or complains of is heard; our server proves a sender', async () => {
  const server = (result: string) => ({
    'Authentication-Results': `mx.b.example; dmarc=${result} header.from=mail.example`,
  })
  const say = async (at: number, text: string, headers = {}) => {
    const messageId = `<claimed-${at}@mail.example>`
    // By its Message-ID, which others can know too, and not by the address that we signed.
    const inReplyTo = `<${id(at)}@b.example>`
    const mail = { from: address(at), to: 'service@b.example', subject: 'Re', messageId, inReplyTo, text, headers }
    await transport.sendMail(mail)
    const { followed, thread_id } = await arrived(messageId)
    return [followed, (await threadView(app, thread_id, true)).log[0]!.proof]
  }
  const yes = 'Yes please, I would like to take the offer'
  assert.deepEqual(await say(20, yes), ['person', 'none'])
  assert.deepEqual(
    await say(21, yes, { 'Authentication-Results': 'mx.evil.example; dmarc=pass header.from=mail.example' }),
    ['person', 'none'],
  )
  assert.ok(!(await eventsOf(20)).includes('accepted') && !(await eventsOf(21)).includes('accepted'))
  const moved = 'I have moved, my new address is 12 Mill Lane, York YO1 7EP. Please update my address'
  assert.deepEqual(await say(22, moved, server('fail')), ['person', 'none'])
  assert.deepEqual(await say(23, 'STOP'), ['stopped', 'none'])
  assert.deepEqual(await say(24, yes, server('pass (p=reject)')), ['accepted', 'dmarc'])
  assert.ok((await eventsOf(24)).includes('accepted'))
})

test('a yes by SMS counts once the code that went to the number came back; guessing ends it; a company may decide otherwise', async () => {
  const spool = join(folder, 'out', 'sms')
  const read = new Set<string>()
  /** What went out since it was asked before. */
  const sent = async (): Promise<string[]> => {
    const files = (await readdir(spool, { recursive: true }).catch(() => [])).filter(name => !read.has(name))
    for (const name of files) read.add(name)
    return Promise.all(files.map(name => readFile(join(spool, name), 'utf8').catch(() => '')))
  }
  const say = async (at: number, text: string, key: string) => {
    const from = `+8613800000${at}00`
    const told = { channel: 'sms' as const, customerId: at + 1, from, about: id(at), text, key: `${at} ${key}` }
    const { messageId } = await receiveReply(app, told)
    const { followed } = await app.workflow.db
      .selectFrom('inbox_messages')
      .select('followed')
      .where('message_id', '=', messageId)
      .executeTakeFirstOrThrow()
    return followed
  }
  const codeIn = (texts: string[]) =>
    /(?:回复|reply) (\d{4})/.exec(texts.join('\n'))?.[1] ?? assert.fail('no code was sent')
  const other = (code: string, by = 1) => String((Number(code) + by) % 10_000).padStart(4, '0')
  const yes = 'Yes please, I would like to take the offer'
  await sent()
  assert.equal(await say(25, yes, 'yes'), 'confirming')
  const code = codeIn(await sent())
  assert.equal(await say(25, other(code), 'wrong'), 'person')
  assert.equal(await say(26, code, 'of another number'), 'person')
  assert.ok(!(await eventsOf(25)).includes('accepted'))
  assert.equal(await say(25, ` ${code} `, 'right'), 'confirmed')
  assert.ok((await eventsOf(25)).includes('accepted'))
  assert.equal(await say(26, yes, 'yes'), 'confirming')
  const second = codeIn(await sent())
  for (let by = 1; by <= 3; by++) assert.equal(await say(26, other(second, by), `guess ${by}`), 'person')
  assert.equal(await say(26, second, 'too late'), 'person')
  assert.ok(!(await eventsOf(26)).includes('accepted'))
  await saveInboxSettings(app, { confirmSms: false })
  assert.equal(await say(27, yes, 'yes'), 'accepted')
  assert.deepEqual(await sent(), [])
})

test('SMS and the portal: a reply in a thread, a word of refusal closes; what a person corrects is learnt and follows', async () => {
  const [channel] = await channels(app)
  assert.equal(
    await recordReply(app, channel!, { from: '+8613800000099', text: '请问几天能送到', id: 's1' }),
    'unknown',
  )
  await recordReply(app, channel!, { from: '+8613800000099', text: '请问几天能送到', id: 's1' })
  const [sms] = await threads({ channel: 'sms' })
  assert.deepEqual([sms?.messages, sms?.class], [1, 'question'])
  const asked = { channel: 'portal' as const, customerId: 9, text: '呃 ……', about: id(8) }
  const { threadId, messageId } = await receiveReply(app, asked)
  assert.deepEqual(await receiveReply(app, asked), { threadId, messageId }, 'told twice')
  assert.equal((await threadView(app, threadId, true)).log[0]!.followed, 'person')
  assert.ok(!(await eventsOf(8)).includes('declined'))
  await setClass(app, messageId, AGENT, 'refuse')
  assert.ok((await eventsOf(8)).includes('declined'))
  assert.equal(await labelsWaiting(app), 1)
  const { f1, version } = await retrain(app)
  assert.ok(f1 > 0.7 && version === 2)
  assert.equal(await labelsWaiting(app), 0)
  await assert.rejects(setState(app, threadId, 'snoozed', '2020-01-01T00:00:00Z'), { code: 'inbox.bad-snooze' })
  await assert.rejects(threadView(app, 999_999, true), { code: 'inbox.no-thread' })
  assert.equal((await threads({ q: '几天能' })).length, 1)
})

/** What holds for a customer after a message: consent to mails, offers answered, complaints, open cases and calls. */
async function standing(customerId: number, at: number) {
  const consents = await collect.standingConsents(app, 0, [customerId])
  const told = new Set(await eventsOf(at))
  const { cases } = await app.workflow.db
    .selectFrom('cases')
    .select(eb => eb.fn.countAll<number>().as('cases'))
    .where('customer_id', '=', customerId)
    .where('state', '!=', 'resolved')
    .executeTakeFirstOrThrow()
  const call = await app.workflow.db
    .selectFrom('tasks')
    .select('state')
    .where('task_id', '=', `call-${customerId}`)
    .executeTakeFirst()
  return {
    mail: consents.get(`${customerId}/email`)?.granted ?? false,
    events: ['accepted', 'declined', 'unsubscribed', 'complaint'].filter(type => told.has(type)).join(' '),
    cases: Number(cases),
    call: call?.state,
  }
}

async function leaves(customerId: number, channel: 'email' | 'sms') {
  const said = { kind: 'consent' as const, id: `left-${customerId}-${channel}`, customerId, channel, source: 'form' }
  await collect.recordStatements(app, [{ ...said, state: 'withdrawn', at: new Date() }])
}

async function written(at: number, text: string) {
  const customerId = at + 1
  await app.workflow.db
    .insertInto('tasks')
    .values({
      task_id: `call-${customerId}`,
      run_id: 0,
      as_of: '2026-11-01',
      customer_id: customerId,
      offer: 'COME-BACK',
      language: 'en',
      priority: 1,
      state: 'open',
      held_by: null,
      held_at: null,
      held_until: null,
      due_at: null,
      attempts: 0,
      outcome: null,
      outcome_id: null,
      notes: '',
      created_at: new Date(),
      kind: 'campaign',
      for_user: null,
      cleared_at: null,
      stop_reason: null,
      subject: null,
      tries: null,
      ending: null,
      ending_at: null,
    })
    .execute()
  return receiveReply(app, { channel: 'portal', customerId, text, about: id(at), key: `corrected-${at}` })
}

test('corrected again and again, exactly what the last class asks for holds; the ledger says who gave a consent back, and why', async () => {
  const { messageId, threadId } = await written(15, 'STOP')
  const stopped = { mail: false, events: 'unsubscribed', cases: 0, call: 'stopped' }
  const nothing = { mail: true, events: '', cases: 0, call: 'open' }
  const after: Record<ReplyClass, object> = {
    stop: stopped,
    accept: { ...nothing, events: 'accepted', call: 'stopped' },
    refuse: { ...nothing, events: 'declined', call: 'stopped' },
    complaint: { ...nothing, events: 'complaint', cases: 1, call: 'stopped' },
    change: { ...nothing, cases: 1 },
    question: nothing,
    away: nothing,
    other: nothing,
  }
  assert.deepEqual(await standing(16, 15), stopped)
  const shown = await correction(app, messageId, 'question', AGENT)
  assert.deepEqual(shown, {
    parts: [
      { what: 'consents', channels: ['email', 'sms'], number: 0, stays: null },
      { what: 'tasks', channels: [], number: 1, stays: null },
    ],
    receipt: false,
    follows: 'person',
    channels: [],
  })
  assert.deepEqual(await standing(16, 15), stopped, 'asking changes nothing')
  for (const said of ['question', 'accept', 'refuse', 'stop', 'complaint', 'change', 'accept', 'other'] as const) {
    await setClass(app, messageId, AGENT, said)
    assert.deepEqual(await standing(16, 15), after[said], said)
  }
  const { state, log } = await threadView(app, threadId, true)
  assert.deepEqual([state, log[0]!.followed], ['open', 'person'])
  const back = await app.workflow.db
    .selectFrom('consent_ledger')
    .select(['actor', 'evidence_ref', 'channel'])
    .where('source', '=', 'inbox-correction')
    .where('customer_id', '=', 16)
    .orderBy('id')
    .execute()
  assert.deepEqual(back[0], { actor: AGENT, evidence_ref: `inbox/${threadId}#${messageId}`, channel: 'email' })
  assert.equal(back.length, 4, 'by mail and SMS, twice stopped, twice given back')
  const kinds = await app.workflow.db.selectFrom('cases').select('outcome').where('customer_id', '=', 16).execute()
  assert.deepEqual(
    kinds.map(({ outcome }) => outcome),
    ['mistaken', 'mistaken'],
  )
})

test('what somebody else refused, or has begun to work on, stays', async () => {
  await leaves(17, 'sms')
  const twice = await written(16, 'STOP')
  await leaves(17, 'email')
  const stays = async (messageId: number) =>
    (await correction(app, messageId, 'other', AGENT)).parts.map(part => `${part.what} ${part.stays}`)
  const kept = ['consents refused-elsewhere', 'consents no-consent-before', 'tasks refused-elsewhere']
  assert.deepEqual(await stays(twice.messageId), kept)
  await setClass(app, twice.messageId, AGENT, 'other')
  assert.deepEqual(await standing(17, 16), { mail: false, events: 'unsubscribed', cases: 0, call: 'stopped' })

  const angry = await written(17, 'I want to complain, the parcel arrived broken and nobody answers')
  const [{ case_id }] = (await app.workflow.db
    .selectFrom('cases')
    .select('case_id')
    .where('customer_id', '=', 18)
    .execute()) as [{ case_id: number }]
  await addNote(app, case_id, AGENT + 1, 'called them')
  assert.deepEqual(await stays(angry.messageId), ['case worked-on', 'tasks worked-on'])
  await setClass(app, angry.messageId, AGENT, 'question')
  assert.deepEqual(await standing(18, 17), { mail: false, events: 'complaint', cases: 1, call: 'stopped' })

  const from = '+8613800000055'
  const nobody = (text: string) => receiveReply(app, { channel: 'sms', customerId: 0, text, from, key: text })
  const closed = async () =>
    (await app.workflow.db.selectFrom('suppressions').select('at').where('address_hash', '=', hash).execute()).length
  const hash = addressHash('sms', from)
  const first = await nobody('退订')
  const second = await nobody('别再发了')
  assert.deepEqual(await stays(first.messageId), ['address other-stop'])
  await setClass(app, second.messageId, AGENT, 'question')
  assert.equal(await closed(), 1, 'the first still says stop')
  assert.deepEqual(await stays(first.messageId), ['address null'])
})
