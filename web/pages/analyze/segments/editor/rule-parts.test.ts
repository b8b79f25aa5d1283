import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Condition, SegmentSet } from '../../../../api/segments.ts'
import { changed, historyOf, redone, undone } from './history.ts'
import { addSegment, freeCode, moveLimit, moveSegment, opposite } from './rule-parts.ts'

const segment = (code: string, ...all: Condition[]) => ({
  code,
  name: { en: code, zh: code },
  strategy: { en: '', zh: '' },
  rule: { all },
})
const below = (value: number): Condition => ({ feature: 'orders', op: '<', value })
const from = (value: number): Condition => ({ feature: 'orders', op: '>=', value })
const set: SegmentSet = {
  ordered: true,
  segments: [segment('A', below(3)), segment('B', from(3), from(1)), segment('C')],
}

test('a limit moves on both of its sides and nowhere else', () => {
  const { segments } = moveLimit(set, below(3), 5)
  assert.deepEqual(
    segments.map(({ rule }) => rule),
    [{ all: [below(5)] }, { all: [from(5), from(1)] }, { all: [] }],
  )
})

test('the opposite of the opposite is the condition', () => {
  for (const op of ['<', '<=', '>', '>=', '=', '!='] as const) {
    const condition: Condition = { feature: 'x', op, value: 1 }
    assert.deepEqual(opposite(opposite(condition)!), condition)
  }
})

test('a new segment is tried before the one that takes everybody else; codes are never given twice', () => {
  const code = freeCode(set)
  const more = addSegment(set, segment(code))
  assert.deepEqual(
    more.segments.map(s => s.code),
    ['A', 'B', code, 'C'],
  )
  assert.notEqual(freeCode(more), code)
  assert.deepEqual(
    moveSegment(set, 'C', -1).segments.map(s => s.code),
    ['A', 'C', 'B'],
  )
  assert.equal(moveSegment(set, 'A', -1), set)
})

test('letters typed into one field are taken back together, other changes one by one', () => {
  let history = historyOf('')
  history = changed(history, 'a', 'name', 1000)
  history = changed(history, 'ab', 'name', 1200)
  history = changed(history, 'ab!', 'other', 1300)
  assert.deepEqual([undone(history).now, undone(undone(history)).now], ['ab', ''])
  assert.equal(redone(undone(history)).now, 'ab!')
  assert.equal(undone(historyOf('x')).now, 'x')
})
