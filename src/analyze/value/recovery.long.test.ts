import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recover } from './recovery.ts'

test('1,000 simulated parameter sets of four models: all converge, the truth within three standard errors in 99 %', t => {
  const found = recover(1000, 8000, 1)
  t.diagnostic(`${found.within} of ${found.parameters} within`)
  assert.equal(found.converged, found.sets, found.failures.join('\n'))
  assert.ok(found.within / found.parameters >= 0.99, found.failures.join('\n'))
})
