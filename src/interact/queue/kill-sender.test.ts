import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killSender } from './kill-sender.ts'

test('kill -9 of the sender 3 times during 2,000 e-mails: each once but for those under way', {
  timeout: 180_000,
}, async t => {
  const figures = await killSender(2000, 3, 250)
  t.diagnostic(JSON.stringify(figures))
  assert.ok(figures.kills >= 2)
})
