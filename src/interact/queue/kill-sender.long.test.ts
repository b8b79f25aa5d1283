import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killSender } from './kill-sender.ts'

test('kill -9 of the sender 50 times during 100,000 e-mails: each once but for those under way', {
  timeout: 3_600_000,
}, async t => {
  const figures = await killSender(100_000, 50, 1000)
  t.diagnostic(JSON.stringify(figures))
  assert.equal(figures.kills, 50)
})
