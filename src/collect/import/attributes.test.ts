import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { refreshAttributes } from '../identity/attributes.ts'
import { mappingSchema } from '../mapping.ts'
import { importFile } from './import-file.ts'
import { type OwnApp, ownApp } from './own-app.ts'

let own: OwnApp
before(async () => {
  own = await ownApp()
})
after(() => own.close())

const mapping = (source: string, fields: Record<string, string>) =>
  mappingSchema.parse({
    source,
    file: 'x',
    importer: 'csv',
    kind: 'attributes',
    columns: Object.entries(fields).map(([header, field]) => ({ header, field })),
  })

test('data by region and by any key reaches the customers it is about, with source and date', async () => {
  const { app } = own
  const who = { run_id: 1, kind: 'person', country: 'CN' }
  await app.facts.insert('golden_records', [
    { ...who, customer_id: 1, province: '广东省', city: '深圳市', district: '南山区' },
    { ...who, customer_id: 2, province: '广东省', city: '广州市', district: '天河区' },
    { ...who, customer_id: 3, province: '', city: '上海市', district: '' },
  ])
  await app.facts.insert('current_records', [
    { run_id: 1, record_no: 0, source: 'crm', row_key: 'K1', id_number: '11010519491231002X' },
    { run_id: 1, record_no: 1, source: 'crm', row_key: 'K2' },
    { run_id: 1, record_no: 2, source: 'shop', row_key: 'K1' },
  ])
  await app.facts.insert('record_links', [
    { run_id: 1, customer_id: 1, source: 'crm', row_key: 'K1' },
    { run_id: 1, customer_id: 2, source: 'crm', row_key: 'K2' },
    { run_id: 1, customer_id: 3, source: 'shop', row_key: 'K1' },
  ])
  const regions = await own.file(
    'regions.csv',
    'p,c,d,income,at\n广东,,,middle,2010-01-01\n广东省,深圳,,high,2010-01-01\n,上海市,,top,2010-01-01\n,,天河区,lost,2010-01-01\n',
  )
  const first = await importFile(
    app,
    mapping('by-region', { p: 'province', c: 'city', d: 'district', income: 'attribute:income', at: 'at' }),
    regions,
  )
  assert.deepEqual([first.rowsIn, first.stored, first.quarantined], [4, 3, 1])
  await importFile(
    app,
    mapping('by-id', { id: 'key:id_number', score: 'attribute:score' }),
    await own.file('id.csv', 'id,score\n11010519491231002X,7\n'),
  )
  await importFile(
    app,
    mapping('by-row', { k: 'key:crm', tier: 'attribute:tier' }),
    await own.file('row.csv', 'k,tier\nK1,gold\nK2,plain\n'),
  )
  await refreshAttributes(app, 1, [1, 2, 3], 1)
  const rows = await app.facts.query<{ customer_id: number; name: string; value: string; source: string }>(
    'SELECT customer_id, name, value, source FROM customer_attributes WHERE run_id = 1 ORDER BY customer_id, name',
  )
  assert.deepEqual(
    rows.map(row => [row.customer_id, row.name, row.value, row.source]),
    [
      [1, 'income', 'high', 'by-region'],
      [1, 'score', '7', 'by-id'],
      [1, 'tier', 'gold', 'by-row'],
      [2, 'income', 'middle', 'by-region'],
      [2, 'tier', 'plain', 'by-row'],
      [3, 'income', 'top', 'by-region'],
    ],
  )
})
