import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventDetail } from './event-detail.ts'

test('an answer reads as its fields, consents and note', () => {
  assert.deepEqual(
    eventDetail({
      fields: { mobile: '+8613800000000', street: '' },
      consents: [{ channel: 'sms', granted: false }],
      note: 'moved',
      nothing: null,
    }),
    [
      { key: 'mobile', value: '+8613800000000' },
      { key: 'consent.sms', value: 'refused' },
      { key: 'note', value: 'moved' },
    ],
  )
})
