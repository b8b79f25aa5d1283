import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { day, money, month } from './format.ts'
import { messageLanguages } from './languages.ts'

const amounts = [0, 1, 99, 100, 123456, 100000000, -500, -99, 2147483647, 999999999999]
const currencies = ['GBP', 'CNY', 'JPY', 'CHF', 'TWD', 'USD']
const days = ['2010-12-01', '2011-02-28', '1999-01-09']

test('money and dates', () => {
  assert.equal(money(123456, 'GBP'), '£1,234.56')
  assert.equal(money(-500, 'GBP'), '−£5.00')
  assert.equal(money(7, 'CHF'), 'CHF 0.07')
  assert.equal(money(1234567, 'JPY'), 'JP¥1,234,567')
  assert.equal(day('2010-12-01', 'en'), '1 December 2010')
  assert.equal(month('2010-11', 'zh-CN'), '2010年11月')
})

test('print writes money and dates as everything else does', () => {
  const prelude = readFileSync(new URL('./prelude.typ', import.meta.url), 'utf8')
  const expression = (call: string) => `[#metadata(${call})<said>]`
  for (const lang of messageLanguages) {
    const typst = NodeCompiler.create({ workspace: '/huiyin-format-test' })
    const brand = { colour: { brand: '#000000', accent: '#000000', tint: '#000000' } }
    typst.mapShadow('/huiyin-format-test/data.json', Buffer.from(JSON.stringify({ lang, t: {}, brand })))
    const calls = [
      ...amounts.flatMap(amount => currencies.map(currency => `money(${amount}, "${currency}")`)),
      ...days.flatMap(iso => [`day("${iso}")`, `month("${iso.slice(0, 7)}")`]),
    ]
    typst.addSource('/huiyin-format-test/main.typ', `${prelude}\n${calls.map(expression).join('\n')}`)
    const said =
      (typst.query(
        { mainFilePath: '/huiyin-format-test/main.typ' },
        { selector: '<said>', field: 'value' },
      ) as string[]) ?? []
    const expected = [
      ...amounts.flatMap(amount => currencies.map(currency => money(amount, currency, lang))),
      ...days.flatMap(iso => [day(iso, lang), month(iso.slice(0, 7), lang)]),
    ]
    assert.deepEqual(said, expected)
  }
})
