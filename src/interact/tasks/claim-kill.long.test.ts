import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { startDebianPostgres } from '../../platform/stores/workflow/debian-postgres.ts'
import { migrateWorkflow, openWorkflow } from '../../platform/stores/workflow/index.ts'
import { workflowMigrations } from '../tables.ts'

const TASKS = 3000
const AGENTS = 25
const script = fileURLToPath(new URL('claim-kill.child.ts', import.meta.url))

test('processes of many agents on PostgreSQL, killed at any moment: no task is ever given twice', {
  timeout: 180_000,
}, async () => {
  const postgres = await startDebianPostgres()
  try {
    const url = await postgres.freshUrl()
    const workflow = await openWorkflow({ dataDir: '', postgresUrl: url })
    await migrateWorkflow(workflow, workflowMigrations)
    await sql`INSERT INTO desk_lists (list_id, kind, offer, rank, opened_at) VALUES ('a', 'campaign', '', 1, now()), ('b', 'campaign', '', 2, now())`.execute(
      workflow.db,
    )
    await sql`INSERT INTO tasks (task_id, run_id, as_of, customer_id, offer, language, priority, state, attempts, notes, created_at, kind, list)
      SELECT n::text, 0, '2026-01-01', n, '', 'en', n % 17, 'open', 0, '', now(), 'campaign', CASE WHEN n % 2 = 0 THEN 'a' ELSE 'b' END
      FROM generate_series(1, ${TASKS}::int4) AS n`.execute(workflow.db)
    const said: string[] = []
    let kills = 0
    let next = 1000
    const runOne = async (lifetime: number): Promise<void> => {
      const first = next
      next += AGENTS
      const child = spawn(process.execPath, [script, url, String(first), String(AGENTS)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let text = ''
      child.stdout.on('data', chunk => (text += chunk))
      const exit = once(child, 'exit')
      while (!text.includes('ready') && child.exitCode === null) await sleep(20)
      await Promise.race([exit, sleep(lifetime)])
      if (child.exitCode === null) {
        child.kill('SIGKILL')
        kills++
      }
      await exit
      said.push(...text.split('\n').filter(line => line.startsWith('got ')))
    }
    // Three processes side by side, killed after ever other times, until every task is taken.
    const lane = async (lane: number): Promise<void> => {
      for (let round = 0; round < 40; round++) {
        const { open } = await workflow.db
          .selectFrom('tasks')
          .select(eb => eb.fn.countAll<number>().as('open'))
          .where('state', '=', 'open')
          .executeTakeFirstOrThrow()
        if (Number(open) === 0) return
        await runOne(round < 5 ? 40 + ((round * 53 + lane * 31) % 180) : 60_000)
      }
    }
    await Promise.all([0, 1, 2].map(lane))
    assert.ok(kills >= 5, `${kills} killed`)
    const takers = Map.groupBy(said, line => line.split(' ')[1]!)
    for (const [task, lines] of takers)
      assert.equal(lines.length, 1, `task ${task} was given ${lines.length} times: ${lines}`)
    // What a process took and could not say before it died is held by one of its agents, and by nobody else.
    const rows = await workflow.db.selectFrom('tasks').select(['task_id', 'state', 'held_by']).execute()
    assert.equal(rows.filter(row => row.state === 'open').length, 0)
    for (const row of rows) {
      const told = takers.get(row.task_id)?.[0]?.split(' ')[2]
      if (told !== undefined) assert.equal(Number(told), Number(row.held_by))
    }
    assert.ok(takers.size > TASKS * 0.8, `${takers.size} claims were told`)
    await workflow.close()
  } finally {
    await postgres.stop()
  }
})
