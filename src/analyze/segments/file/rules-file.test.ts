import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HuiyinError } from '../../../platform/errors.ts'
import type { Domain } from '../domain.ts'
import { readJson } from './json-with-lines.ts'
import { exitOf, proveFile } from './prove-file.ts'
import { parseRules } from './rules-file.ts'

const catalogue = new Map<string, Domain>([
  ['orders', { kind: 'number', whole: true, min: 0, nullable: false }],
  ['kind', { kind: 'choice', values: ['person', 'organisation'], nullable: false }],
])
const refusal = (text: string): HuiyinError => {
  try {
    parseRules(text, 'RULES.json', catalogue)
  } catch (error) {
    return error as HuiyinError
  }
  throw new Error('it was taken')
}

test('what is wrong is said with its line, in both languages', () => {
  const lines = ['{ "segments": [', '  { "code": "A", "rule": { "all": [] } },', '', '  { "code": "B", RULE }', '] }']
  const at = (rule: string) => refusal(lines.join('\n').replace('RULE', rule))
  const where = (error: HuiyinError) => [error.params['line'], error.params['column']]
  assert.deepEqual(where(at('"rule": { "all": [ }')), [4, 37])
  assert.match(at('"rule": { "all": [ }').messageIn('zh-CN'), /第 4 行第 37 列：此处应为值/)
  assert.deepEqual(where(at('"rule": { "all": [] }, "rule": 1')), [4, 41])
  assert.match(at('"rule": { "all": [] }, "rule": 1').message, /said twice/)
  // A comparison that is none: the path inside the rule, not "Invalid input".
  const odd = at('"rule": { "all": [ { "feature": "orders", "op": "~", "value": 1 } ] }')
  assert.match(odd.message, /line 4, column 66: segments\.1\.rule\.all\.0\.op: /)
  assert.match(
    at('"rule": { "all": [ { "feature": "nope", "op": "=", "value": 1 } ] }').message,
    /line 4.*no feature "nope"/,
  )
  assert.match(at('"rule": { "all": [] }, "code": "A"').message, /said twice/)
  assert.match(
    refusal(lines.join('\n').replace('"B", RULE', '"A", "rule": { "all": [] }')).message,
    /line 4.*defined twice/,
  )
  assert.match(refusal('').message, /line 1, column 1: the file ends where a value/)
  assert.match(
    refusal('{ "segments": [{ "code": "A\n", "rule": [] }] }').message,
    /line 1, column 28: a text is not closed/,
  )
  assert.match(refusal('{"segments": []}').message, /line 1, column 14/)
})

test('the reader of JSON knows the values of JSON.parse and where they stand', () => {
  const text = ' {\n "a": [1, -2.5e3, "x\\"\\u00e9", {"b": null}],\n "c": {} }'
  const read = readJson(text)
  assert.deepEqual(read.value, JSON.parse(text))
  assert.deepEqual(read.placeOf(['a', 3, 'b']), { line: 2, column: 38 })
  assert.deepEqual(read.placeOf(['a', 9]), { line: 2, column: 7 })
  for (const bad of ['{', '[1,]', '01', '"\t"', '{"a" 1}', '[] []', 'nul', '"\\x"', '['.repeat(300)])
    assert.throws(() => readJson(bad), { name: 'Error' }, bad)
})

test('features the file declares are proven over; domains nobody can be in are refused', () => {
  const file = (feature: object, ...rules: object[][]) =>
    JSON.stringify({
      ordered: false,
      features: { joined: feature },
      segments: rules.map((rule, i) => ({ code: `s${i}`, rule })),
    })
  const prove = (text: string) => proveFile(parseRules(text, 'RULES.json', catalogue))
  const date = { kind: 'date', min: '2020-01-01' }
  const before = { feature: 'joined', op: '<', value: '2024-02-29' }
  const after = { feature: 'joined', op: '>=', value: '2024-02-29' }
  const split = prove(file(date, [before], [after]))
  assert.deepEqual([split.exclusive, split.complete, exitOf(split)], ['proven', 'proven', 0])
  const gap = prove(file({ ...date, nullable: true }, [before], [after]))
  assert.deepEqual([gap.complete, gap.gap, exitOf(gap)], ['refuted', { joined: null }, 1])
  const twice = prove(file(date, [{ ...before, op: '<=' }], [after]))
  assert.deepEqual(twice.overlaps[0]!.witness, { joined: '2024-02-29' })
  assert.match(refusal(file(date, [{ ...before, value: '2023-02-29' }])).message, /2023-02-29|day/)
  assert.match(refusal(file({ kind: 'number', whole: true, min: 0.2, max: 0.8 }, [])).message, /no number lies/)
  assert.match(refusal(file({ kind: 'choice', values: [] }, [])).message, /features\.joined\.values/)
})

test('a bare list of segments, names in one language and rules as lists of conditions are understood', () => {
  const { segments, ordered } = parseRules(
    '[{"code": "few", "name": "Few", "rule": [{"feature": "orders", "op": "<", "value": 3}]}, {"code": "rest", "rule": []}]',
    'RULES.json',
    catalogue,
  )
  assert.equal(ordered, true)
  assert.deepEqual(
    segments.map(({ name }) => name),
    [
      { en: 'Few', zh: 'Few' },
      { en: 'rest', zh: 'rest' },
    ],
  )
})
