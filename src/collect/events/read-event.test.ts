import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { EventBatch } from './batch.ts'
import { incomingEvent } from './event-schema.ts'
import { idHash } from './id-hash.ts'
import { parseExactly } from './parse-exactly.ts'
import { readEvent } from './read-event.ts'
import { readInstant } from './read-instant.ts'

const now = Date.parse('2026-11-22T00:00:00Z')

test('what is checked by hand is what the documented schema says', () => {
  const odd = fc.constantFrom<unknown>(undefined, null, '', 7, [], {}, 'x'.repeat(500), '\u0000', 'ok', -1, 1.5, true)
  const event = fc.record(
    {
      eventId: fc.oneof(fc.constantFrom('a', 'ü', 'a b', 'x'.repeat(101)), odd),
      type: fc.oneof(fc.constantFrom('bought', 'answer', 'Bought', '1a'), odd),
      at: fc.oneof(
        fc.constantFrom('2026-01-02T03:04:05Z', '2011-02-30T00:00:00Z', '2026-01-02', '2999-01-01T00:00:00Z'),
        odd,
      ),
      customerId: fc.oneof(fc.constantFrom(1, 0, 2 ** 53), odd),
      channel: fc.constantFrom<unknown>(undefined, 'web', '', 'x'.repeat(21), 7),
      payload: fc.constantFrom<unknown>(undefined, {}, { a: [1, null] }, [], 7, null),
      colour: fc.constantFrom<unknown>(undefined, undefined, 'red'),
    },
    { requiredKeys: ['customerId'] },
  )
  fc.assert(
    fc.property(event, given => {
      // What JSON cannot say is not there.
      const value = JSON.parse(JSON.stringify(given)) as Record<string, unknown>
      const batch = new EventBatch()
      const refusal = readEvent(value, now, batch)
      const nobody = value['customerId'] === undefined
      assert.equal(
        refusal === undefined,
        incomingEvent.safeParse(value).success && !nobody,
        JSON.stringify({ value, refusal }),
      )
      assert.equal(batch.rows, refusal ? 0 : 1)
    }),
    { numRuns: 2000 },
  )
})

test('an instant is read as what it is, or not at all', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date(now), noInvalidDate: true }), date => {
      assert.equal(readInstant(date.toISOString(), now), date.getTime())
    }),
  )
  assert.equal(readInstant('2026-01-02T08:00:00.5+08:00', now), Date.parse('2026-01-02T00:00:00.500Z'))
  for (const wrong of [
    '2011-02-30T00:00:00Z',
    '2011-02-29T00:00:00Z',
    '2011-02-03T24:00:00Z',
    '2011-02-03',
    '2011-02-03T00:00:00',
    '2026-11-24T00:00:00Z',
  ])
    assert.ok(Number.isNaN(readInstant(wrong, now)), wrong)
})

test('numbers come back as they were written, ids keep apart', () => {
  for (const text of [
    '{"a":12345678901234567890}',
    '{"a":[0.10000000000000000555,1e400,-1E-400]}',
    '{"a":1.50}',
    '{"a":"9007199254740993"}',
  ])
    assert.equal(JSON.stringify(parseExactly(text)), text.replace('1.50', '1.5'))
  const ids = Array.from({ length: 100_000 }, (_, i) => `0192f0c4-7b1e-7000-8000-${i.toString(16).padStart(12, '0')}`)
  assert.equal(new Set(ids.map(idHash)).size, ids.length)
})
