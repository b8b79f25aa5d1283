import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readReport } from './read-report.ts'

test('reports with a byte order mark, quotes, semicolons and columns of the hall', () => {
  assert.deepEqual(readReport('\uFEFFjob,piece,state,note\r\nP1,7,damaged,"torn, ""wet"""\r\n\r\nP1,8,inserted,\r\n'), [
    { piece: '7', state: 'damaged', note: 'torn, "wet"' },
    { piece: '8', state: 'inserted', note: '' },
  ])
  assert.deepEqual(readReport('Piece;State\n9;missing'), [{ piece: '9', state: 'missing' }])
  assert.deepEqual(readReport(''), [])
})
