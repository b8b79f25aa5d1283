import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPinyin, namePinyin, readFullName, writtenParts } from './person-name.ts'

const parts = (name: string) => {
  const { surname, given } = readFullName(name)
  return [surname, given]
}

test('Chinese names split into surname and given name, in characters and sound', () => {
  assert.deepEqual(readFullName('王小明'), { surnameHan: '王', givenHan: '小明', surname: 'wang', given: 'xiaoming' })
  assert.deepEqual(readFullName('歐陽娜娜').surnameHan, '欧阳')
  assert.equal(readFullName('单雄信').surname, 'shan')
  assert.deepEqual(readFullName('志强潘').surnameHan, '潘')
  assert.equal(readFullName('陈先生').givenHan, '')
})

test('romanised Chinese names are read in either order', () => {
  for (const name of ['Wang Xiaoming', 'WANG Xiao-Ming', 'Xiaoming Wang', 'Wang Xiao Ming']) {
    assert.deepEqual(parts(name), ['wang', 'xiaoming'], name)
  }
})

test('Western names: titles, commas, accents and hyphens do not matter', () => {
  assert.deepEqual(parts("Dr. Ann-Marie O'Neil"), ['oneil', 'annmarie'])
  assert.deepEqual(parts('Müller, Jürgen'), ['muller', 'jurgen'])
  assert.deepEqual(writtenParts('Ms Elizabeth Lee'), { family: 'Lee', given: 'Elizabeth' })
})

test('pinyin is told from other Latin letters', () => {
  assert.ok(isPinyin('zhangwei'))
  assert.ok(!isPinyin('robert'))
})

test('search keys: pinyin and initials', () => {
  assert.deepEqual(namePinyin('王小明', 'person'), { pinyin: 'wang xiaoming', initials: 'wxm' })
  assert.deepEqual(namePinyin('Robert Allen', 'person'), { pinyin: 'robert allen', initials: 'ra' })
})
