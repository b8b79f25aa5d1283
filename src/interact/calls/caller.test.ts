import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCaller } from './caller.ts'

test('whatever a telephone system sends is a number, withheld, or malformed, and never somebody else', () => {
  const read = (raw: string) => {
    const { number, state } = readCaller(raw)
    return number || state
  }
  const right = '+8613912345678'
  for (const raw of [
    '13912345678',
    '+86 139 1234 5678',
    '008613912345678',
    'tel:+8613912345678;ext=2',
    'sip:13912345678@pbx.example:5060;transport=udp',
    '"王小明" <sip:+8613912345678@10.0.0.1>',
    '１３９１２３４５６７８',
  ])
    assert.equal(read(raw), right, raw)
  for (const raw of [
    '',
    '  ',
    'anonymous',
    'sip:anonymous@anonymous.invalid',
    'Restricted',
    'unknown',
    '隐藏号码',
    '0',
    '+0000',
    '*',
  ])
    assert.equal(read(raw), 'withheld', raw)
  for (const raw of ['12', '139123456789012345', 'hello', 'sip:reception@pbx', "'; DROP TABLE tasks", '+86139'])
    assert.equal(read(raw), 'malformed', raw)
})
