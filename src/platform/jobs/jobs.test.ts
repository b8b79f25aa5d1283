import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import { HuiyinError } from '../errors.ts'
import { type DebianPostgres, startDebianPostgres } from '../stores/workflow/debian-postgres.ts'
import { freshWorkflow, type Workflow } from '../stores/workflow/index.ts'
import { defineJob, type JobDefinition, type JobServices } from './job.ts'
import type { GroupProgress, Jobs } from './jobs.ts'
import { openJobs } from './open.ts'

const withCode = (code: string) => (error: unknown) => error instanceof HuiyinError && error.code === code

function contract(fresh: () => Promise<Workflow>): void {
  let workflow: Workflow
  let jobs: Jobs
  /** Jobs of other tests of this suite must not be taken for ours: each test has a definition and a group of its own. */
  let group: string
  let count = 0

  before(async () => {
    workflow = await fresh()
  })
  after(() => workflow.close())
  beforeEach(async () => {
    group = `turn-${++count}/step`
    jobs = await openJobs({ workflow, definitions: [] })
  })
  afterEach(() => jobs.stop())

  // These handlers ask for nothing else.
  const services = () => ({ workflow }) as JobServices
  const schema = z.object({ n: z.int() })
  type Data = z.infer<typeof schema>
  const define = (handle: JobDefinition<Data>['handle'], rest: Partial<JobDefinition<Data>> = {}) =>
    defineJob<Data>({ name: `test.job-${count}`, version: 1, schema, handle, ...rest })
  const noRetry = { limit: 0, delaySeconds: 0 }

  test('a job is handled with its data, group, try and services', async () => {
    const seen: unknown[] = []
    const job = define(async (data, ctx) => {
      assert.equal(ctx.services.workflow, workflow)
      seen.push({ data, id: ctx.id, name: ctx.name, group: ctx.group, attempt: ctx.attempt })
    })
    const id = await jobs.send(job, { n: 7 }, { group })
    await jobs.work([job], services())
    await jobs.drain({ group })
    assert.deepEqual(seen, [{ data: { n: 7 }, id, name: job.name, group, attempt: 1 }])
  })

  test('a job starts soon after it was sent, also the hundredth of one worker', async () => {
    let handled = 0
    const job = define(async () => {
      handled++
    })
    await jobs.work([job], services())
    await sleep(100)
    const started = performance.now()
    for (let n = 0; n < 100; n++) await jobs.send(job, { n }, { group })
    await jobs.drain({ group })
    const took = performance.now() - started
    assert.equal(handled, 100)
    // Measured .3 s embedded and on a server; with polling alone it would be minutes.
    assert.ok(took < 30_000, `${took} ms`)
  })

  test('sent in a transaction, it exists when that commits and not when it rolls back', async () => {
    const handled: number[] = []
    const job = define(async ({ n }) => {
      handled.push(n)
    })
    await jobs.work([job], services())
    await assert.rejects(
      workflow.transaction(async tx => {
        await jobs.send(job, { n: 1 }, { tx, group })
        throw new Error('undo')
      }),
    )
    await workflow.transaction(async tx => {
      await jobs.send(job, { n: 2 }, { tx, group, key: 'two' })
      await jobs.sendMany(job, [{ n: 3 }, { n: 2 }], { tx, group, key: ({ n }) => (n === 2 ? 'two' : 'three') })
    })
    await jobs.drain({ group })
    assert.deepEqual(handled.sort(), [2, 3])
  })

  test('inside a transaction nothing of the jobs may be used but send with it', async () => {
    const job = define(async () => undefined)
    const nested = withCode('platform.workflow-nested')
    await jobs.work([job], services())
    const inside = (use: () => Promise<unknown>) => workflow.transaction(use)
    await assert.rejects(
      inside(() => jobs.send(job, { n: 1 })),
      nested,
    )
    await assert.rejects(
      inside(() => jobs.drain({ group })),
      nested,
    )
    await assert.rejects(
      inside(() => jobs.counts()),
      nested,
    )
    await assert.rejects(
      inside(() => jobs.schedule(job, '0 3 * * *', { n: 1 })),
      nested,
    )
    const stranger = { ...job, name: 'test.never-heard-of' }
    await assert.rejects(
      workflow.transaction(tx => jobs.send(stranger, { n: 1 }, { tx })),
      withCode('platform.job-unknown'),
    )
  })

  test('the same key makes one job, of many senders too; another group or version makes another', async () => {
    let handled = 0
    const job = define(async () => {
      handled++
    })
    const sent = await Promise.all(Array.from({ length: 10 }, () => jobs.send(job, { n: 1 }, { group, key: 'k' })))
    assert.equal(new Set(sent).size, 1)
    assert.equal(new Set(await jobs.sendMany(job, [{ n: 1 }, { n: 1 }], { group, key: () => 'k' })).size, 1)
    await jobs.work([job], services())
    await jobs.drain({ group })
    await jobs.send(job, { n: 1 }, { group, key: 'k' })
    await jobs.drain({ group })
    assert.equal(handled, 1)
    const others = [
      await jobs.send(job, { n: 1 }, { group: `${group}-b`, key: 'k' }),
      await jobs.send({ ...job, version: 2 }, { n: 1 }, { group, key: 'k' }),
    ]
    assert.equal(new Set([...sent, ...others]).size, 3)
  })

  test('a job that fails is tried again; one that fails for good is reported when the rest is settled', async () => {
    const attempts: number[] = []
    const handled: number[] = []
    const job = define(
      async ({ n }, { attempt }) => {
        if (n === 0) {
          attempts.push(attempt)
          if (attempt < 3) throw new Error('not yet')
        }
        if (n === 1) throw new Error('纸用完了')
        handled.push(n)
      },
      { retry: { limit: 2, delaySeconds: 0 } },
    )
    await jobs.sendMany(
      job,
      [0, 1, 2, 3].map(n => ({ n })),
      { group },
    )
    await jobs.work([job], services())
    await assert.rejects(jobs.drain({ group }), (error: unknown) => {
      assert.ok(error instanceof HuiyinError)
      assert.equal(error.code, 'platform.job-failed')
      assert.match(error.messageIn('zh-CN'), /4 个任务中有 1 个.*纸用完了/)
      return true
    })
    assert.deepEqual(attempts, [1, 2, 3])
    assert.deepEqual(handled.sort(), [0, 2, 3])
  })

  test('a key that failed for good is queued again when it is sent again, with all its tries', async () => {
    let broken = true
    const attempts: number[] = []
    const job = define(
      async (_, { attempt }) => {
        attempts.push(attempt)
        if (broken) throw new Error('broken')
      },
      { retry: { limit: 1, delaySeconds: 0 } },
    )
    await jobs.work([job], services())
    const id = await jobs.send(job, { n: 1 }, { group, key: 'k' })
    await assert.rejects(jobs.drain({ group }), /broken/)
    broken = false
    assert.equal(await jobs.send(job, { n: 1 }, { group, key: 'k' }), id)
    assert.equal((await jobs.drain({ group })).completed, 1)
    assert.deepEqual(attempts, [1, 2, 1])
  })

  test('progress goes up to the total, and what other definitions do in the group is apart', async () => {
    const job = define(() => sleep(15))
    const other = { ...job, name: `${job.name}-other` }
    await jobs.sendMany(
      job,
      Array.from({ length: 12 }, (_, n) => ({ n })),
      { group },
    )
    await jobs.send(other, { n: 0 }, { group })
    const told: GroupProgress[] = []
    await jobs.work([job], services())
    const last = await jobs.drain({ group, job }, progress => told.push(progress))
    assert.deepEqual(last, { total: 12, completed: 12, failed: 0, active: 0, queued: 0 })
    assert.deepEqual(told.at(-1), last)
    assert.ok(told.length > 3, `${told.length} times told`)
    for (const [i, { completed }] of told.entries()) assert.ok(i === 0 || completed >= (told[i - 1]?.completed ?? 0))
    assert.equal((await jobs.progress({ group })).queued, 1)
    assert.deepEqual(
      (await jobs.counts()).find(({ name }) => name === job.name),
      { name: job.name, version: 1, ...last },
    )
    assert.equal((await jobs.drain({ group: 'nobody' })).total, 0)
  })

  test('small jobs go in batches', async () => {
    const batchSize = 500
    let handled = 0
    let claimed = 0
    const job = define(
      async (_data, ctx) => {
        if (handled++ === 0) claimed = (await ctx.jobs.progress({ group })).active
      },
      { batch: batchSize },
    )
    await jobs.sendMany(
      job,
      Array.from({ length: 3000 }, (_, n) => ({ n })),
      { group, key: ({ n }) => String(n) },
    )
    await jobs.work([job], services())
    await jobs.drain({ group })
    assert.equal(handled, 3000)
    // One claim for the whole batch: 7,800 jobs a second embedded, where single claims make 420.
    assert.equal(claimed, batchSize)
  })

  test('several workers of one definition work side by side', async () => {
    let now = 0
    let most = 0
    const job = define(
      async () => {
        most = Math.max(most, ++now)
        for (let turn = 0; turn < 500 && (most < 3 || turn < 2); turn++) await sleep(10)
        now--
      },
      { concurrency: 3 },
    )
    await jobs.work([job], services())
    await jobs.sendMany(
      job,
      Array.from({ length: 12 }, (_, n) => ({ n })),
      { group },
    )
    await jobs.drain({ group })
    assert.equal(most, 3)
  })

  test('data that do not fit are refused when sent', async () => {
    const job = define(async () => undefined)
    await assert.rejects(jobs.send(job, { n: 1.5 }), withCode('platform.job-invalid'))
    await assert.rejects(jobs.sendMany(job, [{ n: 1 }, { n: Number.NaN }], { group }), withCode('platform.job-invalid'))
    assert.equal((await jobs.progress({ group })).total, 0)
  })

  test('higher priority first, and nothing before its time', async () => {
    const handled: number[] = []
    const job = define(async ({ n }) => {
      handled.push(n)
    })
    await jobs.send(job, { n: 1 }, { group })
    await jobs.send(job, { n: 2 }, { group, priority: 5 })
    await jobs.send(job, { n: 3 }, { group: `${group}-later`, startAfter: new Date(Date.now() + 3_600_000) })
    await jobs.work([job], services())
    await jobs.drain({ group })
    assert.deepEqual(handled, [2, 1])
    assert.equal((await jobs.progress({ group: `${group}-later` })).queued, 1)
  })

  test('a forgotten group can be sent anew, but not while one of it runs', async () => {
    let handled = 0
    const gate = Promise.withResolvers<void>()
    const job = define(async () => {
      handled++
      await gate.promise
    })
    await jobs.work([job], services())
    await jobs.sendMany(job, [{ n: 1 }, { n: 2 }], { group, key: ({ n }) => String(n) })
    while (handled === 0) await sleep(5)
    await assert.rejects(jobs.forget({ group }), withCode('platform.job-group-active'))
    gate.resolve()
    await jobs.drain({ group })
    assert.equal(await jobs.forget({ group }), 2)
    await jobs.send(job, { n: 1 }, { group, key: '1' })
    await jobs.drain({ group })
    assert.equal(handled, 3)
  })

  test('a graceful stop waits for what runs and leaves the rest queued', async () => {
    const handled: number[] = []
    const job = define(async ({ n }) => {
      await sleep(100)
      handled.push(n)
    })
    await jobs.sendMany(job, [{ n: 1 }, { n: 2 }, { n: 3 }], { group })
    await jobs.work([job], services())
    const draining = assert.rejects(jobs.drain({ group }), withCode('platform.jobs-stopped'))
    while ((await jobs.progress({ group })).active === 0) await sleep(5)
    await jobs.stop()
    await draining
    const left = await jobs.progress({ group })
    assert.equal(handled.length, left.completed)
    assert.deepEqual({ ...left, completed: 0, queued: 0 }, { total: 3, completed: 0, failed: 0, active: 0, queued: 0 })
    assert.equal(left.completed + left.queued, 3)
  })

  test('a stop does not wait for a job that waits for others; it goes on after the restart', async () => {
    const attempts: number[] = []
    const part = define(() => sleep(30))
    const whole = {
      ...define(
        async (_, { attempt }) => {
          attempts.push(attempt)
          await jobs.sendMany(
            part,
            [1, 2, 3, 4, 5, 6].map(n => ({ n })),
            { group: `${group}/parts`, key: ({ n }) => String(n) },
          )
          await jobs.drain({ group: `${group}/parts` })
        },
        { retry: noRetry },
      ),
      name: `${part.name}-whole`,
    }
    await jobs.send(whole, { n: 0 }, { group })
    await jobs.work([part, whole], services())
    while ((await jobs.progress({ group: `${group}/parts` })).completed === 0) await sleep(5)
    const started = performance.now()
    await jobs.stop()
    assert.ok(performance.now() - started < 10_000)
    jobs = await openJobs({ workflow, definitions: [] })
    await jobs.work([part, whole], services())
    assert.equal((await jobs.drain({ group })).completed, 1)
    assert.equal((await jobs.progress({ group: `${group}/parts` })).completed, 6)
    assert.deepEqual(attempts, [1, 1])
  })

  test('a stop that does not wait puts back what it cuts short, and the try is not counted', async () => {
    const attempts: number[] = []
    const seen = Promise.withResolvers<void>()
    let hold = true
    const job = define(
      async (_, { attempt, signal }) => {
        attempts.push(attempt)
        seen.resolve()
        if (hold) await sleep(60_000, undefined, { signal })
      },
      { retry: noRetry, batch: 2 },
    )
    await jobs.sendMany(job, [{ n: 1 }, { n: 2 }], { group })
    await jobs.work([job], services())
    await seen.promise
    await jobs.stop({ graceful: false })
    assert.equal((await jobs.progress({ group })).queued, 2)
    hold = false
    jobs = await openJobs({ workflow, definitions: [job] })
    await jobs.work([job], services())
    assert.equal((await jobs.drain({ group })).completed, 2)
    assert.deepEqual(attempts, [1, 1, 1])
  })

  test('a job that outlives its time is given up', async () => {
    const job = define((_, { signal }) => sleep(60_000, undefined, { signal }), { retry: noRetry, expireSeconds: 1 })
    await jobs.work([job], services())
    await jobs.send(job, { n: 1 }, { group })
    await assert.rejects(jobs.drain({ group }), /exceeded 1s/)
  })

  test('a schedule is kept once per key and taken away again; a bad one is refused', async () => {
    const job = define(async () => undefined)
    const schedules = async () =>
      (
        await sql<{
          key: string
          cron: string
          timezone: string
        }>`select key, cron, timezone from pgboss.schedule where name like ${`${job.name}%`} order by key`.execute(
          workflow.db,
        )
      ).rows
    await jobs.schedule(job, '0 3 * * *', { n: 1 })
    await jobs.schedule(job, '0 4 * * *', { n: 1 })
    await jobs.schedule(job, '0 9 * * 1', { n: 2 }, { timeZone: 'Asia/Shanghai', key: 'weekly' })
    assert.deepEqual(await schedules(), [
      { key: '', cron: '0 4 * * *', timezone: 'UTC' },
      { key: 'weekly', cron: '0 9 * * 1', timezone: 'Asia/Shanghai' },
    ])
    await jobs.unschedule(job, { key: 'weekly' })
    await jobs.unschedule(job)
    assert.deepEqual(await schedules(), [])
    await assert.rejects(jobs.schedule(job, 'whenever', { n: 1 }))
  })
}

describe('jobs, embedded', () => contract(() => freshWorkflow()))

describe('jobs, on a server', () => {
  let server: DebianPostgres
  before(async () => {
    server = await startDebianPostgres()
  })
  after(() => server?.stop())
  contract(() => server.freshWorkflow())
})
