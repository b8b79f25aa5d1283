import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readPhone, readPhoneAnywhere } from './phone.ts'

test('Chinese mobiles in the forms people write', () => {
  for (const form of [
    '138 1234 5678',
    '+86-138-1234-5678',
    '008613812345678',
    '86 13812345678',
    '１３８１２３４５６７８',
    '(138)12345678',
  ]) {
    assert.deepEqual(readPhone(form), { e164: '+8613812345678', valid: true, kind: 'mobile' }, form)
  }
})

test('Chinese landlines keep their area code; numbers of no range are not valid', () => {
  assert.deepEqual(readPhone('010-62512345'), { e164: '+861062512345', valid: true, kind: 'landline' })
  assert.deepEqual(readPhone('(0755) 8612 3456'), { e164: '+8675586123456', valid: true, kind: 'landline' })
  assert.equal(readPhone('12012345678').valid, false)
  assert.equal(readPhone('1381234567').valid, false)
  assert.equal(readPhone('abc').e164, '')
})

test('a British mobile is found where the country was only assumed', () => {
  assert.equal(readPhoneAnywhere('07700 900123', 'CN').e164, '+447700900123')
  assert.equal(readPhoneAnywhere('13812345678', 'CN').e164, '+8613812345678')
})

test('never throws, and what is valid is E.164', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      const { e164, valid } = readPhoneAnywhere(text, 'CN')
      assert.ok(!valid || /^\+[1-9]\d{6,14}$/.test(e164))
    }),
  )
})
