import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Block } from '../design/blocks.ts'
import { blockDiff } from './block-diff.ts'
import { lineDiff } from './line-diff.ts'

/** The longest common subsequence by the book: slow and plain. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let x = a.length - 1; x >= 0; x--)
    for (let y = b.length - 1; y >= 0; y--)
      table[x]![y] = a[x] === b[y] ? table[x + 1]![y + 1]! + 1 : Math.max(table[x + 1]![y]!, table[x]![y + 1]!)
  return table[0]![0]!
}

test('a difference of lines gives both texts again and takes the fewest changes', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 9 })
  fc.assert(
    fc.property(text, text, (a, b) => {
      const lines = lineDiff(a.join('\n'), b.join('\n'), 99)
      if (a.join() === b.join()) return assert.deepEqual(lines, [])
      const of = (not: string) => lines.filter(({ kind }) => kind !== not).map(each => each.text)
      assert.deepEqual([of('added'), of('removed')], [a, b])
      assert.equal(lines.filter(({ kind }) => kind === 'same').length, longestCommon(a, b))
      for (const { before, after, text: said } of lines) {
        if (before !== null) assert.equal(a[before - 1], said)
        if (after !== null) assert.equal(b[after - 1], said)
      }
    }),
    { numRuns: 300 },
  )
})

test('far from any change, lines are left out', () => {
  const many = Array.from({ length: 50 }, (_, at) => `line ${at}`)
  const changed = many.with(25, 'other')
  assert.deepEqual(
    lineDiff(many.join('\n'), changed.join('\n'), 2).map(({ kind, before, after }) => [kind, before, after]),
    [
      ['same', 24, 24],
      ['same', 25, 25],
      ['removed', 26, null],
      ['added', null, 26],
      ['same', 27, 27],
      ['same', 28, 28],
    ],
  )
})

const text = (id: string, said: string): Block => ({
  id,
  type: 'text',
  text: { en: [{ type: 'paragraph', content: [{ type: 'text', text: said }] }] },
})
const kinds = (before: Block[], after: Block[]) =>
  blockDiff(before, after, ['en'], new Map()).map(({ block, kind }) => `${block} ${kind}`)

test('blocks: changed, added, removed; moved are the fewest that explain the order', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(id => text(id, id)) as [Block, Block, Block, Block]
  assert.deepEqual(kinds([a, b, c, d], [a, b, c, d]), [])
  assert.deepEqual(kinds([a, b, c, d], [d, a, b, c]), ['d moved'])
  assert.deepEqual(kinds([a, b], [a, text('b', 'other'), c]), ['b changed', 'c added'])
  const around: Block = { id: 'w', type: 'optional', title: {}, on: true, blocks: [b] }
  assert.deepEqual(kinds([a, b], [a, around]), ['w added', 'b moved'])
  assert.deepEqual(kinds([a, around], [a]), ['w removed', 'b removed'])
  assert.deepEqual(kinds([around], [{ ...around, on: false }]), ['w changed'])
})

test('a condition that changed is told in words', () => {
  const [change] = blockDiff(
    [{ ...text('a', 'a'), when: { by: 'data', all: [{ path: 'total', op: '>', value: 5 }] } }],
    [text('a', 'a')],
    ['en'],
    new Map(),
  )
  assert.deepEqual(change?.condition, { before: { en: 'total > 5', zh: 'total > 5' }, after: null })
})
