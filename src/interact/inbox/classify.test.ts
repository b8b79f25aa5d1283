import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { changedFields } from './changed-fields.ts'
import { REPLY_CLASSES } from './classes.ts'
import { byModel, byRule } from './classify.ts'
import { f1Of, learn, macro } from './learn.ts'
import { splitQuoted } from './quoted-part.ts'
import { LANGUAGES, readSet, SEEDS } from './seed.ts'
import { saysStop } from './stop-words.ts'

const learnt = learn((await Promise.all(SEEDS.map(readSet))).flat())
const say = (own: string) => byRule({ own, channel: 'email' }) ?? byModel(learnt.model, own)

/** Of `sets/<language>-<kind>.json`: macro F1 over the classes that occur there, and how often it is right where it is sure. */
async function judge(language: string, kind: string) {
  const said = (await readSet(`${language}-${kind}`)).map(one => ({ ...one, said: say(one.text) }))
  const f1 = f1Of(said.map(one => [REPLY_CLASSES.indexOf(one.class), REPLY_CLASSES.indexOf(one.said.class)]))
  const sure = said.filter(one => one.said.sure)
  const occur = REPLY_CLASSES.filter(name => said.some(one => one.class === name))
  return {
    f1: macro(f1, occur),
    right: sure.filter(one => one.said.class === one.class).length / sure.length,
    sure: sure.length / said.length,
    by: JSON.stringify(f1),
  }
}

for (const language of LANGUAGES)
  test(`${language}: replies in wordings that were held out are told apart, F1 ≥ .9; none of them is in the seed`, async () => {
    const held = await readSet(`${language}-held-out`)
    const seed = new Set((await Promise.all(SEEDS.map(readSet))).flat().map(({ text }) => text))
    assert.deepEqual(
      held.filter(({ text }) => seed.has(text)),
      [],
    )
    const { f1, by } = await judge(language, 'held-out')
    assert.ok(f1 >= 0.9, by)
  })

/**
 * `dev`: 120 replies of a writer who never saw the seed. They judged the classifier once (zh .88, en .81); since then its mistakes in them
 * were looked at and mended, so they say that nothing got worse, not how good it is. `blind`: 210 replies in each language of a writer who saw
 * neither seed nor code; judged once, after all else was done: zh .930, en .925, and where it was sure right 165 times of 168 and 160 of 163.
 */
for (const [language, kind, least] of [
  ['zh', 'dev', 0.93],
  ['en', 'dev', 0.91],
  ['zh', 'blind', 0.9],
  ['en', 'blind', 0.9],
] as const)
  test(`${language}-${kind}: replies of another writer, F1 ≥ ${least}; where it is sure it is right 19 times in 20`, async () => {
    const { f1, right, sure, by } = await judge(language, kind)
    assert.ok(f1 >= least, `${f1} ${by}`)
    assert.ok(right >= 0.95 && sure >= 0.6, `${right} of ${sure}`)
  })

test('wordings chosen for being far from the first seed', async () => {
  for (const language of LANGUAGES) assert.ok((await judge(language, 'far')).f1 >= 0.8)
})

test('across the folds of the seed, whose wordings have nothing in common, it is right far more often than not and knows its doubt', () => {
  assert.ok(learnt.f1 >= 0.78, String(learnt.f1))
  assert.ok(learnt.model.temperature > 0.3 && learnt.model.temperature < 4.9)
})

const WORDS = [
  'T',
  'TD',
  '退订',
  '拒收',
  'STOP',
  'STOPALL',
  'UNSUBSCRIBE',
  'QUIT',
  'CANCEL',
  'END',
  '不要再发',
  '别再发了',
  '取消订阅',
  '停止发送',
]
const PHRASES = [
  '请退订，谢谢',
  '我要退订',
  '不要再发短信给我了',
  '以后别再联系我',
  '请把我从名单里删除',
  'please unsubscribe me',
  'Stop sending me these messages',
  'take me off your list',
  'no more emails please',
  "don't ever mail me again",
  'I want to opt out',
  'lose my number',
  'No. More. Calls.',
  'leave me in peace',
  'quit bugging me',
  'turn off the notifications',
  '把推送关掉',
  '别再打来推销了',
  '請取消所有行銷通知',
  '以后别烦我',
]
const NOISE = fc.array(fc.constantFrom(' ', '\n', '!', '。', '！', '.', '"', '“', '　', '…', '🙏'), { maxLength: 4 })
const QUOTE = [
  '',
  '\n\nOn Mon, 3 Aug 2026 at 10:00, Shop <a@b.example> wrote:\n> Buy our lamps! Reply STOP to stop.',
  '\n\n-----原始邮件-----\n发件人: 商店 <a@b.example>\n优惠，不要错过',
]
const wide = (text: string): string => text.replace(/[!-~]/g, char => String.fromCharCode(char.charCodeAt(0) + 0xfee0))

test('words that mean stop are never missed: any case, width, spaces and marks around, our mail quoted below', () => {
  const spaced = (word: string) => [...word].join(' ')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.constantFrom(...WORDS).map(word => ({ word, forms: [word, word.toLowerCase(), wide(word), spaced(word)] })),
        fc.constantFrom(...PHRASES).map(word => ({ word, forms: [word, word.toUpperCase()] })),
      ),
      fc.nat(3),
      NOISE,
      NOISE,
      fc.constantFrom(...QUOTE),
      ({ forms }, form, before, after, quote) => {
        const text = before.join('') + forms[form % forms.length] + after.join('') + quote
        return saysStop(splitQuoted(text).own, 'sms')
      },
    ),
    { numRuns: 800 },
  )
  assert.equal(saysStop('退', 'sms', ['退']), true, "a provider's own word")
})

test('what only speaks of stopping is not a stop', () => {
  for (const text of [
    '不要退订',
    '我没有退订',
    '请不要再发错货了',
    'Please do not unsubscribe me',
    'Is there a bus stop near you?',
    '取消订单',
    'the clock stopped working',
    "please don't stop",
    'where is the bus stop?',
    'I get off at the next stop',
    'my fridge will not stop humming, it rings all day',
    "You can stop worrying, it's paid",
    'Stop calling me Mrs, I am a Miss',
    'Would I lose my number if I switch?',
    'Delete my old address, the new one is 4 Mill Lane',
    'When does the price stop rising?',
    'Are there no more seats left?',
    'Can you turn off the water on Friday?',
    'Please do not cancel my order again by mistake',
    "In a meeting, don't ring before four",
    'Not a single call back in three weeks',
    '停电了',
    '请取消订单',
    '小区停水通知什么时候发',
    '别再推脱了',
    '不要再打错我的名字',
    '请停止扣款并退钱',
    '通知取消了航班也不赔',
    '我的短信套餐关了吗',
    '停止营业到初五',
    '别停，继续送',
  ])
    assert.equal(saysStop(text, 'email'), false, text)
})

test('no seed or held-out wording of another class is taken for a stop by the rules', async () => {
  const sets = await Promise.all([...SEEDS, 'zh-held-out', 'en-held-out', 'zh-dev', 'en-dev'].map(readSet))
  const wrong = sets.flat().filter(one => one.class !== 'stop' && saysStop(one.text, 'email'))
  assert.deepEqual(wrong, [])
})

test('our own message below is folded away; an answer between its lines is still read', () => {
  assert.deepEqual(splitQuoted('Yes please\n\nOn Monday, somebody\nwrote:\n> buy').own, 'Yes please')
  assert.equal(splitQuoted('> buy this?\nyes\n> really?\nreally').own, 'yes\nreally')
  assert.equal(splitQuoted('好的\n\n发自我的iPhone').own, '好的')
})

test('details in a change are read where they are certain', () => {
  assert.deepEqual(changedFields('新号码是13800138000，邮箱 lee@mail.example，地址改为杭州市西湖区文三路12号'), [
    { field: 'email', value: 'lee@mail.example' },
    { field: 'phone', value: '+8613800138000' },
    { field: 'address', value: '杭州市西湖区文三路12号' },
  ])
  assert.deepEqual(
    changedFields('I moved to 8 Castle Street, Durham DH1 3RW').map(({ field }) => field),
    ['postcode', 'address'],
  )
})
