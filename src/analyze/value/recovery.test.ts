import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recover } from './recovery.ts'

// The whole thousand is recovery.long.test.ts; these forty take about a second.
test('forty simulated parameter sets: all converge, the truth within three standard errors', () => {
  const found = recover(40, 4000, 20_000)
  assert.equal(found.converged, found.sets, found.failures.join('\n'))
  assert.ok(found.within / found.parameters >= 0.99, found.failures.join('\n'))
})
