import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killSender } from './kill-sender.ts'

test('kill -9 of the sender twice during 1,000 e-mails: each once but for those under way', {
  timeout: 180_000,
}, async t => {
  const figures = await killSender(1000, 2, 250)
  t.diagnostic(JSON.stringify(figures))
  assert.ok(figures.kills >= 1)
})
