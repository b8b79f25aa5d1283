import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addsUp } from './adds-up.ts'

const done = { planned: 10, composed: 9, held: 1, settled: 7, refused: 1, failed: 1, waiting: 0 }

test('a finished channel adds up', () => assert.equal(addsUp(done), true))
test('a lost message is seen', () => assert.equal(addsUp({ ...done, settled: 6 }), false))
test('a message sent twice is seen', () => assert.equal(addsUp({ ...done, settled: 8 }), false))
test('what waits is counted', () => assert.equal(addsUp({ ...done, settled: 4, waiting: 3 }), true))
