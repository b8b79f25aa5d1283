import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { regroupRecords } from '../identity/refresh.ts'
import { registerSource, stage, steps } from '../index.ts'
import { mappingSchema } from '../mapping.ts'
import { followLinks } from './follow-links.ts'
import { explainPair, lookupOf, standardRecord, upsertRecords } from './index.ts'

let dir: string
let app: OpenApp

const FIELDS = ['row_key', 'full_name', 'birth_date', 'mobile', 'email', 'city', 'street', 'updated_at']
const source = (name: string) =>
  mappingSchema.parse({
    source: name,
    file: `${name}.csv`,
    importer: 'csv',
    kind: 'people',
    trust: 0.7,
    columns: FIELDS.map(field => ({ header: field, field })),
  })

const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡']
const given = ['建国', '秀英', '海燕', '志强', '丽华', '文博', '雪梅', '永康', '振远', '佳慧', '思涵', '浩然']
const person = (i: number) => ({
  full_name: surnames[i % 15]! + given[Math.floor(i / 15) % 12]!,
  birth_date: `19${50 + (i % 45)}-0${1 + (i % 9)}-1${i % 10}`,
  mobile: `138${String(20_000_000 + i * 137).padStart(8, '0')}`,
  email: `u${i * 7}@example.cn`,
  city: ['上海市', '北京市', '广州市'][i % 3]!,
  street: `人民路${1 + (i % 90)}号${1 + (i % 20)}室`,
})
const newcomer = {
  full_name: '欧阳清风',
  birth_date: '1991-12-24',
  mobile: '13611113333',
  email: 'qf@example.cn',
  city: '南京市',
  street: '中山路7号',
}
const row = (key: string, i: number) => [key, ...Object.values(person(i)), '2010-01-01 08:00:00'].join(',')

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-lookup-'))
  await mkdir(join(dir, 'files'))
  app = await openTestApp(join(dir, 'data'), [stage])
  for (const name of ['shop', 'crm']) {
    const rows = Array.from({ length: 180 }, (_, i) => row(`${name}-${i}`, name === 'shop' ? i : i * 2)).slice(
      0,
      name === 'shop' ? 180 : 60,
    )
    await writeFile(join(dir, 'files', `${name}.csv`), `${FIELDS.join(',')}\n${rows.join('\n')}\n`)
    await registerSource(app, source(name), join(dir, 'files'))
  }
  const turn = await app.runs.openTurn('2010-12-01')
  for (const step of steps) {
    const { runId } = await app.runs.begin(turn, step)
    await app.runs.commit(
      runId,
      (await step.run({ app, turn, runId, runOf: () => runId, progress: () => undefined })) as never,
    )
  }
  await app.runs.closeTurn(turn)
})
after(async () => {
  await app.close()
  await rm(dir, { recursive: true, force: true })
})

const customerOf = async (source: string, rowKey: string): Promise<number> => {
  const [row] = await app.facts.query<{ id: number }>(
    'SELECT customer_id AS id FROM record_links WHERE run_id = {runId:UInt64} AND source = {source:String} AND row_key = {rowKey:String}',
    { runId: (await app.runs.latest('identity'))!, source, rowKey },
  )
  return row?.id ?? 0
}

test('somebody known is told, as typed and with a slip; a stranger is nobody', async () => {
  const lookup = (await lookupOf(app))!
  const { full_name, birth_date, mobile, street } = person(17)
  const typed = standardRecord({ full_name, mobile: `+86 ${mobile.slice(0, 3)}-${mobile.slice(3)}`, birth_date })
  const known = await lookup.ask({ do: 'match', one: typed })
  assert.equal(known.candidates[0]?.customerId, await customerOf('shop', 'shop-17'))
  assert.ok(known.candidates[0]!.probability > lookup.threshold)
  const slip = standardRecord({
    full_name,
    mobile: `${mobile.slice(0, -1)}9`,
    street,
    city: person(17).city,
    birth_date,
  })
  assert.equal(
    (await lookup.ask({ do: 'match', one: slip })).candidates[0]?.customerId,
    await customerOf('shop', 'shop-17'),
  )
  const stranger = standardRecord({ full_name: '诸葛清风', mobile: '13999999999', birth_date: '1990-12-31' })
  const nobody = await lookup.ask({ do: 'match', one: stranger })
  assert.ok((nobody.candidates[0]?.probability ?? 0) < lookup.threshold)
  assert.throws(() => standardRecord({ full_name: '王一', birth_date: '1990-02-31' }), { code: 'collect.asked-bad' })
})

test('the weights of the candidate add up to its probability, and explain the same pair', async () => {
  const lookup = (await lookupOf(app))!
  const { candidates } = await lookup.ask({ do: 'match', one: standardRecord(person(20)) })
  const [best] = candidates
  const bits = best!.steps.reduce((sum, step) => sum + step.bits + step.rarityBits, 0)
  assert.ok(Math.abs(1 / (1 + 2 ** -bits) - best!.probability) < 1e-6)
  const why = await explainPair(app, { source: 'shop', rowKey: 'shop-20' }, { source: 'crm', rowKey: 'crm-10' })
  assert.ok(why && why.probability > 0.9)
  assert.equal(await explainPair(app, { source: 'shop', rowKey: 'none' }, { source: 'crm', rowKey: 'crm-10' }), null)
})

test('records sent: matched, new, twice the same, changed; a bad one goes to the quarantine', async () => {
  const sent = (key: string, i: number, more: Record<string, string> = {}) => ({
    row_key: key,
    ...(i === 500 ? newcomer : person(i)),
    updated_at: '2010-06-01 08:00:00',
    ...more,
  })
  const first = await upsertRecords(app, 'crm', [
    sent('crm-a', 33),
    sent('crm-b', 500),
    sent('crm-c', 500, { email: '' }),
    sent('crm-d', 60, { birth_date: '2011-02-30' }),
  ])
  assert.deepEqual([first.rowsIn, first.stored, first.quarantined], [4, 3, 1])
  const by = new Map(first.customers.map(customer => [customer.rowKey, customer]))
  assert.equal(by.get('crm-a')?.as, 'matched')
  assert.equal(by.get('crm-a')?.customerId, await customerOf('shop', 'shop-33'))
  assert.equal(by.get('crm-b')?.as, 'new')
  assert.equal(by.get('crm-c')?.customerId, by.get('crm-b')?.customerId)
  assert.equal(await customerOf('crm', 'crm-b'), by.get('crm-b')?.customerId)
  const again = await upsertRecords(app, 'crm', [sent('crm-a', 33), sent('crm-b', 500)])
  assert.equal(again.stored, 0)
  const changed = await upsertRecords(app, 'crm', [
    sent('crm-b', 500, { mobile: '13711112222', updated_at: '2010-07-01 08:00:00' }),
  ])
  assert.deepEqual(
    changed.customers.map(c => [c.as, c.customerId]),
    [['known', by.get('crm-b')!.customerId]],
  )
  const [golden] = await app.facts.query<{ mobile: string }>(
    'SELECT mobile FROM golden_records WHERE run_id = {runId:UInt64} AND customer_id = {id:UInt64}',
    { runId: (await app.runs.latest('identity'))!, id: by.get('crm-b')!.customerId },
  )
  assert.equal(golden?.mobile, '+8613711112222')
  const lookup = (await lookupOf(app))!
  const found = await lookup.ask({
    do: 'match',
    one: standardRecord({ full_name: newcomer.full_name, mobile: '13711112222' }),
  })
  assert.equal(found.candidates[0]?.customerId, by.get('crm-b')?.customerId)
})

test('a merge made by a person is followed', async () => {
  const lookup = (await lookupOf(app))!
  const [into, gone] = [await customerOf('shop', 'shop-1'), await customerOf('shop', 'shop-2')]
  const moved = [
    { source: 'shop', rowKey: 'shop-2', customerId: into },
    { source: 'crm', rowKey: 'crm-1', customerId: into },
  ]
  await regroupRecords(app, moved, { kind: 'merge', actor: '1' })
  assert.notEqual(into, gone)
  for (let round = 0; round < 600; round++) {
    followLinks(app, lookup)
    await new Promise(resolve => setTimeout(resolve, 100))
    const { candidates } = await lookup.ask({ do: 'match', one: standardRecord(person(2)) })
    if (candidates[0]?.customerId === into) return
  }
  assert.fail('the index still names the old number')
})
