import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { freshWorkflow, migrateWorkflow, type Workflow } from '../../platform/stores/workflow/index.ts'
import { workflowMigrations } from '../tables.ts'
import { saveAgent } from './agents.ts'
import { nextTry } from './back-off.ts'
import { claimNext, forgetGroups, heldTask, keepTask, releaseTask, takeTask } from './claim.ts'
import { draftOf, saveDraft } from './drafts.ts'
import { boostTasks, orderLists, pauseList } from './lists.ts'

let workflow: Workflow
before(async () => {
  workflow = await freshWorkflow()
  await migrateWorkflow(workflow, workflowMigrations)
})
after(() => workflow.close())

const LISTS = ['a', 'b']
const ZONES = ['', 'Asia/Shanghai', 'Europe/London']
/** Speaks no customer's language: gets nothing, but lapsed leases are looked after. */
const SPEECHLESS = 99
/** It is night in London. */
const open = (zone: string): boolean => zone !== 'Europe/London'

async function fill(tasks: number): Promise<void> {
  for (const table of ['tasks', 'desk_lists', 'desk_agents', 'desk_drafts'])
    await sql.raw(`DELETE FROM ${table}`).execute(workflow.db)
  await sql`INSERT INTO desk_lists (list_id, kind, offer, rank, opened_at) SELECT l, 'campaign', '', n, now()
    FROM unnest(${LISTS}::text[]) WITH ORDINALITY AS t(l, n)`.execute(workflow.db)
  await sql`INSERT INTO tasks (task_id, run_id, as_of, customer_id, offer, language, priority, state, attempts, notes, created_at, kind, list, zone, skill)
    SELECT 't' || lpad(n::text, 3, '0'), 0, '2026-01-01', n, '', CASE WHEN n % 3 = 0 THEN 'en' ELSE 'zh-CN' END, (n * 37) % 11, 'open', 0, '', now(),
      'campaign', (${LISTS}::text[])[1 + n % 2], (${ZONES}::text[])[1 + n % 3], CASE WHEN n % 7 = 0 THEN 'gold' ELSE '' END
    FROM generate_series(1, ${tasks}::int4) AS n`.execute(workflow.db)
  forgetGroups({ workflow })
}

interface Row {
  task_id: string
  list: string
  language: string
  zone: string
  skill: string
  boost: number
  priority: number
  for_user: number | null
  due_at: Date | null
}

/** The rule in words, read straight from the rows: mine first, then list by list, put forward, worth, name. */
async function best(
  agent: number,
  languages: readonly string[],
  skills: readonly string[],
): Promise<string | undefined> {
  const lists = await workflow.db.selectFrom('desk_lists').selectAll().orderBy('rank').execute()
  const rank = new Map(lists.filter(list => !list.paused).map((list, at) => [list.list_id, at]))
  const rows = (await workflow.db.selectFrom('tasks').selectAll().where('state', '=', 'open').execute()) as Row[]
  const due = rows.filter(row => row.due_at === null || row.due_at.getTime() <= Date.now())
  const mine = due.filter(row => row.for_user === agent)
  const free = due.filter(
    row =>
      row.for_user === null &&
      rank.has(row.list) &&
      (row.zone === '' || open(row.zone)) &&
      (languages.length === 0 || languages.includes(row.language)) &&
      (row.skill === '' || skills.length === 0 || skills.includes(row.skill)),
  )
  const order = (a: Row, b: Row): number =>
    rank.get(a.list)! - rank.get(b.list)! ||
    b.boost - a.boost ||
    b.priority - a.priority ||
    a.task_id.localeCompare(b.task_id)
  const first = mine.sort((a, b) => a.due_at!.getTime() - b.due_at!.getTime())[0] ?? free.sort(order)[0]
  return first?.task_id
}

const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('next' as const), agent: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constantFrom('done', 'release', 'die', 'later') as fc.Arbitrary<'done' | 'release' | 'die' | 'later'>,
      agent: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constantFrom('pause', 'go-on', 'turn-round', 'boost') as fc.Arbitrary<
        'pause' | 'go-on' | 'turn-round' | 'boost'
      >,
      agent: fc.integer({ min: 1, max: 15 }),
    }),
  },
)

test('whatever agents do, die of, or leads change: nobody is given what another holds, and everybody the best', async () => {
  const languages: Record<number, string[]> = { 1: [], 2: ['zh-CN'], 3: ['en'], 4: [] }
  const skills: Record<number, string[]> = { 1: [], 2: ['gold'], 3: [], 4: ['silver'] }
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 8, maxLength: 24 }), async actions => {
      await fill(15)
      for (const agent of [1, 2, 3, 4])
        await saveAgent(
          { workflow },
          { user_id: agent, skills: skills[agent]!, languages: languages[agent]!, extension: '', state: 'ready' },
        )
      await saveAgent(
        { workflow },
        { user_id: SPEECHLESS, skills: [], languages: ['none'], extension: '', state: 'ready' },
      )
      const holds = new Map<number, string>()
      for (const { what, agent } of actions) {
        const task = holds.get(agent)
        if (what === 'next') {
          if (task) continue
          forgetGroups({ workflow })
          const expected = await best(agent, languages[agent]!, skills[agent]!)
          const got = await claimNext({ workflow }, agent, open)
          assert.equal(got?.task_id, expected)
          if (got) {
            assert.ok(![...holds.values()].includes(got.task_id), `${got.task_id} is held already`)
            holds.set(agent, got.task_id)
          }
        } else if (what === 'pause' || what === 'go-on')
          await pauseList({ workflow }, LISTS[agent % 2]!, what === 'pause')
        else if (what === 'turn-round') await orderLists({ workflow }, agent % 2 === 0 ? ['b', 'a'] : ['a', 'b'])
        else if (what === 'boost')
          await boostTasks({ workflow }, [`t${String(agent).padStart(3, '0')}`], agent % 2 === 0 ? 1 : -1)
        else if (task) {
          holds.delete(agent)
          if (what === 'release') await releaseTask({ workflow }, task, agent)
          else if (what === 'done')
            await sql`UPDATE tasks SET state = 'done', held_by = NULL WHERE task_id = ${task}`.execute(workflow.db)
          else if (what === 'later')
            await sql`UPDATE tasks SET state = 'open', held_by = NULL, due_at = now() + interval '1 hour' WHERE task_id = ${task}`.execute(
              workflow.db,
            )
          else {
            // The browser died and its lease ran out: the agent who comes back gets it, nobody else.
            await sql`UPDATE tasks SET held_until = now() - interval '1 second' WHERE task_id = ${task}`.execute(
              workflow.db,
            )
            const other = (agent % 4) + 1
            forgetGroups({ workflow })
            if (!holds.has(other)) {
              const got = await claimNext({ workflow }, other, open)
              assert.notEqual(got?.task_id, task)
              if (got) holds.set(other, got.task_id)
            } else assert.equal(await claimNext({ workflow }, SPEECHLESS, open), undefined)
            assert.equal((await claimNext({ workflow }, agent, open))?.task_id, task)
            holds.set(agent, task)
          }
        }
      }
      const held = await workflow.db
        .selectFrom('tasks')
        .select(['task_id', 'held_by'])
        .where('state', '=', 'held')
        .execute()
      assert.deepEqual(
        new Map(held.map(row => [Number(row.held_by), row.task_id])),
        new Map([...holds].sort(([a], [b]) => a - b)),
      )
    }),
    { numRuns: 5 },
  )
})

test('a lease that lapsed for long goes to others; who lost it is told, and what was typed is still there', async () => {
  await fill(1)
  const task = (await claimNext({ workflow }, 1))!
  await saveDraft({ workflow }, task.task_id, 1, { revision: 5, body: { note: 'wants the blue one' } })
  assert.deepEqual(await saveDraft({ workflow }, task.task_id, 1, { revision: 3, body: { note: 'late' } }), {
    revision: 5,
  })
  await sql`UPDATE tasks SET held_until = now() - interval '1 second'`.execute(workflow.db)
  forgetGroups({ workflow })
  assert.equal(await claimNext({ workflow }, 2), undefined, 'it waits for the agent whose it was')
  await sql`UPDATE tasks SET due_at = now() - interval '31 minutes'`.execute(workflow.db)
  forgetGroups({ workflow })
  assert.equal((await claimNext({ workflow }, 2))?.task_id, task.task_id)
  assert.equal(await keepTask({ workflow }, task.task_id, 1), false)
  await assert.rejects(saveDraft({ workflow }, task.task_id, 1, { revision: 9, body: {} }), {
    code: 'interact.task-not-held',
  })
  await assert.rejects(takeTask({ workflow }, task.task_id, 1), { code: 'interact.task-held' })
  const draft = await draftOf({ workflow }, task.task_id)
  assert.deepEqual([draft?.body, draft?.userId], [{ note: 'wants the blue one' }, 1])
  assert.equal(await heldTask({ workflow }, 1), undefined)
})

test('a callback whose time has come is made before anything else, by whoever promised it', async () => {
  await fill(9)
  await sql`UPDATE tasks SET outcome = 'callback', due_at = now() - interval '1 minute', for_user = 7, list = 'b', priority = 0, zone = ''
    WHERE task_id = 't001'`.execute(workflow.db)
  forgetGroups({ workflow })
  assert.notEqual((await claimNext({ workflow }, 1, open))?.task_id, 't001')
  assert.equal((await claimNext({ workflow }, 7, open))?.task_id, 't001')
  await releaseTask({ workflow }, 't001', 7)
  await sql`UPDATE tasks SET for_user = NULL WHERE task_id = 't001'`.execute(workflow.db)
  forgetGroups({ workflow })
  assert.equal((await claimNext({ workflow }, 2, open))?.task_id, 't001')
})

test('the rules of the next try: sooner when busy, another number when wrong, and an end', () => {
  const now = new Date('2026-11-22T08:00:00Z')
  const after = (outcome: string, tries: number, numbersLeft = 0, attempts = tries) => {
    const at = nextTry(outcome, { tries, attempts, numbersLeft, now })
    return at && (at.getTime() - now.getTime()) / 60_000
  }
  assert.deepEqual([after('no-answer', 1), after('no-answer', 2), after('no-answer', 3)], [240, 1200, null])
  assert.deepEqual([after('busy', 1), after('busy', 3), after('busy', 4)], [15, 120, null])
  assert.deepEqual([after('voicemail', 1), after('voicemail', 2)], [1440, null])
  assert.deepEqual([after('wrong-number', 1, 1), after('wrong-number', 2, 0)], [0, null])
  assert.equal(after('busy', 1, 0, 6), null, 'nobody is rung more than six times')
  assert.equal(after('refused', 1), null)
})
