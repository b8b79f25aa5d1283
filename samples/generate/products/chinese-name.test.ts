import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chineseName } from './chinese-name.ts'

const cases: [english: string, chinese: string, category: string][] = [
  ['WHITE HANGING HEART T-LIGHT HOLDER', '白色悬挂心形烛台', 'LIGHTING'],
  ['JUMBO BAG OWLS', '猫头鹰大号购物袋', 'BAGS'],
  ['DOORMAT UNION FLAG', '英国国旗门垫', 'TEXTILES'],
  ['SET/6 COLLAGE PAPER CUPS', '拼贴纸杯（6件套）', 'TABLEWARE'],
  ['PACK OF 12 RED APPLE TISSUES', '红色苹果纸巾（12件装）', 'TEXTILES'],
  ['JAM JAR WITH PINK LID', '带粉色盖的果酱罐', 'KITCHEN'],
  ['CARD DOG AND BALL', '小狗＋球贺卡', 'STATIONERY'],
  ['TEA TIME MUG IN GIFT BOX', '下午茶马克杯（礼盒装）', 'TABLEWARE'],
]

test('English lines of the invoices become readable Chinese names', () => {
  for (const [english, zh, category] of cases) {
    const made = chineseName(english)
    assert.equal(made.zh, zh, english)
    assert.equal(made.category, category, english)
  }
})

test('a word it does not know is kept and reported, not dropped', () => {
  const made = chineseName('RED ZZYZX MUG')
  assert.match(made.zh, /Zzyzx/)
  assert.deepEqual(made.untranslated, ['ZZYZX'])
})
