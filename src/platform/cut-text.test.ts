import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cutText } from './cut-text.ts'

test('a text is cut between characters: never half of 𠮷, of a letter with its marks, of a family', () => {
  assert.equal(cutText('吉𠮷', 2), '吉')
  assert.equal(cutText('吉𠮷', 3), '吉𠮷')
  assert.equal(cutText('e\u0301e\u0301', 3), 'e\u0301')
  assert.equal(cutText('好👨‍👩‍👧', 5), '好')
  assert.equal(cutText('', 0), '')
  const parts = fc.array(fc.constantFrom('𠮷', '中', 'a', '·', 'e\u0301', '👨‍👩‍👧', ' '), { maxLength: 30 })
  fc.assert(
    fc.property(parts, fc.nat(40), (characters, most) => {
      const text = characters.join('')
      const cut = cutText(text, most)
      assert.ok(text.startsWith(cut) && cut.length <= most && cut.isWellFormed())
      assert.ok(cut === text || characters.some((_, n) => characters.slice(0, n).join('') === cut), cut)
    }),
  )
})
