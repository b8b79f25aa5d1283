import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { shorten } from './shorten.ts'

test('a title ends where a word ends, in both languages, and says that it was cut', () => {
  assert.equal(shorten('The lamp  arrived\nbroken', 80), 'The lamp arrived broken')
  assert.equal(shorten('The lamp arrived broken, and nobody answers', 30), 'The lamp arrived broken, and…')
  assert.equal(shorten('The lamp arrived broken, and nobody answers', 25), 'The lamp arrived broken…')
  assert.equal(shorten('收到的台灯已经损坏，客服电话无人接听', 12), '收到的台灯已经损坏…')
  assert.equal(shorten('收到的台灯已经损坏，客服电话无人接听', 10), '收到的台灯已经损坏…')
  assert.equal(shorten(`see https://shop.example/${'x'.repeat(200)}`, 20), 'see https://shop.ex…')
  assert.equal(shorten('👨‍👩‍👧‍👦'.repeat(20), 30).replace('…', '').length % 11, 0, 'a family is not parted')
})

test('never longer than the room, and always a beginning of what was written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), fc.integer({ min: 2, max: 90 }), (text, most) => {
      const line = text.replace(/\s+/g, ' ').trim()
      const short = shorten(text, most)
      assert.ok(short.length <= most)
      assert.ok(short === line || (short.endsWith('…') && line.startsWith(short.slice(0, -1))))
      assert.ok(short.isWellFormed() || !line.isWellFormed())
    }),
    { numRuns: 300 },
  )
})
