import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cleanData, cleanText } from './clean-text.ts'

test('control characters, direction marks and half pairs go, line breaks and letters stay', () => {
  assert.equal(cleanText('a\u0000b\r\nc\td\u202e\u2066e\ufefff\ud800g'), 'ab\nc\tdefg'.replace('fg', 'f\ufffdg'))
  assert.equal(cleanText('e\u0301'), 'é')
  assert.equal(cleanText('王 👩‍💼'), '王 👩‍💼')
  assert.deepEqual(cleanData({ a: ['x\u0007'], b: { c: 1, d: null } }), { a: ['x'], b: { c: 1, d: null } })
})

test('cleaning is done once and for all, whatever comes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const clean = cleanText(text)
      return (
        clean.isWellFormed() &&
        cleanText(clean) === clean &&
        !/[\u202a-\u202e]/.test(clean) &&
        !/[^\P{Cc}\n\t]/u.test(clean)
      )
    }),
  )
})
