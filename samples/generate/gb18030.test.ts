import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeGb18030 } from './gb18030.ts'

test('what is encoded decodes to the same, two-byte and four-byte characters alike', () => {
  const text = '客户编号,会员卡号\n刘劉,á ü ｱ 㐀 €,A–Z，１３８\n'
  assert.equal(new TextDecoder('gb18030').decode(encodeGb18030(text)), text)
  assert.deepEqual([...encodeGb18030('中')], [0xd6, 0xd0])
})

test('a character outside the plane is refused, not lost', () => {
  assert.throws(() => encodeGb18030('𠮷'), /GB18030/)
})
