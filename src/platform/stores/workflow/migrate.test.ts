import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { HuiyinError } from '../../errors.ts'
import { type DebianPostgres, startDebianPostgres } from './debian-postgres.ts'
import { freshWorkflow } from './fresh.ts'
import { type Migrations, migrateWorkflow } from './migrate.ts'
import { openServer } from './server.ts'
import type { Workflow } from './workflow.ts'

const create = (table: string): Migrations[string] => ({
  up: db => sql`create table ${sql.table(table)} (n int4)`.execute(db),
})
const first: Migrations = { '2026-11-21-collect-a': create('a'), '2026-11-21-collect-b': create('b') }

const withCode = (code: string) => (error: unknown) => error instanceof HuiyinError && error.code === code

async function recorded(workflow: Workflow): Promise<string[]> {
  const rows = await workflow.db.selectFrom('huiyin_migration').select('name').orderBy('position').execute()
  return rows.map(row => row.name)
}

function migrating(fresh: () => Promise<Workflow>): void {
  const withStore = (run: (workflow: Workflow) => Promise<void>) => async () => {
    const workflow = await fresh()
    try {
      await run(workflow)
    } finally {
      await workflow.close()
    }
  }

  test(
    'runs each once, in the order of the names, later ones too',
    withStore(async workflow => {
      const { '2026-11-21-collect-a': a, '2026-11-21-collect-b': b } = first
      assert.ok(a && b)
      await migrateWorkflow(workflow, { '2026-11-21-collect-b': b, '2026-11-21-collect-a': a })
      await migrateWorkflow(workflow, first)
      await migrateWorkflow(workflow, { ...first, '2026-11-22-analyze': create('c') })
      assert.deepEqual(await recorded(workflow), ['2026-11-21-collect-a', '2026-11-21-collect-b', '2026-11-22-analyze'])
    }),
  )

  test(
    'one that fails is undone whole, and what came before stays',
    withStore(async workflow => {
      const bad: Migrations = {
        ...first,
        '2026-11-22-bad': {
          async up(db) {
            await sql`create table half (n int4)`.execute(db)
            await sql`insert into nowhere values (1)`.execute(db)
          },
        },
      }
      await assert.rejects(migrateWorkflow(workflow, bad), withCode('platform.migration-failed'))
      assert.deepEqual(await recorded(workflow), Object.keys(first))
      await assert.rejects(sql`select * from half`.execute(workflow.db), { code: '42P01' })
      await migrateWorkflow(workflow, { ...first, '2026-11-22-bad': create('half') })
    }),
  )

  test(
    'one that disappeared, or a new one before an applied one, is refused',
    withStore(async workflow => {
      await migrateWorkflow(workflow, first)
      const changed = withCode('platform.migration-changed')
      await assert.rejects(migrateWorkflow(workflow, { '2026-11-21-collect-a': create('a') }), changed)
      await assert.rejects(migrateWorkflow(workflow, { ...first, '2026-11-20-early': create('e') }), changed)
      assert.deepEqual(await recorded(workflow), Object.keys(first))
    }),
  )
}

describe('migrating the embedded store', () => migrating(() => freshWorkflow()))

describe('migrating a server', () => {
  let server: DebianPostgres
  before(async () => {
    server = await startDebianPostgres()
  })
  after(() => server?.stop())
  migrating(() => server.freshWorkflow())

  test('several at once do the work once', async () => {
    const url = await server.freshUrl()
    const stores = await Promise.all(Array.from({ length: 4 }, () => openServer(url)))
    let runs = 0
    const slow: Migrations = {
      ...first,
      '2026-11-22-slow': {
        async up(db) {
          runs++
          await sql`select pg_sleep(.2)`.execute(db)
          await sql`create table slow (n int4)`.execute(db)
        },
      },
    }
    await Promise.all(stores.map(store => migrateWorkflow(store, slow)))
    assert.equal(runs, 1)
    await Promise.all(stores.map(store => store.close()))
  })
})
