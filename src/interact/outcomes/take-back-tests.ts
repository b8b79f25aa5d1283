/** For tests: whatever an outcome had set in motion, saved and taken back it is as if it had not been; consents at most less than before. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { standingConsents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { addUser } from '../../platform/auth/users.ts'
import { lately } from '../desk/lately.ts'
import { nextBestOffer } from '../desk/next-best-offer.ts'
import { surveySchema } from '../surveys/survey.ts'
import { addSurvey, setSurveyState } from '../surveys/survey-store.ts'
import { takeTask } from '../tasks/claim.ts'
import { draftOf, saveDraft } from '../tasks/drafts.ts'
import { openTasks } from '../tasks/open-tasks.ts'
import { type Outcome, recordOutcome } from '../tasks/outcome.ts'
import { taskById } from '../tasks/task-table.ts'
import { countCalls } from '../team/counts.ts'
import { outcomeParts, takeBackOutcome } from './take-back-outcome.ts'

const CUSTOMER = 7001
const OTHER = 7002
const both = (text: string) => ({ en: text, zh: text })

type Said = Omit<Outcome, 'id'>

export function takeBackTests(opened: () => App): void {
  let app: App
  let anna = 0
  let bela = 0
  let surveyId = 0

  before(async () => {
    app = opened()
    const runId = (await app.runs.latest('identity'))!
    const row = (id: number, more: object) => ({
      source: 'crm',
      row_key: `r${id}`,
      mobile: `+861380000${id}`,
      mobile2: `+861390000${id}`,
      email: `c${id}@mail.example`,
      ...more,
    })
    const people = [CUSTOMER, OTHER]
    await app.facts.insert(
      'golden_records',
      people.map(id => ({
        run_id: runId,
        customer_id: id,
        kind: 'person',
        name: `王${id}`,
        mobile: `+861380000${id}`,
        email: `c${id}@mail.example`,
        country: 'CN',
        language: 'zh-CN',
        records: 1,
        provenance: '{}',
      })),
    )
    const record = { import_id: 1, kind: 'person', updated_at: new Date('2010-01-01'), raw: '{}' }
    await app.facts.insert(
      'source_records',
      people.map(id => row(id, { ...record, full_name: `王${id}` })),
    )
    await app.facts.insert(
      'current_records',
      people.map(id => row(id, { run_id: runId, record_no: id })),
    )
    await app.facts.insert(
      'record_links',
      people.map(id => ({ run_id: runId, customer_id: id, source: 'crm', row_key: `r${id}`, probability: 1 })),
    )
    for (const login of ['tb-anna', 'tb-bela']) {
      const user = await addUser(app, { login, name: login, roles: ['agent'], password: 'long enough', lang: 'en' })
      if (login === 'tb-anna') anna = user
      else bela = user
    }
    const survey = surveySchema.parse({
      name: both('After the call'),
      thanks: both('Thank you'),
      questions: [{ attribute: 'nps', kind: 'recommendation', ask: both('Would you recommend us?') }],
    })
    surveyId = await addSurvey(app, survey, anna)
    await setSurveyState(app, surveyId, 'live')
    // Something is known before, so that it can come back: an answer, a consent, an attribute.
    const earlier = await held('callback', 'tb-earlier')
    await recordOutcome(app, earlier, anna, {
      id: randomUUID(),
      outcome: 'served',
      fields: { email: 'told@mail.example' },
      attributes: { likes: 'price' },
      answers: { 'consent.email': 'granted', 'consent.call': 'granted' },
    })
  })

  async function held(kind: 'callback' | 'opportunity', taskId: string): Promise<string> {
    await openTasks(app, [
      {
        taskId,
        kind,
        customerId: CUSTOMER,
        priority: 1,
        dueAt: new Date(0),
        offer: kind === 'opportunity' ? 'lamp' : '',
      },
    ])
    await takeTask(app, taskId, anna)
    return taskId
  }

  /** All that is derived of the customer, and of the team. */
  async function state() {
    const { db } = app.workflow
    const runId = (await app.runs.latest('identity'))!
    const today = new Date().toISOString().slice(0, 10)
    const standing = await standingConsents(app, runId, [CUSTOMER])
    const happened = await lately(app, CUSTOMER)
    const planned = [{ offer: 'lamp', channel: 'call', control: 0, acceptance: 0.1 }] as unknown as Parameters<
      typeof nextBestOffer
    >[1]
    return {
      golden: await app.facts.query(
        "SELECT name, mobile, email, city, JSONExtractString(provenance, 'email', 'source') AS told FROM golden_records WHERE run_id = {runId:UInt64} AND customer_id = {id:UInt64}",
        { runId, id: CUSTOMER },
      ),
      attributes: await app.facts.query(
        'SELECT name, value, source FROM customer_attributes WHERE run_id = {runId:UInt64} AND customer_id = {id:UInt64} ORDER BY name',
        { runId, id: CUSTOMER },
      ),
      events: await app.facts.query(
        "SELECT type, count() AS n FROM events FINAL WHERE customer_id = {id:UInt64} AND type != 'retracted' GROUP BY type ORDER BY type",
        { id: CUSTOMER },
      ),
      complaint: happened.complaint,
      offer: (await nextBestOffer(app, planned, happened.rows, happened.complaint?.open ?? false))?.mayNot ?? null,
      tasks: await db
        .selectFrom('tasks')
        .select([
          'task_id',
          'state',
          'attempts',
          'tries',
          'outcome',
          'outcome_id',
          'notes',
          'stop_reason',
          'ending',
          'customer_id',
          'due_at',
        ])
        .where('customer_id', '=', CUSTOMER)
        .orderBy('task_id')
        .execute(),
      shut: await db
        .selectFrom('suppressions')
        .select(['channel', 'address_hash', 'reason'])
        .orderBy('address_hash')
        .execute(),
      surveys: await db
        .selectFrom('survey_invitations')
        .select(['state', 'reason'])
        .where('customer_id', '=', CUSTOMER)
        .execute(),
      cases: await db
        .selectFrom('cases')
        .select('case_id')
        .where('customer_id', '=', CUSTOMER)
        .where('state', '!=', 'resolved')
        .execute(),
      team: (await countCalls(app, { from: today, to: today, by: 'all', userId: anna })).map(
        ({ hours: _, ...rest }) => rest,
      ),
      open: [...standing]
        .filter(([, { granted }]) => granted)
        .map(([key]) => key)
        .sort(),
    }
  }

  /** Saves it, takes it back, and returns what was open to us before and after. */
  async function thereAndBack(kind: 'callback' | 'opportunity', said: Said, hadBefore: readonly string[]) {
    const taskId = await held(kind, `tb-${randomUUID()}`)
    await openTasks(app, [
      { taskId: `${taskId}-o`, kind: 'opportunity', customerId: CUSTOMER, priority: 1, offer: 'rug' },
    ])
    await sql`UPDATE tasks SET state = 'open', held_by = NULL, held_at = NULL, held_until = NULL WHERE task_id = ${taskId}`.execute(
      app.workflow.db,
    )
    const was = await state()
    await takeTask(app, taskId, anna)
    const id = randomUUID()
    await recordOutcome(app, taskId, anna, { id, ...said })
    const between = await state()
    assert.notDeepEqual(between, was)
    const shown = await outcomeParts(app, id, { userId: anna, lead: false })
    const { parts } = await takeBackOutcome(app, id, { userId: anna, lead: false }, 'list')
    assert.deepEqual(parts, shown.parts, 'what is done is what was shown')
    const { open, ...is } = await state()
    const { open: openBefore, ...rest } = was
    assert.deepEqual(is, rest, JSON.stringify(said))
    assert.ok(
      open.every(channel => openBefore.includes(channel)),
      'never more consent than before',
    )
    assert.deepEqual(
      open,
      openBefore.filter(channel => hadBefore.includes(channel)),
    )
    const late = recordOutcome(app, await taken(taskId), anna, { id, ...said })
    await assert.rejects(late, { code: 'outcomes.taken-back' }, 'sent again by a browser that slept')
    await sql`UPDATE tasks SET state = 'done', held_by = NULL WHERE task_id IN (${taskId}, ${`${taskId}-o`})`.execute(
      app.workflow.db,
    )
  }

  const taken = async (taskId: string) => (await takeTask(app, taskId, anna)).task_id
  const ALL = [`${CUSTOMER}/call`, `${CUSTOMER}/email`]

  test('an acceptance with all that was told: profile, research, survey, consents and figures are as before', () =>
    thereAndBack(
      'opportunity',
      {
        outcome: 'accepted',
        fields: { email: 'wrong@mail.example' },
        attributes: { likes: 'service', size: 'large' },
        answers: { 'consent.email': 'refused', 'consent.sms': 'granted', 'consent.letter': 'refused' },
        survey: { surveyId, answers: { nps: '9' } },
      },
      ALL,
    ))

  test('do not call: number and lists are open again, and the consent that was there', () =>
    thereAndBack('opportunity', { outcome: 'do-not-call' }, ALL))

  test('a complaint: its case is closed as mistaken, offers go on, a survey put off may be asked', () =>
    thereAndBack('callback', { outcome: 'complaint', note: 'lamp', survey: { surveyId, answers: {} } }, ALL))

  test('a wrong number is rung again', () => thereAndBack('callback', { outcome: 'wrong-number' }, ALL))

  test('who may, and how long; what was typed comes back to the agent, the talk is not longer for it', async () => {
    const own = { userId: anna, lead: false }
    const taskId = await held('callback', 'tb-who')
    await saveDraft(app, taskId, anna, {
      revision: 1,
      body: { id: randomUUID(), outcome: 'refused', note: 'wants a rug' },
    })
    await sql`UPDATE tasks SET held_at = now() - interval '90 seconds' WHERE task_id = ${taskId}`.execute(
      app.workflow.db,
    )
    const id = randomUUID()
    await recordOutcome(app, taskId, anna, { id, outcome: 'refused', note: 'wants a rug' })
    await assert.rejects(outcomeParts(app, id, { userId: bela, lead: false }), { code: 'outcomes.not-yours' })
    await assert.rejects(outcomeParts(app, randomUUID(), own), { code: 'outcomes.none' })
    await ago(id, 30)
    await assert.rejects(takeBackOutcome(app, id, own, 'agent'), { code: 'outcomes.too-late' })
    await ago(id, 24 * 15)
    await assert.rejects(outcomeParts(app, id, { userId: bela, lead: true }), { code: 'outcomes.too-old' })
    await ago(id, 0)
    const tries = await Promise.allSettled(['agent', 'agent'].map(() => takeBackOutcome(app, id, own, 'agent')))
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1, 'of two at once one does it')
    const back = await taskById(app, taskId)
    assert.deepEqual([back.state, back.held_by, back.attempts, back.outcome], ['held', anna, 0, null])
    const seconds = (Date.now() - back.held_at!.getTime()) / 1000
    assert.ok(seconds >= 90 && seconds < 300, `${seconds} s`)
    assert.deepEqual((await draftOf(app, taskId))?.body, { note: 'wants a rug' })
    await assert.rejects(takeBackOutcome(app, id, own, 'agent'), { code: 'outcomes.taken-back' })
    // Said again, under a new id, and taken back by whoever leads the team: it waits for the agent.
    const [second, third] = [randomUUID(), randomUUID()]
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
    await recordOutcome(app, taskId, anna, { id: second, outcome: 'callback', callbackAt: tomorrow })
    await takeTask(app, taskId, bela)
    await assert.rejects(takeBackOutcome(app, second, own, 'agent'), { code: 'outcomes.in-hand' })
    await recordOutcome(app, taskId, bela, { id: third, outcome: 'no-answer' })
    await assert.rejects(takeBackOutcome(app, second, own, 'agent'), { code: 'outcomes.later' })
    await takeBackOutcome(app, third, { userId: anna, lead: true }, 'agent')
    const waits = await taskById(app, taskId)
    assert.deepEqual([waits.state, waits.for_user, waits.attempts, waits.outcome], ['open', bela, 1, 'callback'])
  })

  test('a question that the call had answered is open again, unless it was asked anew', async () => {
    const ask = async () => {
      const { rows } = await sql<{ verification_id: number }>`
        INSERT INTO collect_verifications (customer_id, field, way, state, priority, asked_by, asked_at, refusals)
        VALUES (${OTHER}, 'email', 'call', 'open', 1, ${anna}, now(), 0) RETURNING verification_id::int4`.execute(
        app.workflow.db,
      )
      return rows[0]!.verification_id
    }
    const stateOf = async (id: number) => {
      const { rows } = await sql<{ state: string }>`
        SELECT state FROM collect_verifications WHERE verification_id = ${id}`.execute(app.workflow.db)
      return rows[0]?.state
    }
    const question = await ask()
    const answered = async () => {
      const taskId = `verify-${question}`
      await openTasks(app, [{ taskId, kind: 'verification', customerId: OTHER, priority: 1 }])
      await takeTask(app, taskId, anna)
      const id = randomUUID()
      await recordOutcome(app, taskId, anna, { id, outcome: 'refused' })
      assert.notEqual(await stateOf(question), 'open')
      return id
    }
    await takeBackOutcome(app, await answered(), { userId: anna, lead: false }, 'list')
    assert.equal(await stateOf(question), 'open')
    const id = await answered()
    await ask()
    const { parts } = await takeBackOutcome(app, id, { userId: anna, lead: false }, 'list')
    assert.equal(parts.find(({ done }) => done.what === 'settled')?.stays, 'asked-again')
  })

  const ago = (id: string, hours: number) =>
    sql`UPDATE desk_endings SET at = now() - make_interval(hours => ${hours}) WHERE outcome_id = ${id}`.execute(
      app.workflow.db,
    )
}
