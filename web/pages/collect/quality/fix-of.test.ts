import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fixOf, readMap } from './fix-of.ts'

test('a map is read line by line, whatever the arrow; an empty right side takes the value away', () => {
  assert.deepEqual(readMap('male → m\nfemale -> f\n男\tm\nx => \n\nnonsense\na → b → c'), [
    { from: 'male', to: 'm' },
    { from: 'female', to: 'f' },
    { from: '男', to: 'm' },
    { from: 'x', to: '' },
  ])
})

test('a form is a fix only when nothing is missing', () => {
  const draft = { field: 'email', value: '', map: '' }
  assert.equal(fixOf({ ...draft, kind: 'set' }), null)
  assert.equal(fixOf({ ...draft, kind: 'map-values' }), null)
  assert.deepEqual(fixOf({ ...draft, kind: 'clear' }), { kind: 'clear', field: 'email' })
  assert.deepEqual(fixOf({ ...draft, field: 'id_number', kind: 'gender-from-id' }), {
    kind: 'gender-from-id',
    field: 'gender',
  })
})
