import assert from 'node:assert/strict'
import { test } from 'node:test'
import './cli.ts'
import { defineErrors, errorCatalogue, HuiyinError } from './platform/errors.ts'

const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort()

test('every error of the house says the same in both languages, with the same places', () => {
  assert.ok(errorCatalogue().size > 40, 'all stages are loaded')
  for (const [code, spec] of errorCatalogue()) {
    assert.deepEqual(new Set(places(spec.zh)), new Set(places(spec.en)), code)
    // A message passed on is in its reader's language already.
    if (spec.zh !== '{message}') assert.match(spec.zh, /[\u4e00-\u9fff]/, `${code} has a Chinese text`)
    assert.match(code, /^[a-z-]+\.[a-z0-9-]+$/)
    assert.ok(spec.status >= 400 && spec.status < 600, code)
  }
})

test('a message is filled in the language asked for; 4xx exits 2, 5xx exits 1', () => {
  const errors = defineErrors({
    'test.row': { status: 400, en: 'row {row} of {file}', zh: '{file} 第 {row} 行' },
    'test.disk': { status: 507, en: 'disk full', zh: '磁盘已满' },
  })
  const error = errors['test.row']({ row: 7, file: 'a.csv' })
  assert.ok(error instanceof HuiyinError)
  assert.equal(error.messageIn('zh-CN'), 'a.csv 第 7 行')
  assert.equal(error.messageIn('en'), 'row 7 of a.csv')
  assert.equal(error.exit, 2)
  assert.equal(errors['test.disk']().exit, 1)
})
