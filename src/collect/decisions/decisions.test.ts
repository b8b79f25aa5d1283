import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { relationsOf } from '../households/relations.ts'
import { registerSource, stage, steps } from '../index.ts'
import { forgetLookup } from '../lookup/index.ts'
import { mappingSchema } from '../mapping.ts'
import { decidePair } from './decide-pair.ts'
import { explainRecords } from './explain-pair.ts'
import { mergeCustomers } from './merge-customers.ts'
import { previewMerge, previewSplit } from './preview.ts'
import { clustersToReview, reviewQueueOf } from './review-queue.ts'
import { identityRunsOf } from './runs-view.ts'
import { splitCustomer } from './split-customer.ts'
import { chooseThreshold } from './threshold-setting.ts'
import { thresholdViewOf } from './threshold-view.ts'
import { listActions, redoAction, undoAction } from './undo-action.ts'

let dir: string
let app: OpenApp
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-decisions-'))
  await mkdir(join(dir, 'files'))
  app = await openTestApp(join(dir, 'data'), [stage])
})
after(async () => {
  await forgetLookup(app)
  await app.close()
  await rm(dir, { recursive: true, force: true })
})

const FIELDS = [
  ...['row_key', 'kind', 'full_name', 'birth_date', 'mobile', 'email', 'city', 'street', 'postcode', 'org_code'],
  ...['contact_person', 'updated_at'],
]
const surnames = [...'王李张刘陈杨黄赵吴周']
const given = ['建国', '秀英', '海燕', '志强', '丽华', '文博', '雪梅', '永康', '振远', '佳慧']
const person = (i: number, key: string, more: Record<string, string> = {}): string => {
  const row: Record<string, string> = {
    row_key: key,
    kind: 'person',
    full_name: surnames[i % 10]! + given[Math.floor(i / 10)]!,
    birth_date: `19${50 + (i % 40)}-0${1 + (i % 9)}-1${i % 9}`,
    mobile: `139${10_000_000 + i * 7919}`,
    email: `u${i * 37}@example.com`,
    city: '上海市',
    street: `人民路${i + 1}号${i % 7}栋${100 + i}室`,
    postcode: '200001',
    updated_at: '2010-05-01',
    ...more,
  }
  return FIELDS.map(field => row[field] ?? '').join(',')
}

async function turn(asOf: string): Promise<void> {
  const opened = await app.runs.openTurn(asOf)
  for (const step of steps) {
    const { runId } = await app.runs.begin(opened, step)
    const figures = await step.run({ app, turn: opened, runId, runOf: () => runId, progress: () => undefined })
    await app.runs.commit(runId, figures)
  }
  await app.runs.closeTurn(opened)
}

const run = async (): Promise<number> => (await app.runs.latest('identity'))!
async function links(): Promise<Map<string, number>> {
  const rows = await app.facts.query<{ key: string; id: number }>(
    'SELECT row_key AS key, customer_id AS id FROM record_links WHERE run_id = {run:UInt64}',
    { run: await run() },
  )
  return new Map(rows.map(({ key, id }) => [key, id]))
}
const ref = (rowKey: string) => ({ source: 'crm', rowKey })
const steward = { roles: ['steward'] }
const userId = 1
const golden = async (id: number) =>
  app.facts.query<Record<string, string>>(
    'SELECT * FROM golden_records WHERE run_id = {run:UInt64} AND customer_id = {id:UInt64}',
    { run: await run(), id },
  )

test('a run with a queue to review', async () => {
  const mapping = mappingSchema.parse({
    source: 'crm',
    file: 'crm.csv',
    importer: 'csv',
    kind: 'people',
    trust: 0.8,
    columns: FIELDS.map(field => ({ header: field, field })),
  })
  const rows = [
    ...Array.from({ length: 100 }, (_, i) => person(i, `C${i}`)),
    // Half of them again, with another telephone.
    ...Array.from({ length: 50 }, (_, i) => person(i, `S${i}`, { mobile: `138${20_000_000 + i * 31}` })),
    // A wife with her own surname in the flat of number 7, a daughter-in-law elsewhere.
    person(70, 'W7', { full_name: '孙晓明', birth_date: '1961-04-05', street: '人民路8号0栋107室' }),
    person(90, 'O1', {
      kind: 'organisation',
      full_name: '云朵贸易有限公司',
      email: 'info@yunduo.example',
      birth_date: '',
      contact_person: '张秀英',
      mobile: `139${10_000_000 + 12 * 7919}`,
    }),
    person(93, 'P1', {
      full_name: '何佳',
      birth_date: '1980-01-02',
      email: 'hejia@yunduo.example',
      street: '解放路1号',
      mobile: '13700000001',
    }),
  ]
  await writeFile(join(dir, 'files', 'crm.csv'), `${FIELDS.join(',')}\n${rows.join('\n')}\n`)
  await registerSource(app, mapping, join(dir, 'files'))
  await turn('2010-12-01')
  const linked = await links()
  assert.equal(linked.get('S7'), linked.get('C7'))
  const queue = await reviewQueueOf(app, await run(), steward, { reason: '', limit: 20 })
  assert.ok(queue.total > 0 && queue.rows.length > 0)
  const [first] = queue.rows
  const bits = first!.steps.reduce((sum, step) => sum + step.bits + step.rarityBits, 0)
  assert.ok(Math.abs(bits - first!.bits) < 0.01, 'the waterfall adds up to the weight')
})

test('what a role may not see is masked, on both sides, and still told apart', async () => {
  const queue = await reviewQueueOf(app, await run(), { roles: ['analyst'] }, { reason: '', limit: 5 })
  for (const { left, right } of queue.rows)
    for (const { fields } of [left, right]) assert.match(fields['mobile'] ?? '****', /\*\*\*\*/)
})

test('two customers are merged: previewed, at once, kept by the next run, undone and done again', async () => {
  const start = await links()
  const [keep, other] = [start.get('C60')!, start.get('C61')!]
  assert.notEqual(keep, other)
  const preview = await previewMerge(app, await run(), steward, keep, other)
  assert.equal(preview.customers[0]?.records, 2)
  const { actionId } = await mergeCustomers(app, { keep, other, note: 'moved house', userId })
  assert.equal((await links()).get('C61'), keep)
  assert.equal(Number((await golden(keep))[0]?.['records']), 2)
  assert.deepEqual(await golden(other), [])
  await turn('2010-12-02')
  const later = await links()
  assert.deepEqual([later.get('C60'), later.get('C61')], [keep, keep], 'whatever the evidence says')
  for (const [key, id] of start) if (key !== 'C61') assert.equal(later.get(key), id, key)
  await undoAction(app, actionId, userId)
  assert.equal((await links()).get('C61'), other)
  assert.equal((await golden(other)).length, 1)
  await assert.rejects(undoAction(app, actionId, userId), { code: 'collect.action-undone' })
  await turn('2010-12-03')
  assert.equal((await links()).get('C61'), other)
  const again = await redoAction(app, actionId, userId)
  assert.equal((await links()).get('C61'), keep)
  await undoAction(app, again.actionId, userId)
  assert.deepEqual(await links(), start)
})

test('a customer is split: the records stay apart in every later run, until it is undone', async () => {
  const start = await links()
  const id = start.get('C9')!
  assert.equal(start.get('S9'), id)
  const preview = await previewSplit(app, await run(), steward, id, [ref('S9')])
  assert.deepEqual(
    preview.customers.map(({ records }) => records),
    [1, 1],
  )
  const done = await splitCustomer(app, { customerId: id, records: [ref('S9')], note: '', userId })
  assert.equal((await links()).get('S9'), done.customerId)
  await turn('2010-12-04')
  const later = await links()
  assert.deepEqual([later.get('C9'), later.get('S9')], [id, done.customerId])
  await undoAction(app, done.actionId, userId)
  assert.deepEqual(await links(), start)
  const again = await redoAction(app, done.actionId, userId)
  assert.equal((await links()).get('S9'), done.customerId, 'the same number as before')
  await undoAction(app, again.actionId, userId)
})

test('a contradiction is refused, and the decision that stands against it is named', async () => {
  const first = await decidePair(app, {
    left: ref('C9'),
    right: ref('S9'),
    verdict: 'same',
    reason: '',
    note: '',
    userId,
  })
  await assert.rejects(
    decidePair(app, { left: ref('S9'), right: ref('C9'), verdict: 'different', reason: '', note: '', userId }),
    (error: Error & { code: string }) => {
      assert.equal(error.code, 'collect.decision-conflict')
      return error.message.includes(`#${first.actionId}`)
    },
  )
  await undoAction(app, first.actionId, userId)
})

test('answers leave the queue, are labels of the curve, and are undone', async () => {
  const runId = await run()
  const queue = await reviewQueueOf(app, runId, steward, { reason: '', limit: 10 })
  const pair = queue.rows.find(row => row.reason === 'uncertain' || row.reason === 'sample')!
  const refOf = ({ source, rowKey }: { source: string; rowKey: string }) => ({ source, rowKey })
  const done = await decidePair(app, {
    left: refOf(pair.left),
    right: refOf(pair.right),
    verdict: pair.linked ? 'same' : 'different',
    reason: pair.reason,
    note: '',
    userId,
  })
  const next = await reviewQueueOf(app, runId, steward, { reason: '', limit: 10 })
  assert.equal(next.answered, queue.answered + 1)
  assert.ok(next.rows.every(row => row.rank !== pair.rank))
  const view = await thresholdViewOf(app, runId)
  assert.equal(view.labels.same + view.labels.different, 1)
  assert.ok(view.curve.every(point => point.precision >= 0 && point.precision <= 1 && point.recall <= 1))
  await undoAction(app, done.actionId, userId)
  assert.equal((await listActions(app, null, 0, 1)).rows[0]?.undone, true)
})

test('a threshold chosen by a person is used by the next run', async () => {
  await assert.rejects(chooseThreshold(app, 1, userId), { code: 'collect.threshold-bad' })
  await chooseThreshold(app, 0.97, userId)
  await turn('2010-12-05')
  const [newest, before] = (await identityRunsOf(app)).rows
  assert.ok(Math.abs(newest!.threshold - 0.97) < 1e-6)
  assert.equal(newest!.automatic, false)
  assert.equal(before!.automatic, true)
  await chooseThreshold(app, null, userId)
})

test('any two records are explained', async () => {
  const pair = await explainRecords(app, await run(), steward, ref('C3'), ref('S3'))
  const bits = pair.steps.reduce((sum, step) => sum + step.bits + step.rarityBits, 0)
  assert.ok(Math.abs(bits - pair.bits) < 1e-6)
  assert.ok(pair.probability > 0.9)
  assert.equal(pair.agree['mobile'], false)
  const strangers = await explainRecords(app, await run(), steward, ref('C3'), ref('C88'))
  assert.ok(strangers.probability < 0.01)
  await assert.rejects(explainRecords(app, await run(), steward, ref('C3'), ref('nobody')))
})

test('a household and an employer are seen from both sides, and nobody was merged', async () => {
  const linked = await links()
  const runId = await run()
  const wife = await relationsOf(app, runId, linked.get('W7')!)
  assert.deepEqual(
    wife.household?.members.map(({ customerId }) => customerId),
    [linked.get('C7')],
  )
  assert.notEqual(linked.get('W7'), linked.get('C7'))
  const company = await relationsOf(app, runId, linked.get('O1')!)
  assert.deepEqual(
    company.people.map(({ customerId, relation, why }) => [customerId, relation, why]).sort(),
    [
      [linked.get('C12'), 'contact', ['contact', 'phone']],
      [linked.get('P1'), 'works', ['domain']],
    ].sort(),
  )
  const staff = await relationsOf(app, runId, linked.get('P1')!)
  assert.equal(staff.organisations[0]?.customerId, linked.get('O1'))
  const numbers = new Set([linked.get('W7'), linked.get('C7'), linked.get('O1'), linked.get('C12'), linked.get('P1')])
  assert.equal(numbers.size, 5)
})

test('customers to look at are listed', async () => {
  const { rows } = await clustersToReview(app, await run())
  for (const row of rows) assert.ok(row.customers.length > 0)
})
