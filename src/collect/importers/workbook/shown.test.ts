import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { shownDate, shownNumber, styleOf } from './shown.ts'

const general = styleOf(0, undefined)

test('a number is shown whole, without an exponent and without the noise of floats', () => {
  assert.equal(shownNumber('1.38001380002E+10', general), '13800138000.2')
  assert.equal(shownNumber('1.3800138000E10', general), '13800138000')
  assert.equal(shownNumber('110101199003078888', general), '110101199003078888')
  assert.equal(shownNumber('0.30000000000000004', general), '0.3')
  assert.equal(shownNumber('1.1000000000000001', general), '1.1')
  assert.equal(shownNumber('2.5E-3', general), '0.0025')
  assert.equal(shownNumber('7', styleOf(164, '00000')), '00007')
  assert.equal(shownNumber('-12', styleOf(164, '00000')), '-12')
})

test('whatever whole number is written comes out digit by digit', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), value => {
      assert.equal(shownNumber(String(value), general), String(value))
    }),
  )
})

test('day numbers are dates where the format says so, in both systems', () => {
  assert.ok(styleOf(14, undefined).date)
  assert.ok(styleOf(164, 'yyyy"年"m"月"d"日"').date)
  assert.ok(!styleOf(164, '[Red]0.00" days"').date)
  assert.ok(!styleOf(2, undefined).date)
  assert.equal(shownDate('40725', false), '2011-07-01')
  assert.equal(shownDate('40725.5', false), '2011-07-01 12:00:00')
  assert.equal(shownDate('60', false), '1900-02-29')
  assert.equal(shownDate('59', false), '1900-02-28')
  assert.equal(shownDate('61', false), '1900-03-01')
  assert.equal(shownDate('0.25', false), '06:00:00')
  assert.equal(shownDate('39263', true), '2011-07-01')
})
