import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  allBlocks,
  duplicateBlock,
  freeId,
  moveBlock,
  placeOf,
  removeBlock,
  shiftBlock,
  TOP,
  updateBlock,
} from './block-tree.ts'
import type { Block } from './model.ts'

const divider = (id: string): Block => ({ id, type: 'divider' })
const test_ = { by: 'data' as const, all: [{ path: 'offer', op: 'known' as const }] }
const design: Block[] = [
  divider('a'),
  { id: 'c', type: 'condition', test: test_, blocks: [divider('c1'), divider('c2')], otherwise: [divider('c3')] },
  {
    id: 'k',
    type: 'columns',
    columns: [
      { width: 6, blocks: [divider('k1')] },
      { width: 6, blocks: [] },
    ],
  },
  {
    id: 'o',
    type: 'optional',
    title: {},
    on: true,
    blocks: [{ id: 'r', type: 'region', mode: 'open', title: {}, blocks: [divider('r1')] }],
  },
]
const names = (blocks: readonly Block[]): string[] => allBlocks(blocks).map(({ id }) => id)

test('blocks move between lists, and never into themselves', () => {
  const moved = moveBlock(design, 'a', { block: 'k', list: 'column 1' }, 0)
  assert.deepEqual(placeOf(moved, 'a'), { place: { block: 'k', list: 'column 1' }, index: 0 })
  assert.equal(moveBlock(design, 'o', { block: 'r', list: 'blocks' }, 0), design)
  assert.equal(moveBlock(design, 'o', { block: 'o', list: 'blocks' }, 0), design)
  assert.deepEqual(names(moveBlock(design, 'c1', { block: 'c', list: 'blocks' }, 2)).slice(1, 4), ['c', 'c2', 'c1'])
})

test('whatever is moved, nothing is lost and nothing doubled', () => {
  const lists = [
    TOP,
    { block: 'c', list: 'blocks' },
    { block: 'c', list: 'otherwise' },
    { block: 'k', list: 'column 0' },
    { block: 'k', list: 'column 1' },
    { block: 'r', list: 'blocks' },
  ]
  const step = fc.tuple(
    fc.constantFrom(...names(design)),
    fc.constantFrom(...lists),
    fc.nat(4),
    fc.constantFrom(-1 as const, 1 as const),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), steps => {
      let now = design
      for (const [id, to, index, by] of steps) now = shiftBlock(moveBlock(now, id, to, index), id, by)
      assert.deepEqual(names(now).sort(), names(design).sort())
    }),
    { numRuns: 100 },
  )
})

test('one step among neighbours; at the end nothing', () => {
  assert.deepEqual(names(shiftBlock(design, 'c2', -1)).slice(1, 4), ['c', 'c2', 'c1'])
  assert.equal(shiftBlock(design, 'c3', 1), design)
  assert.equal(shiftBlock(design, 'a', -1), design)
})

test('a copy has names of its own, all the way down', () => {
  const twice = duplicateBlock(design, 'o')
  const all = names(twice)
  assert.equal(new Set(all).size, all.length)
  assert.equal(all.length, names(design).length + 3)
  assert.equal(freeId(design, 'a'), 'a-1')
})

test('a change keeps what it does not touch', () => {
  const next = updateBlock(design, { id: 'r1', type: 'space', height: 4 })
  assert.equal(next[0], design[0])
  assert.equal(next[1], design[1])
  assert.deepEqual(names(removeBlock(next, 'r1')).at(-1), 'r')
})
