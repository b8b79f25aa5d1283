import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayNumber, isoOf, readDate } from './date.ts'
import { readInstant } from './instant.ts'

test('the forms people write', () => {
  for (const form of [
    '1985-07-03',
    '19850703',
    '1985/7/3',
    '3/7/1985',
    '1985年7月3日',
    '民國74年7月3日',
    '3 July 1985',
    'July 3, 1985',
    '1985.07.03',
  ]) {
    assert.equal(readDate(form).ymd, 19850703, form)
  }
})

test('a date that does not exist is refused, never rolled over', () => {
  for (const form of [
    '2011-02-30',
    '1985-13-07',
    '1979-06-31',
    '1990-00-12',
    '1977-02-29',
    '31/04/2000',
    '2100-02-29',
  ]) {
    assert.equal(readDate(form).ymd, 0, form)
  }
  assert.equal(readDate('2000-02-29').ymd, 20000229)
  assert.equal(readDate('07/13/1985', 'dmy', true).ymd, 0)
  assert.equal(readDate('07/13/1985', 'dmy').ymd, 19850713)
})

test('every day that exists is read back as itself', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true }), date => {
      const iso = date.toISOString().slice(0, 10)
      const { ymd } = readDate(iso)
      assert.equal(isoOf(ymd), iso)
      assert.equal(dayNumber(ymd), Math.floor(date.getTime() / 86_400_000))
    }),
  )
})

test('instants: zones, offsets, times that do not exist', () => {
  const seconds = (iso: string) => Date.parse(iso) / 1000
  assert.equal(readInstant('2004-03-20 14:20:17', 'Asia/Shanghai', 'dmy'), seconds('2004-03-20T06:20:17Z'))
  assert.equal(readInstant('2006-05-20T03:31:53Z', 'Asia/Shanghai', 'dmy'), seconds('2006-05-20T03:31:53Z'))
  assert.equal(readInstant('2006-05-20T03:31:53+02:00', 'UTC', 'dmy'), seconds('2006-05-20T01:31:53Z'))
  assert.equal(readInstant('15/04/2004', 'UTC', 'dmy'), seconds('2004-04-15T00:00:00Z'))
  assert.equal(readInstant('2010-07-01 12:00', 'Europe/London', 'dmy'), seconds('2010-07-01T11:00:00Z'))
  assert.equal(readInstant('2010-02-30 12:00:00', 'UTC', 'dmy'), null)
  assert.equal(readInstant('2010-02-20 25:00:00', 'UTC', 'dmy'), null)
})
