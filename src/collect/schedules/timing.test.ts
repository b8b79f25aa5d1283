import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cronOf, nextTime } from './timing.ts'

test('what people say becomes cron', () => {
  assert.equal(cronOf({ kind: 'every', minutes: 15 }), '*/15 * * * *')
  assert.equal(cronOf({ kind: 'every', minutes: 120 }), '0 */2 * * *')
  assert.equal(cronOf({ kind: 'daily', at: '02:30' }), '30 2 * * *')
  assert.equal(cronOf({ kind: 'cron', cron: ' 0 3 * * 1-5 ' }), '0 3 * * 1-5')
})

test('what is no schedule is refused', () => {
  for (const cron of ['* * * *', '60 * * * *', '* 24 * * *', 'x * * * *', '5-1 * * * *', '*/0 * * * *'])
    assert.throws(() => cronOf({ kind: 'cron', cron }), /not a schedule/, cron)
  assert.throws(() => cronOf({ kind: 'every', minutes: 7 }), /not a schedule/)
})

test('the next time, in the zone of the schedule', () => {
  const after = new Date('2026-11-22T10:07:30Z')
  const next = (timing: Parameters<typeof nextTime>[0], zone = 'UTC') => nextTime(timing, zone, after)?.toISOString()
  assert.equal(next({ kind: 'every', minutes: 15 }), '2026-11-22T10:15:00.000Z')
  assert.equal(next({ kind: 'daily', at: '02:30' }), '2026-11-23T02:30:00.000Z')
  assert.equal(next({ kind: 'daily', at: '02:30' }, 'Asia/Shanghai'), '2026-11-22T18:30:00.000Z')
  assert.equal(next({ kind: 'cron', cron: '0 3 * * 1-5' }), '2026-11-23T03:00:00.000Z')
  assert.equal(next({ kind: 'cron', cron: '0 0 29 2 *' }), undefined)
})
