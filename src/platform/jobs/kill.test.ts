import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { sql } from 'kysely'
import { startDebianPostgres } from '../stores/workflow/debian-postgres.ts'
import { freshWorkflowFolder, openWorkflow, type Workflow } from '../stores/workflow/index.ts'

/** However often and whenever the process that works them is killed, no job is lost, and none that is settled runs again. */

const JOBS = 30
const script = fileURLToPath(new URL('kill.worker.ts', import.meta.url))

interface Place {
  dataDir: string
  postgresUrl: string
}

function startWorker({ dataDir, postgresUrl }: Place): ChildProcess {
  return spawn(process.execPath, [script, dataDir, postgresUrl, String(JOBS)], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Resolves when the worker writes that word; rejects when it ends without. */
function said(child: ChildProcess, word: string): Promise<void> {
  let text = ''
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', chunk => {
      text += chunk
      if (text.includes(word)) resolve()
    })
    child.once('exit', () => reject(new Error(`the worker ended without "${word}": ${text}`)))
  })
}

async function killAfter(place: Place, delayMs: number): Promise<void> {
  const child = startWorker(place)
  const exit = once(child, 'exit')
  await said(child, 'sent')
  await sleep(delayMs)
  child.kill('SIGKILL')
  await exit
}

async function withStore<T>({ dataDir, postgresUrl }: Place, ask: (workflow: Workflow) => Promise<T>): Promise<T> {
  const workflow = await openWorkflow({ dataDir, ...(postgresUrl ? { postgresUrl } : {}) })
  try {
    return await ask(workflow)
  } finally {
    await workflow.close()
  }
}

/** How often each settled job ran so far. */
const settledRuns = (place: Place) =>
  withStore(place, async ({ db }) => {
    const { rows } = await sql<{ id: string; runs: number }>`
      select id, (select count(*)::int4 from ran where ran.id = job.id) as runs
      from pgboss.job where group_id = 'kill' and state = 'completed'`.execute(db)
    return new Map(rows.map(({ id, runs }) => [id, runs]))
  })

function property(freshPlace: () => Promise<Place>, numRuns: number): Promise<void> {
  const delays = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 2, maxLength: 3 })
  return fc.assert(
    fc.asyncProperty(delays, async kills => {
      const place = await freshPlace()
      const settledAtKills: Map<string, number>[] = []
      for (const delay of kills) {
        await killAfter(place, delay)
        settledAtKills.push(await settledRuns(place))
      }
      const last = startWorker(place)
      const started = performance.now()
      await said(last, 'done')
      const inTheEnd = await settledRuns(place)
      assert.equal(inTheEnd.size, 2 * JOBS)
      for (const settled of settledAtKills)
        for (const [id, runs] of settled) assert.equal(inTheEnd.get(id), runs, 'a settled job ran again')
      assert.ok(performance.now() - started < 60_000, 'what was in flight is taken again quickly')
    }),
    { numRuns, endOnFailure: true },
  )
}

describe('jobs whose process is killed', () => {
  test('embedded', async () => {
    const base = await mkdtemp(join(tmpdir(), 'huiyin-kill-'))
    after(() => rm(base, { recursive: true, force: true }))
    const freshPlace = async () => {
      const dataDir = await mkdtemp(join(base, 'data-'))
      await freshWorkflowFolder(dataDir)
      return { dataDir, postgresUrl: '' }
    }
    await property(freshPlace, 1)
  })

  test('on a server', async () => {
    const server = await startDebianPostgres()
    after(() => server.stop())
    await property(async () => ({ dataDir: '', postgresUrl: await server.freshUrl() }), 1)
  })

  test('on a server, one of two side by side: the other takes its jobs over', async () => {
    const server = await startDebianPostgres()
    after(() => server.stop())
    const place = { dataDir: '', postgresUrl: await server.freshUrl() }
    const victim = startWorker(place)
    await said(victim, 'sent')
    const survivor = startWorker(place)
    const done = said(survivor, 'done')
    await sleep(700)
    victim.kill('SIGKILL')
    await done
    assert.equal((await settledRuns(place)).size, 2 * JOBS)
  })
})
