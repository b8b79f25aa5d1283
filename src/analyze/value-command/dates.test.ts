import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { AmountReader } from './amount-reader.ts'
import { dayNumber, isoDate, NOT_A_DATE, parseDateFormat } from './date-format.ts'
import { DateReader, isPacked, resolve } from './date-reader.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('days are those of the calendar, and no others', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9999 }),
      fc.integer({ min: 0, max: 14 }),
      fc.integer({ min: 0, max: 33 }),
      (y, m, d) => {
        const text = `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
        const real = new Date(`${text}T00:00:00Z`)
        const exists = !Number.isNaN(real.getTime()) && real.toISOString().startsWith(text)
        const day = dayNumber(y, m, d)
        assert.equal(day !== NOT_A_DATE, exists, text)
        if (exists) assert.equal(isoDate(day), text)
      },
    ),
  )
})

test('dates in every order, together or apart, with a time or without', () => {
  const read = (text: string, format?: string) => {
    const reader = new DateReader(format === undefined ? undefined : parseDateFormat(format))
    const day = reader.read(bytes(text), 0, bytes(text).length)
    if (day === NOT_A_DATE) return undefined
    return isoDate(isPacked(day) ? resolve(day, reader.order() ?? 'dmy') : day)
  }
  for (const [text, format] of [
    ['2011-02-28'],
    ['2011/2/28 08:26:00'],
    ['20110228'],
    ['2011年2月28日'],
    ['28/02/2011'],
    ['2/28/2011 8:26'],
    ['28.02.11', 'DD.MM.YY'],
    ['28022011', 'DDMMYYYY'],
    ['02282011', '%m%d%Y'],
    ['110228', 'yymmdd'],
    ['02-28-2011T10:00', 'MM-DD-YYYYTHH:mm'],
    ['28 Feb 2011'],
    ['28-Feb-2011 08:26'],
    ['Feb 28, 2011'],
    ['Mon, 28 February 2011 10:11:12'],
    ['20110228101112'],
    ['201102281011'],
    ['1298887872'],
    ['1298887872000'],
  ] as const)
    assert.equal(read(text, format), '2011-02-28', text)
  for (const text of [
    '2011-02-29',
    '',
    'yesterday',
    '2011-13-01',
    '99999999',
    '1/2',
    '28/02/11',
    '31/31/2011',
    '29 Feb 2011',
    '1 Foo 2011',
  ])
    assert.equal(read(text), undefined, text)
  assert.throws(() => parseDateFormat('MM/YYYY'))
})

test('amounts in the ways people write them', () => {
  const reader = new AmountReader()
  const read = (text: string) => reader.read(bytes(text), 0, bytes(text).length, 7)
  for (const [text, amount] of [
    ['29.33', 29.33],
    ['-5', -5],
    ['+.5', 0.5],
    ['1,234.50', 1234.5],
    ['1.234,50', 1234.5],
    ['12,5', 12.5],
    ['(3.20)', -3.2],
    ['1e3', 1000],
    ['123456789012345678', 123456789012345680],
  ] as const)
    assert.equal(read(text), amount, text)
  for (const text of ['', '-', 'many', '1.2.3', '12 apples', '1,23,4']) assert.ok(Number.isNaN(read(text)), text)
  assert.equal(reader.currencies.size, 0)
  assert.deepEqual([read('¥12.00'), read('12.00 USD'), read('12元')], [12, 12, 12])
  assert.deepEqual(
    [...reader.currencies],
    [
      ['CNY', 7],
      ['USD', 7],
    ],
  )
})

test('a number is read as JavaScript reads it', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 5 }), (value, decimals) => {
      const text = value.toFixed(decimals)
      assert.equal(new AmountReader().read(bytes(text), 0, text.length, 1), Number(text))
    }),
  )
})
