import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Logger, pino } from 'pino'
import { asJson, freshWorkflow, migrateWorkflow, type Workflow } from '../../platform/stores/workflow/index.ts'
import { workflowMigrations } from '../tables.ts'
import { callChanged, listenToCalls } from './push.ts'

let workflow: Workflow
const log: Logger = pino({ level: 'silent' })
before(async () => {
  workflow = await freshWorkflow()
  await migrateWorkflow(workflow, workflowMigrations)
})
after(() => workflow.close())

const ring = (call_id: string) =>
  workflow.db
    .insertInto('desk_calls')
    .values({
      call_id,
      direction: 'in',
      number: '',
      number_state: 'withheld',
      state: 'ringing',
      user_id: null,
      how: 'unknown',
      candidates: asJson([]),
      rang_at: new Date(),
      answered_at: null,
      ended_at: null,
    })
    .execute()

test('what rings while a desk begins to listen is told, to each of two that begin at once, and what was there before is not', async () => {
  const app = { workflow, log }
  await ring('before')
  const heard: string[][] = [[], []]
  const listen = (calls: string[]) => listenToCalls(app, call => calls.push(call.call_id))
  // The store answers in this order: the first desk's question, the ring, the second desk's question.
  const first = listen(heard[0]!)
  const rang = ring('while')
  const second = listen(heard[1]!)
  await rang
  callChanged(app)
  const ends = await Promise.all([first, second])
  await ring('after')
  callChanged(app)
  const until = performance.now() + 10_000
  while (heard.some(calls => !calls.includes('after')) && performance.now() < until) await sleep(5)
  for (const end of ends) end()
  for (const calls of heard) {
    assert.deepEqual(
      calls.filter(id => id === 'while' || id === 'after'),
      ['while', 'after'],
    )
    assert.equal(calls.includes('before'), false)
  }
})
