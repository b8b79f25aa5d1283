import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectEncoding } from './encoding.ts'

const utf16le = (text: string) => Buffer.from(text, 'utf16le')
// 客户编号,姓名 王小明 张丽 北京市朝阳区 in GB 18030, and 客戶編號 王小明 in Big5, as bytes: Node writes neither.
const GB = Buffer.from('bfcdbba7b1e0bac52cd0d5c3fb0acdf5d0a1c3f72cd5c5c0f60ab1b1bea9cad0b3afd1f4c7f8', 'hex')
const BIG5 = Buffer.from('abc8a4e1bdd5b8b92ca4fda470a9fa0ab140a4e5', 'hex')

test('encodings are told apart', () => {
  assert.equal(detectEncoding(Buffer.from('客户编号,姓名\n王小明')), 'utf-8')
  assert.equal(detectEncoding(Buffer.from('\ufeffname\n')), 'utf-8')
  assert.equal(detectEncoding(utf16le('\ufeffname,city\n')), 'utf-16le')
  assert.equal(detectEncoding(utf16le('name,city\nRobert,London\n')), 'utf-16le')
  assert.equal(detectEncoding(utf16le('name,city\nRobert,London\n').swap16()), 'utf-16be')
  assert.equal(detectEncoding(GB), 'gb18030')
  assert.equal(detectEncoding(BIG5), 'big5')
  assert.equal(detectEncoding(Buffer.from('name\nJosé Müller\nÅsa Ström\n', 'latin1')), 'windows-1252')
  assert.equal(detectEncoding(Buffer.from('plain')), 'utf-8')
})

test('a character cut off at the end of the sample is no reason to doubt UTF-8', () => {
  assert.equal(detectEncoding(Buffer.from('王小明').subarray(0, 8)), 'utf-8')
})
