import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type MaskKind, mask } from './masking.ts'

test('the customary forms', () => {
  assert.equal(mask('phone', '13812341234'), '138****1234')
  assert.equal(mask('phone', '+8613812341234'), '+86138****1234')
  assert.equal(mask('name', '王小明'), '王**')
  assert.equal(mask('email', 'alice@example.com'), 'a***@example.com')
  assert.equal(mask('id', '11010519491231002X'), '110***********002X')
  assert.equal(mask('birth', '1949-12-31'), '1949-**-**')
  assert.equal(mask('address', '人民路12号3栋'), '人民路****')
})

test('no value of length 2 or more comes back whole, and nothing stays nothing', () => {
  const kinds: MaskKind[] = ['name', 'phone', 'email', 'id', 'address', 'birth']
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.string({ minLength: 2, unit: 'grapheme' }).filter(text => !text.includes('*')),
      (kind, value) => {
        assert.notEqual(mask(kind, value), value)
        assert.ok(mask(kind, value).includes('*'))
      },
    ),
  )
  for (const kind of kinds) assert.equal(mask(kind, ''), '')
})
