import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { App, Step } from '../../platform/app.ts'
import { featuresStep } from '../features/step.ts'
import { seededRandom } from '../math/random.ts'
import { identityOf, type Line, openTestApp, runSteps } from '../test-company.ts'
import * as shapes from './api.ts'
import { customerAlarms } from './customer-view.ts'
import { saveSettings, settingsOf } from './settings.ts'
import { changeStates, restoreStates } from './states.ts'
import { alarmsStep } from './step.ts'
import { openAlarmTasks, openTasks, settleAlarmTask } from './tasks.ts'
import { alarmList, groupAlarms } from './view.ts'

let app: App & { close(): Promise<void> }
before(async () => {
  app = await openTestApp()
})
after(() => app.close())

const CUSTOMERS = 400
const customers = Array.from({ length: CUSTOMERS }, (_, i) => i + 1)
/** Days after 2010-01-01 of the second turn. */
const NOW = 1000

/** Everybody buys every three weeks or so; customers 1 to 10 stop a hundred days before the end, segment EVEN halves after the first turn. */
function companyLines(): Line[] {
  const random = seededRandom(4)
  const lines: Line[] = []
  for (const customer of customers) {
    const pace = 14 + random.uniform() * 14
    for (let day = random.uniform() * 30; day < NOW + 10; day += random.gamma(3, 3 / pace)) {
      if (customer <= 10 && day > NOW - 100) break
      if (customer % 2 === 0 && day > NOW - 60 && random.uniform() < 0.5) continue
      const amount = Math.round(1000 * Math.exp(0.4 * (random.uniform() + random.uniform() - 1)))
      const line = {
        customer,
        day: Math.floor(day),
        invoice: `${customer}-${Math.floor(day)}`,
        product: 'P1',
        category: `C${customer % 3}`,
      }
      lines.push({ ...line, amount, margin: Math.round(amount / 2) })
    }
  }
  return lines
}

const scored: Step = {
  id: 'models',
  title: { en: '', zh: '' },
  resumes: false,
  writes: [],
  async run({ app: { facts }, runId, runOf }) {
    await facts.exec(
      'INSERT INTO scores (run_id, customer_id, expected_purchases, churn_probability) SELECT {runId:UInt64}, customer_id, purchase_days_365, 0.2 FROM features WHERE run_id = {f:UInt64}',
      { runId, f: runOf('features') },
    )
    return {}
  },
}
const segmented: Step = {
  ...scored,
  id: 'segments',
  async run({ app: { facts }, runId, runOf }) {
    await facts.exec(
      "INSERT INTO segment_members (run_id, customer_id, segment) SELECT {runId:UInt64}, customer_id, if(customer_id % 2 = 0, 'EVEN', concat('ODD', toString(customer_id % 8))) FROM features WHERE run_id = {f:UInt64}",
      { runId, f: runOf('features') },
    )
    return {}
  },
}
const dayOf = (day: number) => new Date(Date.UTC(2010, 0, 1 + day)).toISOString().slice(0, 10)
async function turnAsOf(day: number) {
  const turn = await app.runs.openTurn(dayOf(day))
  const figures = await runSteps(app, turn, [
    identityOf(companyLines(), customers),
    featuresStep,
    scored,
    segmented,
    alarmsStep,
  ])
  await app.runs.closeTurn(turn)
  return figures.get('alarms')!
}
/** Since when each silence of the second turn was an alarm. */
const began = new Map<number, string>()
const all = { order: 'stake', offset: 0, limit: 500 } as const

test('customers who stopped and a segment that fell are found; states, undo and tasks', async () => {
  await saveSettings(app, { ...(await settingsOf(app)), rate: 0.05 }, 1)
  await turnAsOf(NOW - 60)
  await turnAsOf(NOW)
  const list = shapes.alarmList.parse(await alarmList(app, { ...all, measure: 'silence' }))
  const silent = list.rows.map(row => row.customerId)
  const stopped = customers.slice(0, 10).filter(id => silent.includes(id))
  assert.ok(stopped.length >= 8, `${stopped}`)
  for (const row of list.rows) began.set(row.customerId, row.since)
  const silence = list.measures.find(({ measure }) => measure === 'silence')!
  assert.ok(silence.watched > 350 && silence.expectedFalse < 10)

  const groups = shapes.groupAlarmList.parse(await groupAlarms(app))
  const even = groups.rows.find(row => row.group === 'EVEN' && row.measure === 'purchases')!
  assert.ok(even.alarm && even.actual < even.low, JSON.stringify(even))
  assert.equal(groups.rows.find(row => row.group === 'ODD1' && row.measure === 'churn')?.alarm ?? false, false)

  // Dismissed with a reason, taken back, made a call of, settled.
  const keys = list.rows.slice(0, 5).map(({ subject, measure, since }) => ({ subject, measure, since }))
  await assert.rejects(changeStates(app, keys, { state: 'dismissed', reason: null, note: '' }, 1), /why/)
  const { before: stood } = await changeStates(app, keys, { state: 'dismissed', reason: 'normal', note: 'holiday' }, 1)
  const dismissed = await alarmList(app, { ...all, measure: 'silence', state: 'dismissed' })
  assert.equal(dismissed.total, 5)
  assert.equal(dismissed.measures.find(({ measure }) => measure === 'silence')!.normal, 5)
  await restoreStates(app, stood, 1)
  assert.equal((await alarmList(app, { ...all, state: 'dismissed' })).total, 0)

  await openTasks(app, list.rows.slice(0, 2), 'ask why', 1)
  await changeStates(app, keys.slice(0, 2), { state: 'task', reason: null, note: 'ask why' }, 1)
  const [first, second] = await openAlarmTasks(app)
  assert.deepEqual([first!.measure, first!.note, second!.open], ['silence', 'ask why', true])
  await settleAlarmTask(app, first!.alarmTaskId, { outcome: 'accepted', eventId: 'e1' })
  // Taken back, the call that was not made is withdrawn; the one made stays made.
  await restoreStates(app, stood.slice(0, 2), 1)
  assert.deepEqual(await openAlarmTasks(app), [])

  const one = shapes.customerAlarms.parse(await customerAlarms(app, stopped[0]!))
  assert.ok(one.rows.length > 0 && one.windows.length > 5 && one.purchaseDays.length > 20)
  assert.equal(one.windows.at(-1)!.days, 0)
})

test('an alarm that goes on keeps its date; one that is over begins anew', async () => {
  await turnAsOf(NOW + 5)
  const again = await alarmList(app, { ...all, measure: 'silence' })
  const going = again.rows.filter(row => row.customerId <= 10)
  assert.ok(going.length >= 8, `${going.map(row => row.customerId)}`)
  for (const row of going) assert.equal(row.since, began.get(row.customerId) ?? dayOf(NOW + 5))
  assert.ok([...began.values()].includes(dayOf(NOW)))
  const groups = await groupAlarms(app)
  const even = groups.rows.find(row => row.group === 'EVEN' && row.measure === 'purchases')!
  assert.deepEqual(
    even.series.map(point => point.asOf),
    [dayOf(NOW)],
  )
})
