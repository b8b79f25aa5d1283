import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loginAttempts } from './attempts.ts'

test('five wrong passwords make a login wait a quarter of an hour, others not', () => {
  let now = 0
  const attempts = loginAttempts(() => now)
  for (let i = 0; i < 5; i++) {
    assert.equal(attempts.wait('li'), 0)
    attempts.failed('li')
    now += 1000
  }
  assert.equal(attempts.wait('li'), 895)
  assert.equal(attempts.wait('wang'), 0)
  now = 15 * 60_000
  assert.equal(attempts.wait('li'), 0)
})

test('a right password forgets the wrong ones', () => {
  const attempts = loginAttempts(() => 0)
  for (let i = 0; i < 4; i++) attempts.failed('li')
  attempts.succeeded('li')
  for (let i = 0; i < 4; i++) attempts.failed('li')
  assert.equal(attempts.wait('li'), 0)
})
