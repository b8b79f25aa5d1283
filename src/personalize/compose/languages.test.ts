import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { fonts } from '../../platform/engines/print/fonts.ts'
import { disposeCharts } from '../charts/svg.ts'
import { taiwanWords } from '../data/taiwan.ts'
import { sampleTemplates } from '../templates-folder.ts'
import { capitalMoney } from './capital-money.ts'
import { composeMessage } from './compose-message.ts'
import { money, rocDay } from './format.ts'
import { languageFor, messageLanguages } from './languages.ts'
import { loadTemplate, templateIds } from './load-template.ts'
import type { TemplateVersion } from './template.ts'
import { viewOf } from './texts.ts'

const versions = await Promise.all((await templateIds(sampleTemplates)).map(id => loadTemplate(sampleTemplates, id)))
const called = (id: string): TemplateVersion => versions.find(version => version.id === id)!

after(disposeCharts)

/** Characters of Big5, Taiwan's repertoire: level 1 (frequent) and 2. */
function big5(): string[] {
  const decoder = new TextDecoder('big5')
  const found: string[] = []
  for (let code = 0xa440; code <= 0xf9d5; code++) {
    const low = code & 0xff
    if (low < 0x40 || (low > 0x7e && low < 0xa1) || low === 0xff) continue
    const character = decoder.decode(Uint8Array.of(code >> 8, low))
    if ([...character].length === 1 && /\p{Script=Han}/u.test(character)) found.push(character)
  }
  return found
}

test('who cannot be written to in the language asked for gets the next in the stated order', () => {
  assert.equal(languageFor('zh-TW', ['en', 'zh-CN']), 'zh-CN')
  assert.equal(languageFor('zh-CN', ['en', 'zh-TW']), 'zh-TW')
  assert.equal(languageFor('en', ['zh-CN', 'zh-TW']), 'zh-CN')
  assert.equal(languageFor('fr', ['zh-CN', 'en']), 'en')
  assert.equal(languageFor(undefined, ['zh-TW']), 'zh-TW')
  for (const asked of messageLanguages) assert.equal(languageFor(asked, messageLanguages), asked)
})

test('the print fonts have a glyph for every character of Big5', () => {
  const { covers } = fonts()
  const characters = big5()
  assert.ok(characters.length > 13_000)
  assert.deepEqual(
    characters.filter(character => !covers(character.codePointAt(0)!)),
    [],
  )
})

test('every template that speaks zh-TW says it in Taiwan\u2019s characters, and composes', async () => {
  const known = new Set(big5())
  const speaking = versions.filter(({ manifest }) => manifest.languages.includes('zh-TW'))
  assert.ok(speaking.length >= 9, `${speaking.map(({ id }) => id)}`)
  for (const version of speaking) {
    const example = { ...version.examples[0]!, language: 'zh-TW' }
    const outcome = await composeMessage(version, example)
    assert.equal(outcome.state, 'composed', outcome.state === 'held' ? `${version.id}: ${outcome.detail}` : '')
    const written = JSON.parse(version.files['texts.zh-TW.json']!) as Record<string, string>
    const foreign = [...JSON.stringify(written)].filter(each => /\p{Script=Han}/u.test(each) && !known.has(each))
    assert.deepEqual(foreign, [], version.id)
    const simplified = JSON.parse(version.files['texts.zh-CN.json']!) as Record<string, string>
    assert.deepEqual(Object.keys(written), Object.keys(simplified), version.id)
  }
})

test('what exists only in simplified characters is put into Taiwan\u2019s words; names are left alone', async () => {
  const convert = await taiwanWords()
  assert.equal(convert('请登录客户门户查看短信和优惠代码，账单请打印'), '請登入客戶門戶檢視簡訊和優惠代碼，帳單請列印')
  const bill = called('bill')
  const view = viewOf(bill, { ...bill.examples[0]!, language: 'zh-TW' })
  assert.equal(view.lang, 'zh-TW')
  assert.equal(view.brand['name'], '蘭亭禮品家居')
  assert.ok(view.t['greeting']?.includes('欧阳晓明'), 'as the customer writes it')
})

test('a bill by e-mail carries the printed bill of the same data, the same as the printed one', async () => {
  const [mailed, printed] = [called('bill-email'), called('bill')]
  const data = mailed.examples[0]!
  const whole = { ...mailed, document: printed, hash: `${mailed.hash}+${printed.hash}` }
  const outcome = await composeMessage(whole, data)
  assert.ok(outcome.state === 'composed', JSON.stringify(outcome))
  const mail = await simpleParser(Buffer.from(outcome.bytes))
  const [attachment] = mail.attachments
  assert.equal(attachment?.filename, '对账单-2010-11-17850.pdf')
  const paper = await composeMessage(printed, data)
  assert.ok(paper.state === 'composed' && attachment?.content.equals(paper.bytes), 'byte for byte')
  assert.ok(mail.text?.includes('£1,492.01') && mail.text.includes('英镑壹仟肆佰玖拾贰元零壹分'))
  assert.deepEqual(
    outcome.slots?.map(({ content, variant }) => `${content}.${variant}`),
    ['offer.mail', 'offer.large'],
  )
  // Sent again, it is the same; and one that only leads to the document carries none.
  assert.equal(((await composeMessage(whole, data)) as typeof outcome).sha256, outcome.sha256)
  const linked = await composeMessage(mailed, { ...data, document: { as: 'linked', url: 'https://a.example/d/1' } })
  assert.ok(linked.state === 'composed')
  const leading = await simpleParser(Buffer.from(linked.bytes))
  assert.equal(leading.attachments.length, 0)
  assert.ok(String(leading.html).includes('https://a.example/d/1'))
})

const digits: Record<string, bigint> = Object.fromEntries([...'零壹贰叁肆伍陆柒捌玖'].map((c, i) => [c, BigInt(i)]))
const units: Record<string, bigint> = { 拾: 10n, 佰: 100n, 仟: 1000n }

/** Reads capitals back: what a clerk does. */
function readCapitals(text: string): bigint {
  const [, whole = '', jiao = '', fen = ''] = /^(.*)元零?(?:(.)角)?零?(?:(.)分)?整?$/.exec(text) ?? []
  const big = (part: string, names: string[]): bigint => {
    const [name, ...smaller] = names
    if (name === undefined) {
      let [sum, digit] = [0n, 0n]
      for (const character of part) {
        if (character in digits) digit = digits[character]!
        else {
          sum += digit * units[character]!
          digit = 0n
        }
      }
      return sum + digit
    }
    const at = part.lastIndexOf(name)
    const size = name === '亿' ? 100_000_000n : 10_000n
    return at < 0
      ? big(part, smaller)
      : big(part.slice(0, at), name === '亿' ? ['万'] : []) * size + big(part.slice(at + 1), smaller)
  }
  return big(whole, ['亿', '万']) * 100n + (digits[jiao] ?? 0n) * 10n + (digits[fen] ?? 0n)
}

test('amounts in capitals: the rules of the People\u2019s Bank, and no amount reads as another', () => {
  const cny = (minor: number) => capitalMoney(minor, 'CNY', 'zh-CN')
  // Examples of the annex.
  assert.equal(cny(140950), '人民币壹仟肆佰零玖元伍角整')
  assert.equal(cny(600714), '人民币陆仟零柒元壹角肆分')
  assert.equal(cny(168032), '人民币壹仟陆佰捌拾元零叁角贰分')
  assert.equal(cny(1640902), '人民币壹万陆仟肆佰零玖元零贰分')
  assert.equal(cny(32504), '人民币叁佰贰拾伍元零肆分')
  assert.equal(cny(0), '人民币零元整')
  assert.equal(capitalMoney(30600000, 'TWD', 'zh-TW'), '新臺幣參拾萬零陸仟元整')
  assert.equal(capitalMoney(-500, 'GBP', 'zh-TW'), '英鎊負伍元整')
  fc.assert(
    fc.property(
      fc.oneof(fc.nat(10_000), fc.nat(2_000_000_000), fc.integer({ min: 0, max: 99_999_999_999_99 })),
      minor => assert.equal(readCapitals(cny(minor).replace('人民币', '')), BigInt(minor)),
    ),
    { numRuns: 2000 },
  )
})

test('money and dates of Taiwan', () => {
  assert.equal(money(123456, 'CNY', 'zh-TW'), 'CN¥1,234.56')
  assert.equal(money(123456, 'CNY', 'zh-CN'), '¥1,234.56')
  assert.equal(money(150000, 'TWD'), 'NT$1,500.00')
  assert.equal(rocDay('2010-12-01', 'zh-TW'), '民國99年12月1日')
  assert.equal(rocDay('2010-12-01', 'zh-CN'), '2010年12月1日')
})
