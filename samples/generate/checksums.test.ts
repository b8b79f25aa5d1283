import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { creditCheck, creditCodeIsValid, idCheck, idIsValid, organisationCheck } from './checksums.ts'

test('the examples printed in the standards check', () => {
  assert.ok(idIsValid('11010519491231002X'), 'GB 11643')
  assert.ok(idIsValid('440524188001010014'), 'GB 11643')
  assert.ok(creditCodeIsValid('91350100M000100Y43'), 'GB 32100')
  assert.equal(organisationCheck('D2143569'), 'X', 'GB 11714')
})

const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`))

test('one wrong digit of an ID number is always found', () => {
  fc.assert(
    fc.property(digits(17), fc.nat(16), fc.integer({ min: 1, max: 9 }), (first17, at, by) => {
      const id = first17 + idCheck(first17)
      const wrong = id.slice(0, at) + ((Number(id[at]) + by) % 10) + id.slice(at + 1)
      return idIsValid(id) && !idIsValid(wrong)
    }),
  )
})

test('two neighbours in the wrong order in a credit code are always found', () => {
  fc.assert(
    fc.property(digits(6), digits(8), fc.integer({ min: 0, max: 16 }), (division, body, at) => {
      const first17 = `91${division}${body}${organisationCheck(body).replace('X', '0')}`
      const code = first17 + creditCheck(first17)
      const swapped = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2)
      return swapped === code || creditCheck(swapped.slice(0, 17)) !== swapped[17]
    }),
  )
})
