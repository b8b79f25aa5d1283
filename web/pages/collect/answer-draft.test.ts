import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerBody } from '../../../src/collect/api.ts'
import { uuid } from '../../api/uuid.ts'
import { answerOf } from './answer-draft.ts'

const empty = { id: uuid(), fields: {}, consents: {}, note: '', communicationId: '' }

test('nothing said is nothing sent', () => {
  assert.equal(answerOf({ ...empty, fields: { mobile: '  ' }, consents: { sms: 'same' }, note: ' ' }, {}), null)
})

test('what is sent is what the API takes', () => {
  const answer = answerOf(
    {
      ...empty,
      fields: { mobile: ' 13800000000 ', email: '' },
      consents: { sms: 'refused', call: 'same', letter: 'granted' },
      note: 'moved house',
    },
    {},
  )
  assert.deepEqual(answerBody.parse(answer), {
    id: empty.id,
    fields: { mobile: '13800000000' },
    consents: [
      { channel: 'sms', granted: false },
      { channel: 'letter', granted: true },
    ],
    note: 'moved house',
  })
})

test('a part of an address brings the rest of it along, and nothing else', () => {
  const current = { street: 'Old Street 1', city: 'Leeds', postcode: 'LS1 1AA', country: 'GB', mobile: '+447700900000' }
  const answer = answerOf({ ...empty, fields: { street: 'New Street 2', postcode: 'LS2 2BB' } }, current)
  assert.deepEqual(answer?.fields, { street: 'New Street 2', postcode: 'LS2 2BB', city: 'Leeds', country: 'GB' })
  assert.deepEqual(answerOf({ ...empty, fields: { email: 'a@example.com' } }, current)?.fields, {
    email: 'a@example.com',
  })
})
