import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { customerContacts, recordEvents, registerSource, searchCustomers, stage, steps } from '../index.ts'
import { mappingSchema } from '../mapping.ts'

let dir: string
let app: OpenApp
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-identity-'))
  await mkdir(join(dir, 'files'))
  app = await openTestApp(join(dir, 'data'), [stage])
})
after(async () => {
  await app.close()
  await rm(dir, { recursive: true, force: true })
})

/** One turn of this stage alone. */
async function turn(asOf: string): Promise<Record<string, Record<string, unknown>>> {
  const opened = await app.runs.openTurn(asOf)
  const figures: Record<string, Record<string, unknown>> = {}
  for (const step of steps) {
    const { runId } = await app.runs.begin(opened, step)
    const runOf = (): number => runId
    figures[step.id] = await step.run({ app, turn: opened, runId, runOf, progress: () => undefined })
    await app.runs.commit(runId, figures[step.id] as never)
  }
  await app.runs.closeTurn(opened)
  return figures
}

const FIELDS = [
  'row_key',
  'account_no',
  'full_name',
  'birth_date',
  'mobile',
  'email',
  'city',
  'street',
  'postcode',
  'consent.sms',
  'consent.at',
  'updated_at',
]
const source = (name: string, trust: number) =>
  mappingSchema.parse({
    source: name,
    file: `${name}-*.csv`,
    importer: 'csv',
    kind: 'people',
    trust,
    columns: FIELDS.map(field => ({ header: field, field })),
  })

const surnames = [...'王李张刘陈杨黄赵吴周']
const given = ['建国', '秀英', '海燕', '志强', '丽华', '文博', '雪梅', '永康', '振远', '佳慧']
/** A hundred people, half of them in both sources. */
const person = (i: number, key: string, account: string): string => {
  const month = String(1 + (i % 9)).padStart(2, '0')
  return [
    key,
    account,
    surnames[i % 10]! + given[Math.floor(i / 10)]!,
    `19${50 + (i % 40)}-${month}-1${i % 9}`,
    `139${10_000_000 + i * 7919}`,
    `u${i * 37}@example.com`,
    '上海市',
    `人民路${i + 1}号${i % 7}栋${100 + i}室`,
    '200001',
    '是',
    '2010-01-01',
    '2010-05-01',
  ].join(',')
}
const file = (name: string, rows: string[]) =>
  writeFile(join(dir, 'files', name), `${FIELDS.join(',')}\n${rows.join('\n')}\n`)

async function links(): Promise<Map<string, number>> {
  const run = await app.runs.latest('identity')
  const rows = await app.facts.query<{ key: string; customer_id: number }>(
    "SELECT concat(source, ':', row_key) AS key, customer_id FROM record_links WHERE run_id = {run:UInt64}",
    { run },
  )
  return new Map(rows.map(row => [row.key, row.customer_id]))
}

const golden = async (id: number) =>
  app.facts.one<Record<string, string>>(
    'SELECT * FROM golden_records WHERE run_id = {run:UInt64} AND customer_id = {id:UInt64}',
    {
      run: await app.runs.latest('identity'),
      id,
    },
  )

test('two sources become one hundred customers', async () => {
  await registerSource(app, source('crm', 0.8), join(dir, 'files'))
  await registerSource(app, source('shop', 0.4), join(dir, 'files'))
  await file(
    'crm-1.csv',
    Array.from({ length: 100 }, (_, i) => person(i, `C${i}`, `A${i}`)),
  )
  await file(
    'shop-1.csv',
    Array.from({ length: 50 }, (_, i) => person(i, `S${i}`, '').replace(/139\d{8}/, `138${20_000_000 + i}`)),
  )
  const figures = await turn('2010-12-01')
  assert.deepEqual(figures['import'], { rowsIn: 150, stored: 150, duplicates: 0, quarantined: 0 })
  assert.equal(figures['identity']?.['customers'], 100)
  const linked = await links()
  assert.equal(linked.get('shop:S7'), linked.get('crm:C7'))
})

test('the more trusted source survives, and the golden record names it and what it beat', async () => {
  const id = (await links()).get('crm:C7')!
  const record = await golden(id)
  assert.equal(record['mobile'], `+86139${10_000_000 + 7 * 7919}`)
  const provenance = JSON.parse(record['provenance']!) as Record<
    string,
    { source: string; rowKey: string; beat: { value: string; source: string }[] }
  >
  assert.equal(provenance['mobile']?.source, 'crm')
  assert.deepEqual(
    provenance['mobile']?.beat.map(({ value, source }) => [value, source]),
    [['+8613820000007', 'shop']],
  )
})

test('run again with other files beside: nobody changes their number', async () => {
  const first = await links()
  await file(
    'crm-2.csv',
    Array.from({ length: 5 }, (_, i) => person(95 + i, `N${i}`, '').replace('人民路', '解放路')),
  )
  const figures = await turn('2010-12-02')
  assert.equal(figures['identity']?.['changedIds'], 0)
  const second = await links()
  for (const [key, id] of first) assert.equal(second.get(key), id, key)
})

test('a source registered again unchanged keeps its version, so nothing is imported again', async () => {
  assert.equal((await registerSource(app, source('crm', 0.8), join(dir, 'files'))).version, 1)
  assert.equal((await registerSource(app, source('crm', 0.7), join(dir, 'files'))).version, 2)
  assert.equal((await registerSource(app, source('crm', 0.8), join(dir, 'files'))).version, 3)
})

test('what a customer answers is believed by the next turn before any source', async () => {
  const id = (await links()).get('crm:C3')!
  const answer = {
    eventId: 'answer:1',
    customerId: id,
    type: 'answer',
    at: new Date(),
    payload: { fields: { mobile: '137 0000 1111', street: '新路1号' }, consents: [{ channel: 'sms', granted: false }] },
  }
  await recordEvents(app, [answer])
  await recordEvents(app, [answer])
  await turn('2010-12-03')
  const record = await golden(id)
  assert.equal(record['mobile'], '+8613700001111')
  assert.equal(record['street'], '新路1号')
  assert.equal(record['city'], '上海市')
  const contacts = await customerContacts(app, (await app.runs.latest('identity'))!, [id])
  assert.deepEqual(contacts.get(id)?.consents, { sms: false })
})

test('customers are found by name, pinyin, initials, telephone, e-mail and account', async () => {
  const run = (await app.runs.latest('identity'))!
  const id = (await links()).get('crm:C12')!
  for (const q of [
    '张秀英',
    '秀英',
    'zhang xiuying',
    'zxy',
    'xiuying zhang',
    `139${10_000_000 + 12 * 7919}`,
    'u444@example.com',
    'A12',
    String(id),
  ]) {
    const { rows } = await searchCustomers(app, run, { q, sort: 'name', offset: 0, limit: 50 })
    assert.ok(
      rows.some(row => row.customerId === id),
      q,
    )
  }
})

test('an answer that cannot be is refused', async () => {
  const id = (await links()).get('crm:C3')!
  const bad = {
    eventId: 'answer:2',
    customerId: id,
    type: 'answer',
    at: new Date(),
    payload: { fields: { email: 'nobody' } },
  }
  await assert.rejects(recordEvents(app, [bad]), { code: 'collect.answer-bad' })
})
