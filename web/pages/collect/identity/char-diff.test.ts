import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { charDiff } from './char-diff.ts'

test('what differs is marked on both sides', () => {
  assert.deepEqual(charDiff('王小明', '王晓明'), [
    [
      { from: 0, text: '王', same: true },
      { from: 1, text: '小', same: false },
      { from: 2, text: '明', same: true },
    ],
    [
      { from: 0, text: '王', same: true },
      { from: 1, text: '晓', same: false },
      { from: 2, text: '明', same: true },
    ],
  ])
})

test('the pieces are the values, and what is shared is the same on both sides', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), (left, right) => {
      const [a, b] = charDiff(left, right)
      const text = (pieces: typeof a) => pieces.map(piece => piece.text).join('')
      const shared = (pieces: typeof a) => text(pieces.filter(piece => piece.same)).toLowerCase()
      assert.equal(text(a), left)
      assert.equal(text(b), right)
      assert.equal(shared(a), shared(b))
    }),
  )
})
