import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { PGlite } from '@electric-sql/pglite'
import { sql } from 'kysely'
import { HuiyinError } from '../../errors.ts'
import { freshWorkflowFolder } from './fresh.ts'
import { keepTidy } from './keep-tidy.ts'
import { openWorkflow, restoreWorkflow } from './open.ts'

const base = await mkdtemp(join(tmpdir(), 'huiyin-workflow-'))
after(() => rm(base, { recursive: true, force: true }))
let made = 0
async function freshFolder(): Promise<string> {
  const dataDir = join(base, `data-${made++}`)
  await mkdir(dataDir)
  return dataDir
}

async function seededFolder(): Promise<string> {
  const dataDir = await freshFolder()
  await freshWorkflowFolder(dataDir)
  return dataDir
}

const withCode = (code: string) => (error: unknown) => error instanceof HuiyinError && error.code === code

describe('the embedded workflow store', () => {
  test('is there again after it was closed, and leaves nothing unfinished beside it', async () => {
    const dataDir = await freshFolder()
    const first = await openWorkflow({ dataDir })
    await sql`create table t as select 42 as n`.execute(first.db)
    await first.close()
    assert.deepEqual(await readdir(dataDir), ['workflow'])
    const again = await openWorkflow({ dataDir })
    assert.deepEqual((await sql`select n from t`.execute(again.db)).rows, [{ n: 42 }])
    await again.close()
  })

  test('keeps every row it has acknowledged when its process is killed in the midst of writing', async () => {
    const dataDir = await seededFolder()
    const script = `
      import { sql } from ${JSON.stringify(import.meta.resolve('kysely'))}
      import { openWorkflow } from ${JSON.stringify(new URL('open.ts', import.meta.url).href)}
      const { db, transaction } = await openWorkflow({ dataDir: process.argv[1] })
      await sql\`create table if not exists t (n int4 primary key, twin int4 not null)\`.execute(db)
      const { rows: [{ from }] } = await sql\`select coalesce(max(n), 0) + 1 as from from t\`.execute(db)
      for (let n = from; ; n++) {
        await transaction(async tx => {
          await sql\`insert into t values (\${n}, 0)\`.execute(tx)
          await sql\`update t set twin = \${-n} where n = \${n}\`.execute(tx)
        })
        process.stdout.write(n + '\\n')
      }`
    let acknowledged = 0
    for (const after of [120, 260, 400]) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let said = ''
      child.stdout.on('data', text => {
        said += text
        if (Number(said.split('\n').at(-2)) > acknowledged + after) child.kill('SIGKILL')
      })
      await once(child, 'close')
      acknowledged = Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1))
    }
    const { db, close } = await openWorkflow({ dataDir })
    const { rows } = await sql<{ rows: number; last: number; whole: boolean }>`
      select count(*)::int4 as rows, max(n) as last, bool_and(twin = -n) as whole from t`.execute(db)
    await close()
    const [found] = rows
    assert.ok(found)
    assert.ok(found.last >= acknowledged, `${found.last} of ${acknowledged} rows`)
    assert.deepEqual({ rows: found.rows, whole: found.whole }, { rows: found.last, whole: true })
  })

  test('a dump taken during writes is one moment, and is restored into another folder', async () => {
    const dataDir = await seededFolder()
    const store = await openWorkflow({ dataDir })
    await sql`create table t (n int4, half int4)`.execute(store.db)
    let stop = false
    const writing = (async () => {
      for (let n = 0; !stop; n++)
        await store.transaction(async tx => {
          await sql`insert into t values (${n}, 1)`.execute(tx)
          await sql`insert into t values (${n}, 2)`.execute(tx)
        })
    })()
    const before = (await sql<{ n: number }>`select count(*) as n from t`.execute(store.db)).rows[0]?.n ?? 0
    const dump = await store.dump()
    stop = true
    await writing
    await store.close()

    const other = await freshFolder()
    await restoreWorkflow(other, dump)
    await assert.rejects(restoreWorkflow(other, dump), withCode('platform.workflow-exists'))
    const restored = await openWorkflow({ dataDir: other })
    const { rows } = await sql<{ n: number; odd: number }>`
      select coalesce(sum(c), 0)::int4 as n, count(*) filter (where c <> 2)::int4 as odd
      from (select count(*) as c from t group by n) as pairs`.execute(restored.db)
    await restored.close()
    assert.ok(Number(rows[0]?.n) >= before)
    assert.equal(rows[0]?.odd, 0)
  })

  test('a folder that is no store, or a dump that is none, is said', async () => {
    const dataDir = await freshFolder()
    await writeFile(join(dataDir, 'workflow'), 'a file')
    await assert.rejects(openWorkflow({ dataDir }), withCode('platform.workflow-unreadable'))
    const other = await freshFolder()
    await assert.rejects(restoreWorkflow(other, new Blob(['not a tar'])), withCode('platform.workflow-unreadable'))
    assert.deepEqual(await readdir(other), [])
  })

  test('dead rows are vacuumed and new ones counted, as nobody else does it', async () => {
    const pglite = await PGlite.create()
    const tidy = keepTidy(pglite)
    await pglite.exec('create table t as select n from generate_series(1, 5000) as s(n); delete from t where n > 10')
    assert.deepEqual(await tidy.now(), ['public.t'])
    assert.deepEqual(await tidy.now(), [])
    const { rows } = await pglite.query<{ pages: number }>("select relpages as pages from pg_class where relname = 't'")
    assert.deepEqual(rows, [{ pages: 1 }])
    await tidy.stop()
    await pglite.close()
  })
})

test('a server that is not there is said, without its password', async () => {
  const postgresUrl = 'postgres://huiyin:secret@127.0.0.1:1/none'
  await assert.rejects(openWorkflow({ dataDir: base, postgresUrl }), (error: unknown) => {
    assert.ok(error instanceof HuiyinError)
    assert.equal(error.code, 'platform.postgres-unreachable')
    assert.match(error.message, /127\.0\.0\.1:1\/none/)
    assert.doesNotMatch(error.message, /secret/)
    return true
  })
})
