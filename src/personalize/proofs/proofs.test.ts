import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { disposeCharts } from '../charts/svg.ts'
import { checkData, type Data } from '../compose/check-data.ts'
import { loadTemplate } from '../compose/load-template.ts'
import { sampleTemplates } from '../templates-folder.ts'
import { coverageOf } from './branches/coverage.ts'
import { compareDocuments } from './compare-documents.ts'
import { coverMost } from './cover-most.ts'
import { disguised } from './disguise.ts'
import { featuresOf } from './features.ts'
import type { Measured } from './measure.ts'
import { shapeOf } from './shape.ts'
import { wordDifference } from './text/word-difference.ts'

const bill = await loadTemplate(sampleTemplates, 'bill')
after(disposeCharts)

const checked = (data: Data): Data => {
  const found = checkData(bill, data)
  assert.ok('data' in found)
  return found.data
}

test('every way of texts and page is known, and each document says which it takes', () => {
  const { branches, inTexts, onPage } = coverageOf(bill)
  const [first, , sixty] = bill.examples
  const owed = new Set([...inTexts(checked(first!)), ...onPage(checked(first!)).taken])
  const ways = (part: string, from: ReadonlySet<string>) =>
    [...from].filter(id => id.includes(part)).map(id => id.split('/').at(-1))
  assert.deepEqual(ways('zh-CN.json#balance', owed), ['no'])
  assert.deepEqual(ways('data.offer != none', owed).at(0), 'yes')
  const credit = {
    ...first!,
    invoices: [],
    returns: [{ date: '2010-11-03', number: 'C1', pieces: -1, amount: -500 }],
    total: -500,
    offer: null,
    due: null,
  }
  const inCredit = new Set([...inTexts(checked(credit)), ...onPage(checked(credit)).taken])
  assert.deepEqual(ways('zh-CN.json#balance', inCredit), ['yes'])
  assert.deepEqual(ways('data.offer != none', inCredit).at(0), 'no')
  assert.equal(onPage(checked(sixty!)).pages, 3)
  const all = new Set(branches.map(({ id }) => id))
  assert.equal(all.size, branches.length, 'no two ways have one name')
  for (const id of [...owed, ...inCredit]) assert.ok(all.has(id), id)
  assert.ok(
    branches.filter(({ unseen }) => unseen).every(({ condition }) => /back|each/.test(condition)),
    'only names of functions hide',
  )
  assert.ok(branches.every(({ file, line }) => bill.files[file]!.split('\n').length >= line))
})

test('before and now: pictures boxed, words counted, and the same difference known again', async () => {
  const [first] = bill.examples
  const files = { ...bill.files, 'texts.zh-CN.json': bill.files['texts.zh-CN.json']!.replace('感谢您', '非常感谢您') }
  const changed = { ...bill, hash: 'x', files }
  const same = await compareDocuments(bill, { ...bill, hash: 'y' }, first!)
  assert.deepEqual([same.fingerprint, same.pages, same.added], ['', [], 0])
  const found = await compareDocuments(bill, changed, first!)
  assert.deepEqual([found.pages.length, found.added, found.removed], [1, 1, 0])
  assert.ok(found.pages[0]!.boxes.length >= 1 && found.pages[0]!.share < 0.05, 'one line of a page')
  assert.equal((await compareDocuments(bill, changed, first!)).fingerprint, found.fingerprint)
  const held = await compareDocuments(bill, changed, { ...first!, issued: 'never' })
  assert.deepEqual([held.now.state, held.fingerprint], ['held', ''], 'held before and now: no difference')
  const unserved = await compareDocuments(null, bill, { ...first!, issued: 'never' })
  assert.notEqual(unserved.fingerprint, '', 'a first version that cannot serve has to be looked at')
})

test('word by word, both sides can be read off the difference', () => {
  const text = fc
    .array(fc.constantFrom('尊敬的', '客户', ' ', 'offer', '10', '%', '。', '\n'), { maxLength: 25 })
    .map(all => all.join(''))
  fc.assert(
    fc.property(text, text, (before, now) => {
      const runs = wordDifference(before, now)
      const side = (not: string) =>
        runs
          .filter(({ kind }) => kind !== not)
          .map(run => run.text)
          .join('')
      assert.equal(side('added'), before)
      assert.equal(side('removed'), now)
      assert.equal(
        runs.every(({ kind }) => kind === 'same'),
        before === now,
      )
    }),
  )
  assert.deepEqual(wordDifference('优惠九折有效', '优惠八折有效').filter(({ kind }) => kind !== 'same').length, 2)
})

test('the chosen take every way that anybody takes, and each has something nobody before him has', () => {
  const measured = fc.record({ taken: fc.subarray(['a', 'b', 'c', 'd', 'e', 'f', 'g']), hard: fc.boolean() })
  fc.assert(
    fc.property(fc.array(measured, { maxLength: 30 }), rows => {
      const candidates = rows.map(({ taken, hard }) => ({
        why: hard ? ['longest-name'] : [],
        measured: { taken, shape: [], language: 'en', held: null, size: 0, pages: 0, segments: 0 } satisfies Measured,
      }))
      const chosen = coverMost(candidates, 60)
      const of = (all: readonly { measured: Measured }[]) => new Set(all.flatMap(one => featuresOf(one.measured)))
      assert.deepEqual([...of(chosen)].sort(), [...of(candidates)].sort())
      assert.ok(chosen.every(({ why, covers }) => covers.length > 0 || why[0] === 'longest-name'))
    }),
  )
})

test('a disguise hides who it is and keeps what the document is like', () => {
  const [first] = bill.examples
  const hidden = disguised(first!)
  const { name, address } = first!['to'] as { name: string; address: string[] }
  const text = JSON.stringify(hidden)
  assert.ok(
    !text.includes(name) && address.every(line => !text.includes(line)) && !text.includes(String(first!['account'])),
  )
  assert.equal((hidden['to'] as { name: string }).name.length, name.length)
  assert.deepEqual(shapeOf(hidden), shapeOf(first!))
  assert.deepEqual(coverageOf(bill).inTexts(checked(hidden)), coverageOf(bill).inTexts(checked(first!)))
})
