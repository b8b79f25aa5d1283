import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailHead } from './mail-head.ts'

test('folded lines and encoded words are read, a character cut between two words too', () => {
  const bytes = Buffer.from('圣诞餐桌组合九折')
  const [a, b] = [bytes.subarray(0, 10).toString('base64'), bytes.subarray(10).toString('base64')]
  const source = [
    'From: =?UTF-8?Q?Hui=C3=A9_yin?= <hello@example.com>',
    'To: "Wang Wei" <w@example.com>',
    `Subject: =?UTF-8?B?${a}?=`,
    ` =?UTF-8?B?${b}?=`,
    '',
    'Subject: not this one',
  ].join('\r\n')
  assert.deepEqual(mailHead(source), {
    from: 'Huié yin <hello@example.com>',
    to: '"Wang Wei" <w@example.com>',
    subject: '圣诞餐桌组合九折',
  })
})

test('a message without a head has empty fields', () => {
  assert.deepEqual(mailHead(''), { from: '', to: '', subject: '' })
})

test('an unknown charset is left as it is', () => {
  assert.equal(mailHead('Subject: =?nonsense?Q?abc?=').subject, '=?nonsense?Q?abc?=')
})
