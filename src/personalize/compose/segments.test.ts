import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { smsSize } from './segments.ts'

test('the limits of 3GPP TS 23.038 and 23.040', () => {
  const size = (text: string) => {
    const { encoding, segments, left } = smsSize(text)
    return `${encoding} ${segments} ${left}`
  }
  assert.equal(size(''), 'GSM-7 0 160')
  assert.equal(size('a'.repeat(160)), 'GSM-7 1 0')
  assert.equal(size('a'.repeat(161)), 'GSM-7 2 145')
  assert.equal(size('€'.repeat(80)), 'GSM-7 1 0')
  assert.equal(size('汉'.repeat(70)), 'UCS-2 1 0')
  assert.equal(size('汉'.repeat(71)), 'UCS-2 2 63')
  assert.equal(size('汉'.repeat(134)), 'UCS-2 2 0')
  assert.equal(size('😀'.repeat(35)), 'UCS-2 1 0')
  // 67 units hold 33 pairs; a pair is not cut.
  assert.equal(size('😀'.repeat(67)), 'UCS-2 3 65')
  assert.equal(smsSize('price 5€ – ok').because, '–')
})

test('segments always hold the text, and one less would not', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), text => {
      const { encoding, segments, units } = smsSize(text)
      const [single, joined] = encoding === 'GSM-7' ? [160, 153] : [70, 67]
      if (segments <= 1) return units <= single
      // A character of two units may leave one place empty in each segment.
      return units <= segments * joined && units > (segments - 1) * (joined - 1)
    }),
  )
})
