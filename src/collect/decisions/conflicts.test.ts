import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DecisionBook, type PairDecision } from './conflicts.ts'

const ref = (n: number) => ({ source: 's', rowKey: String(n) })
const decision = (id: number, kind: PairDecision['kind'], i: number, j: number): PairDecision => ({
  id,
  kind,
  left: ref(i),
  right: ref(j),
})

test('a contradiction through others is refused and named', () => {
  const book = new DecisionBook([decision(1, 'same', 1, 2), decision(2, 'same', 2, 3), decision(3, 'different', 3, 4)])
  assert.deepEqual(
    book.against(decision(0, 'different', 1, 3)).map(({ id }) => id),
    [1, 2],
  )
  assert.deepEqual(
    book.against(decision(0, 'same', 4, 1)).map(({ id }) => id),
    [3],
  )
  assert.deepEqual(book.against(decision(0, 'same', 1, 3)), [])
  assert.deepEqual(book.against(decision(0, 'different', 1, 4)), [])
})

test('whatever is entered: accepted decisions never contradict each other', () => {
  const entry = fc.record({
    kind: fc.constantFrom<PairDecision['kind']>('same', 'different'),
    i: fc.nat(7),
    j: fc.nat(7),
  })
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 30 }), entries => {
      const book = new DecisionBook([])
      const kept: PairDecision[] = []
      for (const [id, { kind, i, j }] of entries.entries()) {
        if (i === j) continue
        const made = decision(id, kind, i, j)
        const against = book.against(made)
        if (against.length > 0) continue
        book.add(made)
        kept.push(made)
      }
      const group = Array.from({ length: 8 }, (_, i) => i)
      for (const { kind, left, right } of kept) {
        if (kind !== 'same') continue
        const [from, to] = [group[Number(left.rowKey)], group[Number(right.rowKey)]!]
        for (let k = 0; k < 8; k++) if (group[k] === from) group[k] = to
      }
      for (const { kind, left, right } of kept)
        if (kind === 'different') assert.notEqual(group[Number(left.rowKey)], group[Number(right.rowKey)])
    }),
  )
})
