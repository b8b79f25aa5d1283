import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CardReader, partsOf } from './vcard-text.ts'

const cards = (text: string, chunk = text.length || 1) => {
  const reader = new CardReader()
  const all = []
  for (let at = 0; at < text.length; at += chunk) all.push(...reader.push(text.slice(at, at + chunk)))
  all.push(...reader.end())
  return all
}

test('quoted-printable over several lines, folded lines, types and groups', () => {
  const text = `BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E5=B0=8F=\r\n=E6=98=8E;;;\r\nTEL;CELL;PREF:138 0013 8000\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ann\r\n  Lee\r\nitem1.EMAIL;TYPE="work,internet":ann@example.com\r\nEND:VCARD`
  for (const chunk of [1, 7, 1000]) {
    const [first, second] = cards(text, chunk)
    assert.deepEqual(partsOf(first?.properties.find(({ name }) => name === 'n')?.value ?? '').slice(0, 2), [
      '王',
      '小明',
    ])
    assert.deepEqual(first?.properties.find(({ name }) => name === 'tel')?.types, ['cell', 'pref'])
    assert.equal(second?.properties.find(({ name }) => name === 'fn')?.value, 'Ann Lee')
    assert.deepEqual(second?.properties.find(({ name }) => name === 'email')?.types, ['work', 'internet'])
  }
})

test('escaped semicolons and commas stay in their part', () => {
  assert.deepEqual(partsOf('a\\;b;c\\,d;;e\\\\'), ['a;b', 'c,d', '', 'e\\'])
})

test('a card that does not end, or never began, is told and costs no other', () => {
  const text = 'BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\nstray\nEND:VCARD\nBEGIN:VCARD\nFN:C'
  assert.deepEqual(
    cards(text).map(card => card.problem !== ''),
    [true, false, true, true],
  )
})

test('whatever the text, nothing is thrown and every BEGIN is a card', () => {
  const line = fc.constantFrom(
    'BEGIN:VCARD',
    'END:VCARD',
    'FN:x',
    'N:a;b',
    ' folded',
    'TEL;=:',
    ':',
    '=',
    'N;ENCODING=QUOTED-PRINTABLE:=E7=',
    '\0',
    '😀',
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), fc.integer({ min: 1, max: 9 }), (lines, chunk) => {
      const text = lines.join('\n')
      assert.ok(cards(text, chunk).length >= lines.filter(l => l === 'BEGIN:VCARD').length)
      assert.equal(cards(text, chunk).length, cards(text).length)
    }),
  )
})
