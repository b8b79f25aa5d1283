import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { disposeCharts } from '../charts/svg.ts'
import { composeMessage } from '../compose/compose-message.ts'
import { loadTemplate, templateIds } from '../compose/load-template.ts'
import { sampleTemplates } from '../templates-folder.ts'

after(disposeCharts)

/** Another day, another year: loaded before everything else, in the process and in its threads. */
const ANOTHER_DAY = `data:text/javascript,${encodeURIComponent(`
  const Real = Date, shift = 400 * 86400000
  globalThis.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + shift) }
    static now() { return Real.now() + shift }
  }
  Math.random = () => 0.42`)}`

/** All at once, in threads, the last first. */
const BATCHED = `
  import { loadTemplate } from '${join(import.meta.dirname, '../compose/load-template.ts')}'
  import { openComposePool } from '${join(import.meta.dirname, '../compose/pool.ts')}'
  const pool = openComposePool(1)
  const found = { year: new Date().getFullYear() }
  await Promise.all(JSON.parse(process.argv[2]).map(async id => {
    const version = await loadTemplate(${JSON.stringify(sampleTemplates)}, id)
    const rows = [...version.examples, ...version.examples].reverse()
    const outcomes = await pool.compose(version, rows)
    for (const [index, row] of rows.entries()) (found[id + '/' + row.id] ??= []).push(outcomes[index].sha256)
  }))
  await pool.close()
  process.stdout.write(JSON.stringify(found), () => process.exit(0))`

test('the same document on two days, in two processes, batched and singly, twice: the same SHA-256', async () => {
  const ids = await templateIds(sampleTemplates)
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-same-bytes-'))
  after(() => rm(folder, { recursive: true, force: true }))
  // A file: threads take over the flags of their process, and `-e` is none for them.
  await writeFile(join(folder, 'batched.mjs'), BATCHED)
  const there = JSON.parse(
    execFileSync(process.execPath, ['--import', ANOTHER_DAY, join(folder, 'batched.mjs'), JSON.stringify(ids)], {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'Pacific/Auckland', LANG: 'zh_CN.UTF-8', NODE_NO_WARNINGS: '1' },
    }),
  ) as Record<string, unknown>
  assert.ok((there['year'] as number) > new Date().getFullYear(), 'it was another year there')
  let documents = 0
  for (const id of ids) {
    const version = await loadTemplate(sampleTemplates, id)
    for (const row of version.examples) {
      const outcome = await composeMessage(version, row)
      assert.ok(outcome.state === 'composed', `${id}: ${JSON.stringify(outcome)}`)
      assert.deepEqual(there[`${id}/${row['id']}`], [outcome.sha256, outcome.sha256], `${id}/${row['id']}`)
      documents++
    }
  }
  assert.ok(documents >= 12)
})
