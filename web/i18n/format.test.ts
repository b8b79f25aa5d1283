import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatIn } from './format.ts'

const en = formatIn('en')
const zh = formatIn('zh-CN')

test('money is minor units, with pennies while they matter', () => {
  assert.equal(en.money(12_345, 'GBP'), '£123.45')
  assert.equal(en.money(12_345_678, 'GBP'), '£123,457')
  assert.equal(en.money(-323, 'GBP', { sign: true }), '-£3.23')
  assert.equal(en.money(0, 'GBP', { sign: true }), '£0.00')
  assert.match(zh.money(12_345, 'CNY'), /123\.45/)
})

test('a day of business is the same day everywhere; the engine’s own way of writing it is UTC', () => {
  assert.equal(en.day('2010-12-01'), '1 Dec 2010')
  assert.equal(zh.day('2010-12-01'), '2010年12月1日')
  assert.equal(en.day('2010-11-30 23:59:00'), '30 Nov 2010')
  assert.equal(en.day('2010-11-30T23:59:00Z'), '30 Nov 2010')
})

test('what is no date is shown as it came', () => assert.equal(en.day('unknown'), 'unknown'))

test('long times are minutes', () => {
  assert.equal(en.seconds(0.42), '0.4 s')
  assert.equal(en.seconds(75), '1 min 15 s')
  assert.equal(en.seconds(119.7), '2 min 00 s')
  assert.equal(zh.seconds(75), '1 分 15 秒')
})
