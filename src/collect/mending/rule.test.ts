import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { menderOf } from './rule.ts'

test('dates in every order, and those that do not exist left alone', () => {
  const cases: [order: 'ymd' | 'dmy' | 'mdy' | 'roc', given: string, mended: string][] = [
    ['dmy', '3/7/1985', '1985-07-03'],
    ['mdy', '7/3/1985', '1985-07-03'],
    ['ymd', '1985年7月3日', '1985-07-03'],
    ['roc', '民國74年7月3日', '1985-07-03'],
    ['roc', '0740703', '1985-07-03'],
    ['ymd', '19850703', '1985-07-03'],
    ['dmy', '30/02/2011', '30/02/2011'],
    ['dmy', 'soon', 'soon'],
  ]
  for (const [order, given, mended] of cases) assert.equal(menderOf({ kind: 'date', order })(given), mended)
})

test('full-width signs and spaces are put in order', () => {
  assert.equal(menderOf({ kind: 'trim' })('　ＡＢ１２　 x '), 'AB12 x')
})

test('plain text is replaced as it stands, patterns as patterns; bad ones are refused', () => {
  assert.equal(menderOf({ kind: 'replace', find: '.', with: '-', regex: false })('a.b'), 'a-b')
  assert.equal(menderOf({ kind: 'replace', find: '^(\\d+)元$', with: '$1', regex: true })('12元'), '12')
  assert.throws(() => menderOf({ kind: 'replace', find: '(a+)+$', with: '', regex: true }), /nested/)
  assert.throws(() => menderOf({ kind: 'replace', find: '(', with: '', regex: true }), /cannot be read/)
})

test('values that a table does not name stay as they are', () => {
  const mend = menderOf({ kind: 'map', values: { maybe: '否' } })
  assert.equal(mend('maybe'), '否')
  fc.assert(fc.property(fc.string(), value => value.trim() === 'maybe' || mend(value) === value))
})
