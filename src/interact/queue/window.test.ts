import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { timeIn, untilOpen, zoneOf } from './window.ts'

const hours = { from: '09:00', to: '20:00', zone: 'Asia/Shanghai' }
const quiet = { channels: ['sms' as const], from: '21:00', to: '08:00' }
const policy = { quiet_hours: [{ country: 'US', zone: 'America/Chicago', ...quiet }] }
const HOUR = 3_600_000

test("each customer in the zone of the country: the policy names it, else its only one, else the company's", () => {
  assert.equal(zoneOf(policy, 'US', hours.zone), 'America/Chicago')
  assert.equal(zoneOf(policy, 'GB', hours.zone), 'Europe/London')
  assert.equal(zoneOf(policy, 'BR', hours.zone), 'Asia/Shanghai')
  // 02:30 in London is 10:30 in Shanghai and 21:30 the day before in Chicago.
  const at = new Date('2026-01-15T02:30:00Z')
  assert.equal(untilOpen(hours, 'Asia/Shanghai', at), 0)
  assert.equal(untilOpen(hours, 'Europe/London', at), 6.5 * HOUR)
  assert.equal(untilOpen(hours, 'America/Chicago', at), 12.5 * HOUR)
  assert.equal(untilOpen({ ...hours, from: '00:00', to: '00:00' }, 'Europe/London', at), 0, 'the whole day')
})

test('waiting that long leads to an open hour, at any moment, in any zone, over midnight too', () => {
  const zones = ['Asia/Shanghai', 'Europe/London', 'America/Chicago', 'Asia/Kolkata', 'Pacific/Auckland']
  const time = fc.integer({ min: 0, max: 95 }).map(quarter => {
    const two = (value: number) => String(value).padStart(2, '0')
    return `${two(Math.floor(quarter / 4))}:${two((quarter % 4) * 15)}`
  })
  // A month without a change of clocks in any of them.
  const moment = fc.date({
    min: new Date('2026-01-05T00:00:00Z'),
    max: new Date('2026-02-05T00:00:00Z'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(time, time, fc.constantFrom(...zones), moment, (from, to, zone, at) => {
      const wait = untilOpen({ from, to, zone }, zone, at)
      assert.ok(wait >= 0 && wait <= 24 * HOUR)
      const then = new Date(at.getTime() + wait)
      assert.equal(untilOpen({ from, to, zone }, zone, then), 0)
      if (wait > 0) assert.equal(timeIn(zone, then), from)
    }),
    { numRuns: 300 },
  )
})
