import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { simpleParser } from 'mailparser'
import { publishFragment } from '../../personalize/index.ts'
import { recordReply } from '../answers/sms-answers.ts'
import { goOn, resolveCase } from '../cases/change-case.ts'
import { noteTold } from '../cases/note-told.ts'
import { openCase } from '../cases/open-case.ts'
import { channels, saveChannel } from '../channels/channel-store.ts'
import { answerThread } from '../inbox/answer-thread.ts'
import { receiveReply } from '../inbox/receive-reply.ts'
import { addKiosk, DEVICE_COOKIE, pair } from '../kiosk/devices.ts'
import { declineSurvey, surveyFor } from '../surveys/ask-here.ts'
import { inviteSome } from '../surveys/invite.ts'
import { readRating } from '../surveys/sms-rating.ts'
import { surveySchema } from '../surveys/survey.ts'
import { addSurvey, setSurveyState } from '../surveys/survey-store.ts'
import { takeTask } from '../tasks/claim.ts'
import { openTasks } from '../tasks/open-tasks.ts'
import { recordOutcome } from '../tasks/outcome.ts'
import { carryNotice } from '../tell-customer/carry-notice.ts'
import { TestCustomer } from './test-customer.ts'
import type { Door } from './test-door.ts'

/** For tests: what goes both ways between a customer and the company: a question and its answer, a complaint and what was done about it, a survey. */
const AGENT = 1
/** 10:00 in Shanghai: an hour at which telephones may ring. */
const MORNING = new Date(`${new Date().toISOString().slice(0, 10)}T02:00:00Z`)

const both = (en: string) => ({ en, zh: en })

/** `opened`: the door, once it is open. */
export function twoWayTests(opened: () => Door): void {
  const mailsTo = async (address: string): Promise<{ subject: string; text: string }[]> => {
    const folder = join(opened().folder, 'out/mail/new')
    const all = await Promise.all(
      (await readdir(folder).catch(() => [])).map(async name => simpleParser(await readFile(join(folder, name)))),
    )
    return all
      .filter(mail => [mail.to].flat().some(to => to?.text.includes(address)))
      .map(({ subject = '', text = '' }) => ({ subject, text }))
  }
  const settled = async (key: string) => {
    for (let tries = 0; tries < 400; tries++) {
      const row = await opened()
        .app.workflow.db.selectFrom('customer_notices')
        .selectAll()
        .where('notice_key', '=', key)
        .where('settled_at', 'is not', null)
        .executeTakeFirst()
      if (row) return row
      await pause(25)
    }
    return assert.fail(`${key} was not settled`)
  }

  test('a question becomes a thread, its answer waits in the portal unread, and a mail says so without a word of it', async () => {
    const { app } = opened()
    const guest = await opened().signedIn(3)
    await guest.open('/portal/cases/new?kind=request')
    await guest.send('/portal/cases/new', { kind: 'request', words: 'Is the <b>lamp</b> green?' })
    assert.match(guest.shown.url, /^\/portal\/messages\/\d+\?done=message$/)
    assert.ok(guest.shown.body.includes('Is the &lt;b&gt;lamp&lt;/b&gt; green?'))
    const thread = await app.workflow.db
      .selectFrom('inbox_threads')
      .selectAll()
      .orderBy('thread_id', 'desc')
      .executeTakeFirst()
    assert.deepEqual([thread?.channel, thread?.customer_id, thread?.state], ['portal', 3, 'open'])
    assert.deepEqual(await app.workflow.db.selectFrom('cases').selectAll().execute(), [])

    const id = thread!.thread_id
    const answer = { id: 'b'.repeat(32), text: 'It is <img src=x onerror=alert(1)> emerald.' }
    await answerThread(app, id, AGENT, answer)
    await answerThread(app, id, AGENT, answer)
    const [said, ...more] = await app.workflow.db
      .selectFrom('customer_notices')
      .select('notice_key')
      .where('kind', '=', 'answer-waits')
      .execute()
    assert.equal(more.length, 0)
    assert.equal((await settled(said!.notice_key)).state, 'sent')
    const mails = (await mailsTo('three@mail.example')).filter(({ subject }) => subject.includes('answer'))
    assert.equal(mails.length, 1, 'told once')
    assert.match(mails[0]!.text, new RegExp(`https://c.example/portal/messages/${id}`))
    assert.doesNotMatch(mails[0]!.subject + mails[0]!.text, /emerald|lamp/)

    await guest.open('/portal/messages')
    assert.match(guest.shown.body, /new answer/)
    assert.match(guest.shown.body, /Messages <span class="mark">1<\/span>/)
    await guest.open(`/portal/messages/${id}`)
    assert.ok(guest.shown.body.includes('It is &lt;img src=x onerror=alert(1)&gt; emerald.'))
    const again = guest.fields(`/portal/messages/${id}`, { words: 'And how tall?' })
    await Promise.all([guest.open(`/portal/messages/${id}`, again), guest.open(`/portal/messages/${id}`, again)])
    await guest.open('/portal/messages')
    assert.doesNotMatch(guest.shown.body, /new answer|class="mark"/)
    const log = await app.workflow.db
      .selectFrom('inbox_messages')
      .select('direction')
      .where('thread_id', '=', id)
      .orderBy('message_id')
      .execute()
    assert.deepEqual(
      log.map(row => row.direction),
      ['in', 'out', 'in'],
      'in the same thread, once',
    )
  })

  test('threads by mail and SMS of the same customer stand beside them, files named; nobody else sees them', async () => {
    const { app } = opened()
    const from = 'three@mail.example'
    const attachments = [{ name: 'photo.jpg', type: 'image/jpeg', content: Buffer.alloc(2000) }]
    const mail = {
      channel: 'email' as const,
      customerId: 3,
      from,
      subject: '<i>Broken</i>',
      text: 'See photo',
      attachments,
    }
    const { threadId } = await receiveReply(app, mail)
    await receiveReply(app, { channel: 'sms', customerId: 3, from: '+8613800000003', text: 'When do you open?' })
    await receiveReply(app, {
      channel: 'email',
      customerId: 3,
      from,
      text: 'I am away until Monday',
      automatic: true,
      subject: 'Away',
    })
    await answerThread(app, threadId, AGENT, { id: 'c'.repeat(32), text: 'We send a new one.' })
    const guest = await opened().signedIn(3)
    const { body } = await guest.open('/portal/messages')
    assert.ok(body.includes('&lt;i&gt;Broken&lt;/i&gt;') && body.includes('When do you open?'))
    assert.ok(!body.includes('Away'), 'what a machine answered is no talk')
    await guest.open(`/portal/messages/${threadId}`)
    assert.match(guest.shown.body, /photo\.jpg <span class="faint">2 kB/)
    assert.ok(guest.shown.body.includes('We send a new one.'))
    const stranger = await opened().signedIn(2)
    assert.equal((await stranger.open(`/portal/messages/${threadId}`)).status, 404)
    assert.ok(!(await stranger.open('/portal/messages')).body.includes('Broken'))
  })

  test('a case is told when it opens and when it ends, once each, in the language and by the way of the customer', async () => {
    const { app } = opened()
    const { caseId } = await openCase(app, {
      customerId: 3,
      kind: 'complaint',
      words: 'Broken again',
      source: 'portal',
      sourceKey: 'k',
    })
    await openCase(app, { customerId: 3, kind: 'complaint', words: 'Broken again', source: 'portal', sourceKey: 'k' })
    assert.equal((await settled(`case-opened:${caseId}`)).channel, 'email')
    const told = async () =>
      (await mailsTo('three@mail.example')).filter(({ subject }) => new RegExp(`number ${caseId}\\b`).test(subject))
    assert.equal((await told()).length, 1)
    assert.match(
      (await told())[0]!.text,
      new RegExp(`complaint, number ${caseId}\\. You will hear from us by \\d+ \\w+ \\d{4}`),
    )
    const row = await resolveCase(app, caseId, AGENT, { outcome: 'put-right', resolution: 'A new lamp is on its way.' })
    const key = `case-resolved:${caseId}:${row.resolved_at!.getTime()}`
    await settled(key)
    await carryNotice(app, key)
    assert.equal((await told()).length, 2)
    assert.ok((await told()).some(({ text }) => text.includes('A new lamp is on its way.')))
    const known = await app.workflow.db
      .selectFrom('cases')
      .selectAll()
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
    assert.ok(known.told_at !== null && known.told_how === 'email')
    const sent = await app.facts.query<{ n: number }>(
      'SELECT count() AS n FROM events FINAL WHERE customer_id = 3 AND event_id IN {ids:Array(String)}',
      { ids: [`sent:notice:case-opened:${caseId}`, `sent:notice:${key}`] },
    )
    assert.equal(sent[0]?.n, 2, 'known to the timeline')
  })

  test('the portal shows how far it is; "not solved" opens it again, counted, and the next end is told anew', async () => {
    const { app } = opened()
    const guest = await opened().signedIn(3)
    await guest.open('/portal/cases')
    assert.match(guest.shown.body, /Settled[\s\S]*A new lamp|A new lamp[\s\S]*Settled/)
    const { case_id: caseId } = await app.workflow.db
      .selectFrom('cases')
      .select('case_id')
      .orderBy('case_id', 'desc')
      .executeTakeFirstOrThrow()
    await guest.open(`/portal/cases/${caseId}`)
    assert.match(guest.shown.body, /Settled on[\s\S]*Outcome[\s\S]*A new lamp is on its way/)
    await guest.send(`/portal/cases/${caseId}/words`, { words: 'This one is broken, too' })
    assert.match(guest.shown.body, /It is open again/)
    const open = await app.workflow.db
      .selectFrom('cases')
      .selectAll()
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
    assert.deepEqual([open.state, open.reopened, open.told_at], ['open', 1, null])
    const note = await app.workflow.db
      .selectFrom('case_notes')
      .selectAll()
      .where('what', '=', 'opened-again')
      .executeTakeFirst()
    assert.deepEqual([note?.text, note?.user_id], ['This one is broken, too', null])
    const row = await resolveCase(app, caseId, AGENT, { outcome: 'put-right', resolution: 'Money back.' })
    assert.equal((await settled(`case-resolved:${caseId}:${row.resolved_at!.getTime()}`)).state, 'sent')
    const stranger = await opened().signedIn(1)
    await stranger.open('/portal/cases')
    const csrf = (await stranger.open('/portal/cases/new')) && stranger.fields('/portal/cases/new')
    assert.equal((await stranger.open(`/portal/cases/${caseId}/words`, { ...csrf, words: 'x' })).status, 404)
  })

  test('who has a mobile alone is told by SMS in the words of the approved fragment, not at night; who was told by telephone is not told again', async () => {
    const { app, folder } = opened()
    const text = (words: string) => [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text: words }] }]
    const blocks = [{ id: 'a', type: 'text' as const, text: { 'zh-CN': text('{kind}{number}号已办结：{resolution}') } }]
    await publishFragment(app, 'case-resolved', {
      title: { en: 'Case resolved', zh: '工单办结' },
      owner: '',
      content: { languages: ['zh-CN'], blocks },
    } as unknown as Parameters<typeof publishFragment>[2])
    const { caseId } = await openCase(app, {
      customerId: 4,
      kind: 'dispute',
      words: '金额不对',
      source: 'desk',
      at: MORNING,
    })
    const row = await resolveCase(app, caseId, AGENT, { outcome: 'put-right', resolution: `已退款${'。'.repeat(300)}` })
    const key = `case-resolved:${caseId}:${row.resolved_at!.getTime()}`
    const state = async () =>
      (
        await app.workflow.db
          .selectFrom('customer_notices')
          .select('state')
          .where('notice_key', '=', key)
          .executeTakeFirst()
      )?.state
    if ((await state()) === 'waiting')
      assert.equal(
        await carryNotice(app, key, new Date(MORNING.getTime() + 12 * 3600_000)),
        'later',
        'at 22:00 nobody rings',
      )
    await carryNotice(app, key, MORNING)
    const spool = join(folder, 'out/sms')
    const files = (await readdir(spool, { withFileTypes: true })).filter(file => file.isFile())
    const sms = (await Promise.all(files.map(({ name }) => readFile(join(spool, name), 'utf8')))).filter(
      one => one.includes('+8613800000004') && one.includes('办结'),
    )
    assert.equal(sms.length, 1)
    assert.match(sms[0]!, new RegExp(`争议${caseId}号已办结：已退款。+…`))

    await goOn(app, caseId, AGENT, '再查')
    const ended = await resolveCase(app, caseId, AGENT, { outcome: 'explained', resolution: '电话已说明' })
    const again = `case-resolved:${caseId}:${ended.resolved_at!.getTime()}`
    await noteTold(app, caseId, AGENT, '电话')
    await carryNotice(app, again, MORNING)
    assert.ok(['void', 'sent'].includes((await settled(again)).state))
    const nobody = await openCase(app, { customerId: 99, kind: 'request', words: '?', source: 'desk' })
    assert.equal((await settled(`case-opened:${nobody.caseId}`)).state, 'nobody')
  })

  test('a survey by SMS with a number sent back, by its link, at the kiosk, in the portal, by an agent: attributes at once, once each', async () => {
    const { app, folder, http } = opened()
    const surveyId = await addSurvey(
      app,
      surveySchema.parse({
        name: both('How was it?'),
        where: ['portal', 'kiosk', 'desk'],
        questions: [
          { attribute: 'nps', kind: 'recommendation', ask: both('Would you recommend us?') },
          { attribute: 'why', kind: 'text', ask: both('Why?') },
        ],
        thanks: both('Thank you'),
      }),
      AGENT,
    )
    await setSurveyState(app, surveyId, 'live')
    const attribute = async (customer: number, name = 'nps') => {
      const [row] = await app.facts.query<{ value: string }>(
        'SELECT value FROM customer_attributes WHERE customer_id = {customer:UInt64} AND name = {name:String}',
        { customer, name },
      )
      return row?.value
    }
    const by = async () =>
      (
        await app.facts.query<{ said: string }>(
          `SELECT concat(toString(customer_id), ' ', toString(channel)) AS said FROM events FINAL WHERE type = 'survey-answered' ORDER BY said`,
          {},
        )
      ).map(({ said }) => said)

    // By SMS: at night nobody is asked, in the morning once, with a short link and a number to send back.
    await app.facts.exec(
      `INSERT INTO customer_consents (run_id, customer_id, channel, granted, at, source) VALUES (1000001, 4, 'sms', 1, '2010-11-01 00:00:00', 'crm')`,
      {},
    )
    const asked = { surveyId, channel: 'sms' as const, customers: [4] }
    assert.deepEqual(await inviteSome(app, asked, new Date(MORNING.getTime() + 12 * 3600_000)), [4])
    for (const _ of [1, 2]) assert.deepEqual(await inviteSome(app, asked, MORNING), [])
    const names = (await readdir(join(folder, 'out/sms'), { withFileTypes: true })).filter(file => file.isFile())
    const texts = await Promise.all(names.map(({ name }) => readFile(join(folder, 'out/sms', name), 'utf8')))
    const [invitation, ...more] = texts.filter(text => text.includes('recommend'))
    assert.equal(more.length, 0)
    assert.match(invitation!, /请直接回复 0 到 10 的数字.*https:\/\/c\.example\/s\/[\w-]{22}\b/)
    const draft = {
      kind: 'mail-listener',
      name: 'in',
      settings: { host: '127.0.0.1', port: 0, domains: ['b.example'] },
    }
    await saveChannel(app, { ...draft, secrets: {}, state: 'off', position: 0 }, { userId: AGENT })
    const [channel] = await channels(app)
    const from = '+86 138 0000 0004'
    assert.equal(await recordReply(app, channel!, { from, text: '11', id: 'r0' }), 'unknown', 'no step of the scale')
    for (const _ of [1, 2])
      assert.equal(await recordReply(app, channel!, { from, text: '９分。很好', id: 'r1' }), 'reply')
    assert.deepEqual([await attribute(4), await attribute(4, 'why')], ['9', '很好'])
    assert.deepEqual(await by(), ['4 sms'])

    // By its link.
    const link = /\/s\/[\w-]{22}/.exec(invitation!)![0]
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    assert.equal((await http.inject({ method: 'POST', url: link, payload: 'nps=7', headers: form })).statusCode, 200)
    assert.equal(await attribute(4), '7', 'the later answer holds')

    // At the kiosk, after what was done there.
    const { code } = await addKiosk(app, '南京路', 0)
    const guest = new TestCustomer(http, { [DEVICE_COOKIE]: (await pair(app, code))! })
    await guest.open('/kiosk')
    await guest.send('/kiosk/card', { number: '1001', birth: '1970-01-02' })
    assert.ok(!guest.shown.body.includes('recommend'), 'not before')
    await guest.open('/kiosk/call')
    await guest.send('/kiosk/call', { words: '请帮忙' })
    assert.equal(guest.shown.body.match(/type="radio" name="q-nps"/g)?.length, 11)
    await guest.send(`/kiosk/surveys/${surveyId}`, { 'q-nps': '' })
    assert.equal(guest.shown.status, 400)
    await guest.send(`/kiosk/surveys/${surveyId}`, { 'q-nps': '8' })
    assert.match(guest.shown.body, /Thank you for your answers/)
    await guest.open('/kiosk/call')
    await guest.send('/kiosk/call', { words: '再来' })
    assert.ok(!guest.shown.body.includes('recommend'), 'asked once')

    // In the portal.
    const home = await opened().signedIn(3)
    await home.open('/portal/cases/new')
    await home.send('/portal/cases/new', { kind: 'request', words: 'When do you open?' })
    const answers = home.fields(`/portal/surveys/${surveyId}`, { 'q-nps': '10', 'q-why': '<b>kind</b>' })
    for (const _ of [1, 2]) await home.open(`/portal/surveys/${surveyId}`, answers)
    assert.deepEqual([await attribute(1), await attribute(3), await attribute(3, 'why')], ['8', '10', '<b>kind</b>'])

    // By an agent, at the end of the call.
    assert.equal((await surveyFor(app, 2, 'desk'))?.surveyId, surveyId)
    await openTasks(app, [{ taskId: 'o-2', kind: 'opportunity', rank: 25, customerId: 2, priority: 1, notes: '' }])
    await takeTask(app, 'o-2', AGENT)
    const outcome = (nps: string) => ({
      id: crypto.randomUUID(),
      outcome: 'served' as const,
      survey: { surveyId, answers: { nps } },
    })
    await assert.rejects(recordOutcome(app, 'o-2', AGENT, outcome('11')), { code: 'survey.bad-answer' })
    const ended = outcome('3')
    for (const _ of [1, 2]) await recordOutcome(app, 'o-2', AGENT, ended)
    assert.equal(await attribute(2), '3')
    assert.equal(await surveyFor(app, 2, 'desk'), null)
    assert.deepEqual(await by(), ['1 kiosk', '2 desk', '3 portal', '4 sms', '4 sms'])

    assert.equal((await surveyFor(app, 6, 'kiosk'))?.surveyId, surveyId)
    await declineSurvey(app, { surveyId, customerId: 6, channel: 'kiosk' })
    assert.equal(await surveyFor(app, 6, 'kiosk'), null, 'who would rather not is not asked again')
  })

  test('a number is a rating alone or before a mark; sentences that begin with one are none', () => {
    for (const text of ['0', '10', ' 9 ', '９分', '9, thank you', '10。很好', '5 points', '8\nkind people'])
      assert.ok(readRating(text), text)
    for (const text of ['', '11', '10 days late', '3.5', '9-5', '138 0000 0004', 'nine', '1 更多', '5分钟没人接'])
      assert.equal(readRating(text), null, text)
  })
}
