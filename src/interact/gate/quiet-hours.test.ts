import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ContactPolicy } from '../../optimize/index.ts'
import { isBetween, isQuiet, sendingMoment } from './quiet-hours.ts'

const policy = {
  quiet_hours: [{ country: 'CN', zone: 'Asia/Shanghai', channels: ['sms'], from: '20:00', to: '09:00' }],
} as unknown as ContactPolicy

test('quiet hours go over midnight, in the zone of the customer', () => {
  assert.ok(isBetween('23:30', '20:00', '09:00') && isBetween('08:59', '20:00', '09:00'))
  assert.ok(!isBetween('09:00', '20:00', '09:00') && !isBetween('19:59', '20:00', '09:00'))
  const at = (iso: string) => ({ clock: new Date(iso) })
  assert.ok(isQuiet(policy, 'sms', 'CN', at('2026-11-21T12:30:00Z')), '20:30 in Shanghai')
  assert.ok(!isQuiet(policy, 'sms', 'CN', at('2026-11-21T02:00:00Z')), '10:00 in Shanghai')
  assert.ok(!isQuiet(policy, 'email', 'CN', at('2026-11-21T12:30:00Z')))
  assert.ok(!isQuiet(policy, 'sms', 'GB', at('2026-11-21T12:30:00Z')))
})

test('a replayed turn counts as sent at ten in the morning, a turn of these days by the clock', () => {
  const now = new Date('2026-11-21T12:30:00Z')
  assert.deepEqual(sendingMoment('2026-11-20', now), { clock: now })
  assert.deepEqual(sendingMoment('2010-12-01', now), { replayed: true })
  assert.ok(!isQuiet(policy, 'sms', 'CN', sendingMoment('2010-12-01', now)))
})
