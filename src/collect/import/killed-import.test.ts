import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openTestApp } from '../../platform/open-test-app.ts'
import { mappingSchema } from '../mapping.ts'
import { type ImportResult, importFile, sweepKilledImports } from './import-file.ts'
import { tablesOnly } from './own-app.ts'

const CHILD = fileURLToPath(new URL('./killed-import.child.ts', import.meta.url))
const ROWS = 60_000

/** Starts the import and kills it (SIGKILL) a while after it has told of the part. */
async function killedAfter(args: string[], part: number, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const told = new Promise<void>(resolve => {
    let said = ''
    child.stdout.on('data', (text: Buffer) => {
      said += text
      if (said.includes(`part ${part}\n`)) resolve()
    })
  })
  await Promise.race([told, ended])
  await wait(milliseconds)
  child.kill('SIGKILL')
  await ended
}

test('an import killed at any point is begun again, and every row is there once', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'huiyin-killed-'))
  const data = join(dir, 'data')
  const path = join(dir, 'people.csv')
  const lines = Array.from({ length: ROWS }, (_, n) => `k${n},王小明,${n % 100 === 0 ? '2011-02-30' : '1985-07-03'},是`)
  await writeFile(path, `编号,姓名,生日,短信同意\n${lines.join('\n')}\n`)
  const mapping = mappingSchema.parse({
    source: 'killed',
    file: 'people.csv',
    importer: 'csv',
    kind: 'people',
    columns: [
      { header: '编号', field: 'row_key' },
      { header: '姓名', field: 'full_name' },
      { header: '生日', field: 'birth_date' },
      { header: '短信同意', field: 'consent.sms' },
    ],
  })
  try {
    for (const [part, later] of [
      [0, 150],
      [1, 100],
      [2, 20],
    ] as const)
      await killedAfter([data, path, JSON.stringify(mapping)], part, later)
    const app = await openTestApp(data, [tablesOnly])
    try {
      await sweepKilledImports(app)
      const result: ImportResult = await importFile(app, mapping, path)
      assert.deepEqual(
        [result.rowsIn, result.stored, result.duplicates, result.quarantined],
        [ROWS, ROWS - 600, 0, 600],
      )
      const counts = await app.facts.one(
        `SELECT (SELECT count() FROM source_records) AS records, (SELECT uniqExact(row_key) FROM source_records) AS keys,
                (SELECT count() FROM quarantine) AS aside, (SELECT count() FROM consents) AS consents,
                (SELECT count() FROM import_commits) AS commits,
                (SELECT count() FROM system.tables WHERE database = currentDatabase() AND startsWith(name, 'staging_')) AS staging`,
      )
      assert.deepEqual(counts, {
        records: ROWS - 600,
        keys: ROWS - 600,
        aside: 600,
        consents: ROWS - 600,
        commits: 1,
        staging: 0,
      })
    } finally {
      await app.close()
    }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
})
