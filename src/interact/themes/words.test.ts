import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Coded } from './coded.ts'
import { bySpeaker, calendarOf, countKeys } from './count-themes.ts'
import { FALSE_DISCOVERY, findThemes, type Said } from './find-themes.ts'
import { dayNumber, daysShared, periodsUntil } from './periods.ts'
import { cut, termsOf } from './tokens.ts'
import { compareRates, rateOf, verdicts } from './trend.ts'
import { codesIn, sampleOf, type Voices } from './voices.ts'

/** Park and Miller's: the same draws each time. */
function draws(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

const ZH = '发票金额不对|快递太慢|客服态度很差|退款没到账|包装破了|颜色与图片不同|积分没有到账|短信太多'.split('|')
const EN =
  'the invoice amount is wrong|delivery took far too long|the agent was rude|my refund has not arrived|the box was damaged|too many messages'.split(
    '|',
  )
const AROUND =
  '上个月 订单 网站 电话 门店 周末 会员 家里 礼物 办公室 order website phone shop weekend member gift office'.split(' ')

/** What people write of ever the same things, whatever the period. */
function noise(random: () => number, customers: number): Said[] {
  const pick = (some: readonly string[]): string => some[Math.floor(random() * some.length)]!
  return Array.from({ length: customers }, (_, at) => ({
    speaker: String(at),
    period: random() < 0.5 ? 'now' : 'before',
    ...cut(`${pick(AROUND)} ${pick(random() < 0.6 ? ZH : EN)}, ${pick(AROUND)}`),
  }))
}

test('words are cut in both languages, what is denied is a word of its own, and nothing personal is a term', () => {
  const zh = termsOf('包裹破损，没收到发票 13800138000 wang@mail.example 订单 A-1774')
  for (const term of ['包裹', '破损', '包裹破损', '没收到']) assert.ok(zh.has(term), `${term} of ${[...zh].join(' ')}`)
  const en = termsOf("The parcels didn't arrive; lid broken, see https://x.example/a?b=1 and invoice 538880")
  for (const term of ['parcel', 'not arrive', 'lid broken', 'invoice']) assert.ok(en.has(term), term)
  for (const term of [...zh, ...en]) assert.doesNotMatch(term, /\d|@|wang|mail|example|1774/)
  assert.ok(!zh.has('破损没收到'), 'a comma parts two words')
})

test('a planted theme is found and named, in Chinese and in English, among noise', () => {
  const random = draws(7)
  let others = 0
  for (let trial = 0; trial < 8; trial++) {
    const zh = trial % 2 === 0
    const planted = Array.from({ length: 20 }, (_, at) => ({
      speaker: `planted-${at}`,
      period: 'now' as const,
      ...cut(
        zh ? `台灯盖子开裂，${at % 2 ? '周末' : '订单'}` : `the lamp lid is cracked, ${at % 2 ? 'order' : 'gift'}`,
      ),
    }))
    const changed = findThemes([...noise(random, 200), ...planted]).filter(({ q }) => q <= FALSE_DISCOVERY)
    const found = changed.find(({ terms }) => terms.some(term => (zh ? /盖子/ : /lid/).test(term)))
    assert.ok(found?.rising && found.now >= 20 && found.before * 3 <= found.now, JSON.stringify(changed))
    others += changed.length - 1
  }
  assert.ok(others <= 2, `${others} others accused in 8 trials`)
})

test('under noise alone no more than one in twenty accuses anything, in words and in rates', () => {
  const random = draws(11)
  const accused = Array.from({ length: 40 }, () => noise(random, 120)).filter(said =>
    findThemes(said).some(({ q }) => q <= FALSE_DISCOVERY),
  )
  // 95 % of samples of a true 5 % lie at 4 of 40 or below.
  assert.ok(accused.length <= 4, `words: ${accused.length} of 40`)
  const split = (of: number): { now: number; before: number } => {
    let now = 0
    for (let i = 0; i < of; i++) if (random() < 0.3) now++
    return { now, before: of - now }
  }
  const family = () =>
    Array.from({ length: 20 }, () => {
      const { now, before } = split(Math.floor(random() * 60))
      return {
        p: compareRates({ customers: now, exposure: 3 }, { customers: before, exposure: 7 }).p,
        more: true,
      }
    })
  const wrong = Array.from({ length: 400 }, family).filter(some =>
    verdicts(some, FALSE_DISCOVERY).some(({ verdict }) => verdict !== 'same'),
  )
  assert.ok(wrong.length <= 20, `rates: ${wrong.length} of 400`)
})

test('rates and their change are those of exact tables', () => {
  // Garwood's exact limits of 10 are 4.795 and 18.39; Byar's are within 1 %.
  const ten = rateOf({ customers: 10, exposure: 1 })!
  assert.ok(Math.abs(ten.low - 4.795) < 0.05 && Math.abs(ten.high - 18.39) < 0.1, JSON.stringify(ten))
  assert.equal(rateOf({ customers: 0, exposure: 2 })!.low, 0)
  assert.equal(rateOf({ customers: 3, exposure: 0 }), null)
  // Binomial(10, 1/2): P(X ≥ 9) = 11/1024.
  const change = compareRates({ customers: 9, exposure: 1 }, { customers: 1, exposure: 1 })
  assert.ok(Math.abs(change.p - 22 / 1024) < 1e-9)
  assert.ok(change.ratio!.low > 1 && Math.abs(change.ratio!.rate - 9) < 1e-9)
  assert.ok(Number.isNaN(compareRates({ customers: 0, exposure: 1 }, { customers: 0, exposure: 1 }).p))
})

test('weeks and months lie in a row without a gap, and two windows end today', () => {
  for (const by of ['week', 'month'] as const) {
    const { buckets, now, before } = periodsUntil('2026-03-31', by)
    for (const [at, { from }] of buckets.entries())
      if (at > 0) assert.equal(Date.parse(from) - Date.parse(buckets[at - 1]!.to), 86_400_000)
    assert.equal(buckets.at(-1)!.to, '2026-03-31')
    assert.equal(now.to, '2026-03-31')
    assert.equal(daysShared(now, before), 0)
  }
  assert.equal(periodsUntil('2026-03-31', 'month').buckets.at(-2)!.from, '2026-02-01')
})

/** Voices of few customers, some of nobody we know, over more days than the page shows. */
function someVoices(random: () => number, length: number, today: string): Voices {
  const numbers = (make: (at: number) => number) => Array.from({ length }, (_, at) => make(at))
  const empty = () => new Coded(length)
  return {
    length,
    ...{ isMessage: new Uint8Array(length), id: Int32Array.from(numbers(at => at)), thread: new Int32Array(length) },
    ...{ kind: Uint8Array.from(numbers(() => Math.floor(random() * 4))), at: new Float64Array(length) },
    customer: Float64Array.from(numbers(() => Math.floor(random() * 6))),
    day: Int32Array.from(numbers(() => dayNumber(today) - Math.floor(random() * 182))),
    spoken: new Uint8Array(length).fill(1),
    ...{ category: empty(), product: empty(), line: empty(), channel: empty(), codes: new Map() },
  }
}

test('one pass over sorted voices counts what sets of customers count', () => {
  const random = draws(5)
  const today = '2026-03-31'
  const periods = periodsUntil(today, 'week')
  for (let trial = 0; trial < 20; trial++) {
    const voices = someVoices(random, 120, today)
    const keysOfVoice = Array.from({ length: 120 }, () => [0, 1, 2].filter(() => random() < 0.4))
    const keys = { names: ['a', 'b', 'c'], of: (at: number) => keysOfVoice[at]! }
    const found = countKeys(voices, keys, bySpeaker(voices), calendarOf(periods))
    for (const [key, counts] of found.entries())
      for (const window of ['now', 'before'] as const) {
        const [first, last] = [dayNumber(periods[window].from), dayNumber(periods[window].to)]
        const its = keysOfVoice.flatMap((some, at) =>
          some.includes(key) && voices.day[at]! >= first && voices.day[at]! <= last ? [at] : [],
        )
        const speakers = new Set(its.map(at => (voices.customer[at] === 0 ? `nobody ${at}` : voices.customer[at])))
        assert.deepEqual(counts![window], { voices: its.length, customers: speakers.size })
      }
  }
})

test('a sample of texts is as large as said, the same each time, and does not lean to old or new', () => {
  const voices = someVoices(draws(3), 5000, '2026-03-31')
  const sample = sampleOf(voices, 500)
  assert.deepEqual([sample.length, sampleOf(voices, 500)], [500, sample])
  // Numbers rise with time: of an even sample the mean lies within three errors (5000 / √12 / √500) of the middle.
  const mean = sample.reduce((sum, at) => sum + at, 0) / sample.length
  assert.ok(Math.abs(mean - 2500) < 3 * 64.5, `${mean}`)
  assert.equal(sampleOf(voices, 6000).length, 5000)
})

test('article numbers that words may name, also right after a Chinese word; words and short numbers are none', () => {
  assert.deepEqual(codesIn('我买的85123a坏了，85099B-2也是。Lamp no 7 of May, again 85123A'), ['85123A', '85099B-2'])
})
