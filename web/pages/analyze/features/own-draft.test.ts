import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownBody } from '../../../../src/analyze/features/own/definition.ts'
import { bodyOf, draftOf } from './own-draft.ts'

const named = { ...draftOf(), nameEn: 'Winter', nameZh: '冬季' }

test('what is typed becomes a declaration the server takes, and comes back as it was', () => {
  const drafts = [
    { ...named, categories: ['C1'], months: [1, 12], least: 2.5, most: 100, days: 90, until: 10 },
    { ...named, over: 'events' as const, figure: 'since', types: ['complaint'], channels: ['call'], days: null },
    { ...named, over: 'answers' as const, attribute: '兴趣', as: 'list' as const },
  ]
  for (const draft of drafts) {
    const body = ownBody.parse(bodyOf(draft))
    const version = { ...body, version: 1, state: 'released' as const, by: '', at: '' }
    const own = { version: 1, state: 'released' as const, usedVersion: 1, definition: body.definition, byTurn: false }
    const again = draftOf({ name: body.name, versions: [version], own })
    assert.deepEqual(ownBody.parse(bodyOf(again)), body)
  }
})

test('what belongs to another kind is not sent', () => {
  const body = bodyOf({ ...named, over: 'events', figure: 'money', types: ['opened'], categories: ['C1'] })
  assert.deepEqual(body.definition, { over: 'events', figure: 'count', types: ['opened'], days: 365 })
})
