import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkSchema, ruleSchema } from '../../../../src/collect/quality/rule.ts'
import { CHECK_KINDS, freshCheck, linesOf, missing, newRule } from './rule-draft.ts'

test('the editor knows every check of the server, and what it starts with is one unless something is missing', () => {
  assert.deepEqual([...CHECK_KINDS].sort(), checkSchema.options.map(option => option.shape.kind.value).sort())
  for (const kind of CHECK_KINDS) {
    const rule = { ...newRule(), id: 'x', message: { en: 'a', zh: 'b' }, check: freshCheck(kind) }
    assert.equal(ruleSchema.safeParse(rule).success, missing(rule) === '', kind)
  }
})

test('what is missing is named', () => {
  const rule = { ...newRule(), id: 'x', message: { en: 'a', zh: 'b' } }
  assert.equal(missing(rule), '')
  assert.equal(missing({ ...rule, id: 'X Y' }), 'id')
  assert.equal(missing({ ...rule, field: 'raw:' }), 'field')
  assert.equal(missing({ ...rule, message: { en: 'a', zh: ' ' } }), 'message')
  assert.deepEqual(linesOf(' a \n\nb'), ['a', 'b'])
})
