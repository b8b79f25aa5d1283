import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { stage as analyze } from '../../analyze/index.ts'
import { stage as campaign } from '../../campaign/index.ts'
import { stage as collect } from '../../collect/index.ts'
import { stage as optimize } from '../../optimize/index.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { composers } from '../composers.ts'
import { rulesHeld } from '../data/rules-held.ts'
import { fragmentList } from '../fragments/list.ts'
import { stage as personalize } from '../index.ts'
import { loadSample } from '../load-sample.ts'
import { liveTemplates, templateVersion } from '../template-store.ts'
import { sampleTemplates } from '../templates-folder.ts'
import { comment, commentsOf, resolveComment } from './comments.ts'
import { differenceBetween } from './diff.ts'
import { draftRow, dropDraft, saveDraft, startDraft } from './drafts.ts'
import { contentVersions, draftsOf, versionOf } from './list.ts'
import { newTemplate } from './new-content.ts'
import { readSource } from './read-source.ts'
import { answerDraft, askApproval, problemsOfDraft } from './release.ts'
import { rollBack, withdraw } from './roll-back.ts'
import type { FragmentSource, TemplateDraftSource } from './source.ts'
import { toExpert } from './to-expert.ts'
import { whereUsed } from './where-used.ts'

let app: OpenApp
let folder: string
const anna = { userId: 1, name: 'anna' }
const ben = { userId: 2, name: 'ben' }

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-templates-'))
  app = await openTestApp(folder, [collect, analyze, optimize, campaign, personalize])
  await loadSample(app, join(sampleTemplates, '..'), () => undefined)
})
after(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

const live = async (id: string, asOf: string) =>
  (await liveTemplates(app, asOf)).find(({ content }) => content.id === id)?.number
const said = (text: string) => ({ en: [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text }] }] })

/** A draft of the letter in which the closing reads otherwise. */
async function rewritten(text: string): Promise<number> {
  const id = await startDraft(app, 'template', 'letter', undefined, anna)
  const { source, revision } = await draftRow(app, id)
  const { design, ...rest } = source as TemplateDraftSource
  const blocks = design!.blocks.map(block => (block.id === 'closing' ? { ...block, text: said(text) } : block))
  const changed = readSource('template', 'letter', { ...rest, design: { ...design, blocks } })
  await saveDraft(app, id, { revision, source: changed, note: '' }, anna)
  return id
}

test('a version holds from its date once another person approved it; what was there holds before', async () => {
  const id = await rewritten('FIRST')
  await askApproval(app, id, { from: '2011-01-01', to: null, note: '' }, anna)
  assert.equal(await live('letter', '2011-06-01'), 1, 'asked is not approved')
  await assert.rejects(answerDraft(app, id, 'approve', '', anna), /another person/)
  await assert.rejects(
    saveDraft(app, id, { revision: 2, source: (await draftRow(app, id)).source, note: '' }, anna),
    /waiting for approval/,
  )
  await answerDraft(app, id, 'approve', '', ben)
  assert.deepEqual([await live('letter', '2010-12-31'), await live('letter', '2011-01-01')], [1, 2])
  await assert.rejects(answerDraft(app, id, 'approve', '', ben), /approved/)
  const { versions } = await contentVersions(app, 'template', 'letter', ben)
  assert.deepEqual(
    versions.map(({ version, state, approvedBy }) => [version, state, approvedBy]),
    [
      [2, 'live', 'ben'],
      [1, 'past', ''],
    ],
  )
  const { content } = await templateVersion(app, 'letter', 2)
  assert.deepEqual(
    content.fragments?.map(({ id: fragment }) => fragment),
    ['about-product', 'greeting', 'opening', 'signature'],
  )
})

test('a season: a version with an end gives way to the one before it; going back is a version of its own', async () => {
  const id = await rewritten('SEASON')
  await assert.rejects(
    askApproval(app, id, { from: '2011-12-01', to: '2011-11-01', note: '' }, anna),
    /before it begins/,
  )
  await askApproval(app, id, { from: '2011-12-01', to: '2011-12-31', note: '' }, anna)
  await answerDraft(app, id, 'approve', '', ben)
  assert.deepEqual(
    [await live('letter', '2011-12-01'), await live('letter', '2011-12-31'), await live('letter', '2012-01-01')],
    [3, 3, 2],
  )
  assert.equal(await rollBack(app, 'template', 'letter', { version: 1, from: '2012-02-01', note: 'again' }, ben), 4)
  const [once, again] = await Promise.all([templateVersion(app, 'letter', 1), templateVersion(app, 'letter', 4)])
  assert.equal(again.content.hash, once.content.hash, 'byte for byte what it was')
  assert.deepEqual([await live('letter', '2012-01-31'), await live('letter', '2012-02-01')], [2, 4])
  await withdraw(app, 'template', 'letter', 4)
  assert.equal(await live('letter', '2012-02-01'), 2)
})

test('what is refused is a draft again, and its version never holds', async () => {
  const id = await rewritten('WRONG')
  await askApproval(app, id, { from: '2010-01-01', to: null, note: '' }, anna)
  const { version } = await draftRow(app, id)
  await answerDraft(app, id, 'refuse', 'not so', ben)
  const row = await draftRow(app, id)
  assert.deepEqual([row.state, row.decision_note, row.version], ['draft', 'not so', null])
  assert.notEqual(await live('letter', '2013-01-01'), version)
  const said = await comment(app, id, { block: 'closing', text: 'say it otherwise' }, ben)
  const [summary] = await draftsOf(app, { kind: 'template', object: 'letter', open: true }, ben)
  assert.deepEqual([summary?.id, summary?.comments], [id, 1])
  await resolveComment(app, id, said, true, anna)
  assert.equal((await commentsOf(app, id))[0]?.resolvedBy, 'anna')
  await dropDraft(app, id, true)
  await assert.rejects(askApproval(app, id, { from: '2010-01-01', to: null, note: '' }, anna), /thrown away/)
  await dropDraft(app, id, false)
})

test('nobody writes over what somebody else saved', async () => {
  const id = await startDraft(app, 'template', 'email', undefined, anna)
  const { source } = await draftRow(app, id)
  assert.equal(await saveDraft(app, id, { revision: 1, source, note: 'mine' }, ben), 2)
  await assert.rejects(saveDraft(app, id, { revision: 1, source, note: 'late' }, anna), /ben.*revision 2/)
  await askApproval(app, id, { from: '2014-01-01', to: null, note: '' }, anna)
  await assert.rejects(answerDraft(app, id, 'approve', '', ben), /another person/, 'who saved it once is an author')
  await answerDraft(app, id, 'withdraw', '', anna)
})

test('an expert goes on with the files themselves, and they compose to the same pages', async () => {
  const id = await startDraft(app, 'template', 'letter', 1, anna)
  await toExpert(app, id, 1, anna)
  const { source } = await draftRow(app, id)
  const { files, design } = source as TemplateDraftSource
  assert.ok(design === undefined && files['main.typ']?.includes('// block closing'))
  await askApproval(app, id, { from: '2015-01-01', to: null, note: '' }, anna)
  await answerDraft(app, id, 'approve', '', ben)
  const versions = await Promise.all(
    [1, (await live('letter', '2015-01-01'))!].map(number => templateVersion(app, 'letter', number)),
  )
  const outcomes = await Promise.all(
    versions.map(({ content }) => composers(app).compose(content, [content.examples[0]!])),
  )
  const [a, b] = outcomes.map(([outcome]) => (outcome?.state === 'composed' ? outcome.sha256 : outcome?.detail))
  assert.equal(a, b)
})

test('a newer fragment leaves live templates as they are and offers a draft of each', async () => {
  const id = await startDraft(app, 'fragment', 'greeting', undefined, anna)
  const { source } = await draftRow(app, id)
  const { content, ...about } = source as FragmentSource
  const blocks = content.blocks.map(block => ({ ...block, text: said('Hello GREETING') }))
  await saveDraft(
    app,
    id,
    {
      revision: 1,
      source: readSource('fragment', 'greeting', { ...about, content: { ...content, blocks } }),
      note: '',
    },
    anna,
  )
  await askApproval(app, id, { from: '2010-06-01', to: null, note: '' }, anna)
  await answerDraft(app, id, 'approve', '', ben)
  assert.deepEqual(
    (await templateVersion(app, 'letter', 2)).content.fragments?.find(use => use.id === 'greeting'),
    { id: 'greeting', version: 1 },
  )
  const offered = (await draftsOf(app, { kind: 'template', open: true }, ben)).filter(
    ({ cause }) => cause?.id === 'greeting' && cause.version === 2,
  )
  const using = (await liveTemplates(app, '2010-06-01')).filter(({ content: { fragments } }) =>
    fragments?.some(use => use.id === 'greeting'),
  )
  assert.deepEqual(
    offered.map(({ object }) => object).sort(),
    using.map(({ content: { id: template } }) => template).sort(),
  )
  assert.ok(offered.length >= 2)
  const mail = offered.find(({ object }) => object === 'email')!
  await askApproval(app, mail.id, { from: '2010-06-01', to: null, note: '' }, anna)
  await answerDraft(app, mail.id, 'approve', '', ben)
  const newest = (await liveTemplates(app, '2010-07-01')).find(({ content: { id: template } }) => template === 'email')!
  assert.deepEqual(
    newest.content.fragments?.find(use => use.id === 'greeting'),
    { id: 'greeting', version: 2 },
  )
  assert.ok(JSON.stringify(newest.content.files).includes('Hello GREETING'))
  const listed = (await fragmentList(app)).find(fragment => fragment.id === 'greeting')
  assert.deepEqual([listed?.version, listed?.state], [2, 'live'])
  const used = await whereUsed(app, { of: 'fragment', id: 'greeting' })
  assert.ok(used.some(use => use.id === 'email' && use.version !== null && use.blocks.includes('dear')))
  await assert.rejects(async () => {
    await withdraw(app, 'fragment', 'signature', 1)
  }, /signature.*live templates/)
})

test('problems name block and field in both languages, and hold a draft back', async () => {
  const id = await newTemplate(
    app,
    { id: 'winter', from: 'letter', title: { en: 'Winter', zh: '冬季' }, kind: 'letter', empty: true },
    anna,
  )
  const { source, revision } = await draftRow(app, id)
  const { design, ...rest } = source as TemplateDraftSource
  const blocks = [
    { id: 'a', type: 'text', text: { en: [{ type: 'paragraph', content: [{ type: 'field', path: 'to.nmae' }] }] } },
    { id: 'b', type: 'fragment', fragment: 'nowhere' },
    { id: 'c', type: 'divider', when: { by: 'rule', rule: { all: [{ feature: 'shoe_size', op: '>', value: 3 }] } } },
    { id: 'd', type: 'button', label: { en: [] }, link: [{ type: 'field', path: 'to.name' }] },
  ]
  await saveDraft(
    app,
    id,
    { revision, source: readSource('template', 'winter', { ...rest, design: { ...design, blocks } }), note: '' },
    anna,
  )
  const problems = (await problemsOfDraft(app, await draftRow(app, id), '2010-12-01')).filter(
    ({ severity }) => severity === 'error',
  )
  assert.deepEqual(
    problems.map(({ block, field }) => [block, field]),
    [
      ['a', 'to.nmae'],
      ['b', undefined],
      ['c', 'shoe_size'],
      ['d', undefined],
      ['d', undefined],
    ],
  )
  assert.ok(problems.every(({ message }) => message.en !== '' && /\p{Script=Han}/u.test(message.zh)))
  await assert.rejects(
    askApproval(app, id, { from: '2010-12-01', to: null, note: '' }, anna),
    /winter: a: There is no field "to.nmae"/,
  )
  assert.throws(
    () =>
      readSource('template', 'winter', {
        ...rest,
        design: { ...design, blocks: [{ id: 'q', type: 'space', height: 'x' }] },
      }),
    /winter, block q/,
  )
  await assert.rejects(
    newTemplate(app, { id: 'winter', from: 'letter', title: { en: 'W', zh: '冬' }, kind: 'letter', empty: true }, ben),
    /already/,
  )
})

test('differences: blocks by their words, conditions in words, files line by line', async () => {
  const found = await differenceBetween(app, 'template', 'letter', '1', '2')
  assert.deepEqual(
    found.blocks.map(({ block, kind }) => [block, kind]),
    [['closing', 'changed']],
  )
  const words = found.blocks[0]?.words.find(({ language }) => language === 'en')
  assert.ok(words?.before.includes('last order') && words.after === 'FIRST')
  const expert = await differenceBetween(app, 'template', 'letter', '1', `${await live('letter', '2015-01-01')}`)
  assert.ok(expert.files.some(({ file, lines }) => file === 'main.typ' && lines.every(({ kind }) => kind === 'added')))
  const { rules } = await versionOf(app, 'template', 'letter', 1)
  assert.equal(rules.length, 1)
  assert.match(rules[0]!.words.en, /180/)
})

test('rules of segments are answered for all customers of a part in one statement', async () => {
  const { workflow, facts } = app
  const { db } = workflow
  const started = { state: 'running' as const, started_at: new Date() }
  const turn = await db
    .insertInto('turns')
    .values({ ...started, as_of: '2010-12-01', heartbeat: new Date() })
    .returning('id')
    .executeTakeFirstOrThrow()
  const run = async (step: string) => {
    const row = {
      ...started,
      state: 'committed' as const,
      turn_id: turn.id,
      step,
      figures: asJson({}),
      done: 0,
      total: 0,
      note: '',
    }
    return (await db.insertInto('runs').values(row).returning('id').executeTakeFirstOrThrow()).id
  }
  const [features, models] = [await run('features'), await run('models')]
  await facts.insert('features', [
    { run_id: features, customer_id: 11, recency_days: 200 },
    { run_id: features, customer_id: 12, recency_days: 20 },
    { run_id: features, customer_id: 13, recency_days: null },
    { run_id: features - 1, customer_id: 12, recency_days: 999 },
  ])
  await facts.insert(
    'scores',
    [11, 12, 13].map((customer_id, at) => ({ run_id: models, customer_id, r: at + 1 })),
  )
  const held = await rulesHeld(
    app,
    turn.id,
    {
      long: { all: [{ feature: 'recency_days', op: '>', value: 180 }] },
      best: {
        any: [
          { all: [{ feature: 'r', op: '>=', value: 3 }] },
          { all: [{ feature: 'recency_days', op: '<', value: 30 }] },
        ],
      },
      gone: { all: [{ feature: 'taken_away', op: 'known' }] },
    },
    [11, 12, 13, 14],
  )
  assert.deepEqual(
    [...held].sort(([a], [b]) => a - b),
    [
      [11, { long: true }],
      [12, { best: true }],
      [13, { best: true }],
    ],
  )
})
