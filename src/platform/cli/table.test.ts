import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textTable } from './table.ts'

test('numbers stand to the right, Chinese takes two columns', () => {
  assert.equal(
    textTable(
      ['step', 'n'],
      [
        ['导入', '10'],
        ['match', '7'],
      ],
    ),
    ['step     n', '─────   ──', '导入    10', 'match    7'].join('\n'),
  )
})
