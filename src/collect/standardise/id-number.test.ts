import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { creditCheckDigit, readIdNumber, residentCheckDigit } from './id-number.ts'

test('a resident id with the right check digit is verified and tells birth and sex', () => {
  // The example of GB 11643-1999.
  const { kind, verified, birth, sex } = readIdNumber('11010519491231002X')
  assert.deepEqual({ kind, verified, birth, sex }, { kind: 'resident', verified: true, birth: 19491231, sex: 'f' })
  assert.equal(readIdNumber('11010519491231002x ').verified, true)
})

test('any single wrong digit is noticed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const right = '11010519491231002X'
      const wrong = right.slice(0, at) + String((Number(right[at]) + by) % 10) + right.slice(at + 1)
      assert.notEqual(residentCheckDigit(wrong.slice(0, 17)), wrong[17])
      const read = readIdNumber(wrong)
      assert.ok(read.kind !== 'resident' || !read.verified)
    }),
  )
})

test('unified social credit codes', () => {
  assert.equal(creditCheckDigit('91350100M000100Y4'), '3')
  const { kind, verified } = readIdNumber('91350100M000100Y43')
  assert.deepEqual({ kind, verified }, { kind: 'credit-code', verified: true })
})
