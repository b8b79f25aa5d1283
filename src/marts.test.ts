import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { stages } from './loop.ts'
import { createMartViews, latestRuns, viewOf } from './platform/marts.ts'
import { martsDocument } from './platform/marts-doc.ts'
import { type Facts, migrateFacts, openFacts } from './platform/stores/facts/index.ts'

const marts = stages.flatMap(stage => stage.marts ?? [])
let folder: string
let facts: Facts
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-marts-'))
  facts = await openFacts({ dataDir: folder })
  await migrateFacts(facts, [latestRuns, ...stages.flatMap(stage => stage.factTables)])
  await createMartViews(facts, marts)
})
after(async () => {
  await facts.close()
  await rm(folder, { recursive: true, force: true })
})

test('docs/marts.md says what the stages declare', async () => {
  const written = await readFile(join(import.meta.dirname, '..', 'docs', 'marts.md'), 'utf8')
  assert.equal(written, martsDocument(stages), 'run: node scripts/marts-doc.ts')
})

test('every view has the columns it is declared with, in their order, and its key tells rows apart', async () => {
  assert.ok(marts.length >= 9)
  for (const mart of marts) {
    const found = await facts.query<{ name: string }>(
      'SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {view:String} ORDER BY position',
      { view: viewOf(mart) },
    )
    assert.deepEqual(
      found.map(({ name }) => name),
      Object.keys(mart.columns),
      mart.name,
    )
    for (const key of mart.key) assert.ok(key in mart.columns, `${mart.name}.${key}`)
    for (const text of [mart.title, mart.row, ...Object.values(mart.columns).map(({ text }) => text)])
      assert.match(text.zh, /[\u4e00-\u9fff]/, `${mart.name}: ${text.en}`)
  }
})

test('a view shows the newest run alone, as soon as it is noted', async () => {
  const rows = (run_id: number, ids: number[]) => ids.map(customer_id => ({ run_id, customer_id, kind: 'person' }))
  const shown = async () =>
    (await facts.query<{ customer_id: number }>('SELECT customer_id FROM mart_customers ORDER BY customer_id')).map(
      row => row.customer_id,
    )
  await facts.insert('golden_records', [...rows(7, [1, 2]), ...rows(9, [1, 3])])
  assert.deepEqual(await shown(), [])
  await facts.insert('latest_runs', [{ step: 'identity', run_id: 7 }])
  assert.deepEqual(await shown(), [1, 2])
  await facts.insert('latest_runs', [{ step: 'identity', run_id: 9 }])
  assert.deepEqual(await shown(), [1, 3])
})
