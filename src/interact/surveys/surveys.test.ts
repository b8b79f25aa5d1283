import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { loadSample } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import { buildServer } from '../../platform/http/server.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import * as interact from '../index.ts'
import { inventTurn, openInvented } from '../invented-turn.ts'
import { declineSurvey } from './ask-here.ts'
import { inviteSome } from './invite.ts'
import { responseTo } from './response.ts'
import { measureOf, resultsOf } from './results.ts'
import { type Survey, surveySchema } from './survey.ts'
import { addSurvey, changeSurvey, setSurveyState } from './survey-store.ts'
import { takeAnswer } from './take-answer.ts'

const both = (en: string) => ({ en, zh: en })
const body: Survey = surveySchema.parse({
  name: both('How was it?'),
  thanks: both('Thank you'),
  questions: [
    { attribute: 'nps', kind: 'recommendation', ask: both('Would you recommend us?') },
    {
      attribute: 'likes',
      kind: 'choice',
      ask: both('What?'),
      options: [{ value: 'price', label: both('<b>Price</b>') }],
    },
    { attribute: 'why', kind: 'text', ask: both('Why?') },
  ],
})
let folder: string
let app: OpenApp
let id: number

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-surveys-'))
  app = await openInvented(folder)
  await inventTurn(app, 40, '2010-12-01')
  await loadSample(app, join(import.meta.dirname, '../../../samples'), () => undefined)
  id = await addSurvey(app, body, 1)
})
after(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

test('three questions at most, one attribute each; what is live is not changed', async () => {
  assert.ok(!surveySchema.safeParse({ ...body, questions: [...body.questions, body.questions[0]] }).success)
  assert.ok(!surveySchema.safeParse({ ...body, questions: [body.questions[0], body.questions[0]] }).success)
  await assert.rejects(takeAnswer(app, { surveyId: id, customerId: 1, channel: 'desk', answers: { nps: '9' } }), {
    code: 'survey.not-live',
  })
  await changeSurvey(app, id, body)
  await setSurveyState(app, id, 'live')
  await assert.rejects(changeSurvey(app, id, body), { code: 'survey.not-draft' })
})

test('asked once each, through the gate, with a link of their own; the answer is an attribute, an event and a result', async () => {
  // Invented runs are no committed ones; surveys ask those of the newest.
  const served: App = { ...app, runs: { ...app.runs, latest: async step => (step === 'identity' ? 1_000_001 : null) } }
  const customers = Array.from({ length: 40 }, (_, i) => i + 1)
  await inviteSome(served, { surveyId: id, channel: 'email', customers })
  await inviteSome(served, { surveyId: id, channel: 'email', customers })
  const rows = await app.workflow.db.selectFrom('survey_invitations').selectAll().execute()
  const asked = rows.filter(row => row.state === 'asked')
  assert.ok(asked.length > 0 && asked.length < rows.length, 'some are refused at the gate')
  const mails = await readdir(join(folder, 'out/mail/new'))
  assert.equal(mails.length, asked.length, 'nobody is asked twice')
  const mail = await readFile(join(folder, 'out/mail/new', mails[0]!), 'utf8')
  const token = /\/s\/([\w-]{22})/.exec(mail.replace(/=\r?\n/g, ''))?.[1]
  assert.ok(token, mail)

  const http = await buildServer(served, { stages: [interact.stage], webRoot: folder })
  const page = await http.inject(`/s/${token}?lang=en`)
  assert.match(page.body, /&lt;b&gt;Price/)
  assert.doesNotMatch(page.body, /<script/)
  assert.equal((await http.inject({ url: '/s/nothing' })).statusCode, 404)
  const send = (payload: string) =>
    http.inject({
      method: 'POST',
      url: `/s/${token}`,
      payload,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  assert.equal((await send('nps=11')).statusCode, 400)
  assert.equal((await send('nps=10&why=%3Cscript%3E')).statusCode, 200)
  const results = await resultsOf(app, id)
  const { response } = results
  assert.deepEqual(
    response.channels.map(({ channel, here, asked, answered, held }) => [channel, here, asked, answered, held]),
    [['email', false, asked.length, 1, rows.length - asked.length]],
  )
  assert.equal(results.questions[0]?.all.value, 100)
  assert.deepEqual(
    results.questions[0]?.channels.map(({ channel, measure }) => [channel, measure.n, measure.value]),
    [['email', 1, 100]],
  )
  assert.equal(results.words[0]?.rows[0]?.text, '<script>')
  assert.equal((await send('nps=3')).statusCode, 200)
  assert.equal((await resultsOf(app, id)).questions[0]?.all.value, -100, 'the later answer holds')
  await http.close()
})

test('a rate is of one channel: whom a mail went to, who said "not now" on the telephone; what was not sent is no question', async () => {
  const before = (await responseTo(app, id)).channels[0]!
  const told = { surveyId: id, channel: 'desk', answers: { nps: '9' } }
  const here = (customerId: number) => ({ surveyId: id, customerId, channel: 'desk' })
  // Refused at the gate as a mail, and answered on the telephone: an answer, but of no mail.
  const held = await app.workflow.db
    .selectFrom('survey_invitations')
    .select('customer_id')
    .where('state', '=', 'refused')
    .orderBy('customer_id')
    .executeTakeFirstOrThrow()
  await app.workflow.db
    .updateTable('survey_invitations')
    .set({ state: 'answered', answered_at: new Date() })
    .where('customer_id', '=', held.customer_id)
    .execute()
  for (const customerId of [101, 102, 103]) await declineSurvey(app, here(customerId))
  await app.workflow.db
    .insertInto('survey_invitations')
    .values({
      ...{ survey_id: id, customer_id: 104, token_hash: 'x', channel: told.channel, language: '' },
      ...{ state: 'answered', reason: '', asked_at: new Date(), answered_at: new Date() },
    })
    .execute()
  const { channels, invited, answered } = await responseTo(app, id)
  assert.deepEqual(
    channels.map(({ channel, here, asked, answered, held }) => [channel, here, asked, answered, held]),
    [
      ['desk', true, 4, 1, 0],
      ['email', false, before.asked, 1, before.held - 1],
    ],
  )
  assert.deepEqual([invited.asked, invited.answered, answered], [before.asked, 1, 3])
  const { share, low, high } = channels[0]!.rate
  // Wilson (1927): 1 of 4.
  assert.deepEqual([share, low.toFixed(3), high.toFixed(3)], [0.25, '0.046', '0.699'])
})

test('the net promoter score and the mean, with intervals', () => {
  const nps = measureOf({ kind: 'recommendation' }, { 10: 5, 8: 3, 2: 2 })
  assert.equal(nps.value, 30)
  assert.ok(nps.low! < 30 && nps.high! > 30)
  assert.equal(measureOf({ kind: 'satisfaction' }, { 5: 1, 3: 1 }).value, 4)
  assert.equal(measureOf({ kind: 'satisfaction' }, {}).value, null)
  // Rocks (2016), adjusted Wald: 20 fans and nobody else are no certainty.
  const fans = measureOf({ kind: 'recommendation' }, { 10: 20 })
  assert.deepEqual([fans.value, fans.low!.toFixed(1), fans.high!.toFixed(1)], [100, '69.7', '100.0'])
  const csat = measureOf({ kind: 'satisfaction' }, { 5: 6, 4: 2, 3: 1, 1: 1 }).satisfied!
  assert.deepEqual([csat.share, csat.low.toFixed(3), csat.high.toFixed(3)], [0.8, '0.490', '0.943'])
})
