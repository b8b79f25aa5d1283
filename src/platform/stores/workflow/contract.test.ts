import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { type Generated, type Kysely, sql } from 'kysely'
import { HuiyinError } from '../../errors.ts'
import { type DebianPostgres, startDebianPostgres } from './debian-postgres.ts'
import { freshWorkflow } from './fresh.ts'
import type { Migrations } from './migrate.ts'
import type { WorkflowSchema } from './schema.ts'
import { asJson, type Instant, type Int8, type JsonColumn } from './types.ts'
import type { Workflow } from './workflow.ts'

/** What every file above the store may rely on, whichever engine is under it. */

interface ContractTable {
  id: Generated<number>
  name: string | null
  amount: Int8 | null
  at: Instant | null
  day: string | null
  bytes: Buffer | null
  value: JsonColumn<unknown> | null
  tags: string[] | null
  ratio: number | null
  exact: string | null
  yes: boolean | null
}

const migrations: Migrations = {
  '2026-11-21-contract': {
    up: db =>
      sql`create table contract (
        id int4 generated always as identity primary key, name text unique, amount int8, at timestamptz, day date,
        bytes bytea, value jsonb, tags text[], ratio float8, exact numeric, yes boolean
      )`.execute(db),
  },
}

const tables = (db: Kysely<WorkflowSchema>) => db.withTables<{ contract: ContractTable }>()

const nothing = {
  name: null,
  amount: null,
  at: null,
  day: null,
  bytes: null,
  value: null,
  tags: null,
  ratio: null,
  exact: null,
  yes: null,
}

const withCode = (code: string) => (error: unknown) => error instanceof HuiyinError && error.code === code

function contract(fresh: () => Promise<Workflow>): void {
  let workflow: Workflow
  before(async () => {
    workflow = await fresh()
  })
  after(() => workflow.close())
  const db = () => tables(workflow.db)

  const roundTrip = async <C extends keyof Omit<ContractTable, 'id'>>(column: C, value: unknown): Promise<unknown> => {
    const { id } = await db()
      .insertInto('contract')
      .values({ [column]: value } as never)
      .returning('id')
      .executeTakeFirstOrThrow()
    const row = await db().selectFrom('contract').select(column).where('id', '=', id).executeTakeFirstOrThrow()
    return row[column as never]
  }

  test('types come back as they went', async () => {
    const at = new Date('2010-12-01T08:26:00.123Z')
    const values = {
      name: '王小明 𠮷 "quoted"',
      amount: 9_007_199_254_740_991,
      day: '2011-02-28',
      bytes: Buffer.from([0, 1, 255, 92, 39]),
      tags: ['a', '乙', 'with "quotes", comma', ''],
      ratio: 0.1,
      exact: '12345678901234567890.123',
      yes: true,
    }
    const { id } = await db()
      .insertInto('contract')
      .values({ ...values, at, value: asJson({ 名: [1, null, 'x'] }) })
      .returning('id')
      .executeTakeFirstOrThrow()
    const row = await db().selectFrom('contract').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    assert.deepEqual(row, { ...values, id, at, value: { 名: [1, null, 'x'] } })
  })

  test('nothing comes back as null, whether given as null or as undefined', async () => {
    const { id: _, ...row } = await db()
      .insertInto('contract')
      .values({ ...nothing, name: undefined })
      .returningAll()
      .executeTakeFirstOrThrow()
    assert.deepEqual(row, nothing)
  })

  test('any text, bytes, JSON and safe integer survive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async bytes => {
        assert.deepEqual(await roundTrip('bytes', bytes), Buffer.from(bytes))
      }),
      { numRuns: 20 },
    )
    const safeText = fc.string({ unit: 'grapheme' }).filter(text => !text.includes('\0'))
    await fc.assert(
      fc.asyncProperty(fc.array(safeText, { maxLength: 5 }), async tags => {
        assert.deepEqual(await roundTrip('tags', tags), tags)
      }),
      { numRuns: 30 },
    )
    const json = fc
      .jsonValue({ stringUnit: 'grapheme' })
      .map(value => JSON.parse(JSON.stringify(value).replaceAll('\\u0000', '')))
    await fc.assert(
      fc.asyncProperty(json, async value => {
        if (value !== null) assert.deepEqual(await roundTrip('value', asJson(value)), value)
      }),
      { numRuns: 30 },
    )
    await fc.assert(
      fc.asyncProperty(fc.maxSafeInteger(), async amount => {
        assert.equal(await roundTrip('amount', amount), amount)
        assert.equal(await roundTrip('amount', BigInt(amount)), amount)
      }),
      { numRuns: 20 },
    )
  })

  test('an int8 that JavaScript cannot hold is refused, not rounded', async () => {
    await assert.rejects(sql`select 9007199254740993::int8 as big`.execute(workflow.db), /beyond 2\^53/)
    const { rows } = await sql<{ n: number }>`select count(*) as n from contract where false`.execute(workflow.db)
    assert.deepEqual(rows, [{ n: 0 }])
  })

  test('instants are instants whatever zone they are written in', async () => {
    const { rows } =
      await sql`select '2010-12-01 08:00:00+08'::timestamptz as a, '2010-12-01 00:00:00.5+05:45'::timestamptz as b,
      ${new Date('2010-12-01T23:30:00Z')}::timestamptz::date as day`.execute(workflow.db)
    assert.deepEqual(rows, [
      { a: new Date('2010-12-01T00:00:00Z'), b: new Date('2010-11-30T18:15:00.500Z'), day: '2010-12-01' },
    ])
  })

  test('changed rows are counted', async () => {
    const inserted = await db()
      .insertInto('contract')
      .values([{ name: 'n1' }, { name: 'n2' }])
      .executeTakeFirst()
    assert.equal(inserted.numInsertedOrUpdatedRows, 2n)
    const updated = await db()
      .updateTable('contract')
      .set({ yes: false })
      .where('name', 'in', ['n1', 'n2', 'n3'])
      .executeTakeFirst()
    assert.equal(updated.numUpdatedRows, 2n)
    const deleted = await db().deleteFrom('contract').where('name', '=', 'n1').executeTakeFirst()
    assert.equal(deleted.numDeletedRows, 1n)
  })

  test('errors carry the SQL state, and the next statement is not their victim', async () => {
    await db().insertInto('contract').values({ name: 'only' }).execute()
    await assert.rejects(db().insertInto('contract').values({ name: 'only' }).execute(), { code: '23505' })
    await assert.rejects(sql`selec`.execute(workflow.db), { code: '42601' })
    assert.equal((await sql`select 1 as one`.execute(workflow.db)).rows.length, 1)
  })

  const count = async (name: string) =>
    (await db().selectFrom('contract').select('id').where('name', '=', name).execute()).length

  test('a transaction commits, rolls back, and its result is what it returned', async () => {
    assert.equal(
      await workflow.transaction(async tx => {
        await tables(tx).insertInto('contract').values({ name: 'kept' }).execute()
        return 'result'
      }),
      'result',
    )
    assert.equal(await count('kept'), 1)
    await assert.rejects(
      workflow.transaction(async tx => {
        await tables(tx).insertInto('contract').values({ name: 'undone' }).execute()
        throw new Error('change of mind')
      }),
      /change of mind/,
    )
    assert.equal(await count('undone'), 0)
  })

  test('a refused statement that was swallowed does not commit quietly', async () => {
    await assert.rejects(
      workflow.transaction(async tx => {
        await tables(tx).insertInto('contract').values({ name: 'half' }).execute()
        await sql`select 1/0`.execute(tx).catch(() => undefined)
      }),
      { code: '25P02' },
    )
    assert.equal(await count('half'), 0)
    await workflow.transaction(async tx => {
      await tables(tx).insertInto('contract').values({ name: 'saved' }).execute()
      await sql`savepoint before`.execute(tx)
      await sql`select 1/0`.execute(tx).catch(() => undefined)
      await sql`rollback to before`.execute(tx)
    })
    assert.equal(await count('saved'), 1)
  })

  test('inside a transaction only the transaction may be used', async () => {
    const ways: (() => Promise<unknown>)[] = [
      () => count('x'),
      () => workflow.transaction(async () => undefined),
      async () => {
        await new Promise(resolve => setTimeout(resolve, 1))
        await count('x')
      },
    ]
    for (const way of ways) {
      await assert.rejects(workflow.transaction(way), withCode('platform.workflow-nested'))
    }
    await assert.rejects(
      db()
        .transaction()
        .execute(() => count('x')),
      TypeError,
    )
    await assert.rejects(db().startTransaction().execute(), TypeError)
  })

  test('what was started inside a transaction may use the store when that has ended', async () => {
    const later = Promise.withResolvers<void>()
    const started = await workflow.transaction(async () => ({ done: later.promise.then(() => count('x')) }))
    later.resolve()
    assert.equal(await started.done, 0)
  })

  test('transactions side by side see none of each other and all finish', async () => {
    await db().insertInto('contract').values({ name: 'counter', amount: 0 }).execute()
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        workflow
          .transaction(async tx => {
            const { amount } = await tables(tx)
              .selectFrom('contract')
              .select('amount')
              .where('name', '=', 'counter')
              .forUpdate()
              .executeTakeFirstOrThrow()
            await tables(tx)
              .updateTable('contract')
              .set({ amount: Number(amount) + 1 })
              .where('name', '=', 'counter')
              .execute()
            if (i % 4 === 0) throw new Error('undo')
          })
          .catch(error => assert.equal(error.message, 'undo')),
      ),
    )
    assert.equal(
      (await db().selectFrom('contract').select('amount').where('name', '=', 'counter').executeTakeFirstOrThrow())
        .amount,
      15,
    )
  })
}

describe('the workflow store, embedded', () => contract(() => freshWorkflow(migrations)))

describe('the workflow store, on a server', () => {
  let server: DebianPostgres
  before(async () => {
    server = await startDebianPostgres()
  })
  after(() => server?.stop())
  contract(() => server.freshWorkflow(migrations))
})
