import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { simpleParser } from 'mailparser'
import { disposeCharts } from '../charts/svg.ts'
import { sampleTemplates } from '../templates-folder.ts'
import { composeMessage } from './compose-message.ts'
import { loadTemplate, templateIds } from './load-template.ts'
import type { Composed, Outcome } from './outcome.ts'
import type { Script } from './script.ts'

const ids = await templateIds(sampleTemplates)
const versions = new Map(await Promise.all(ids.map(async id => [id, await loadTemplate(sampleTemplates, id)] as const)))
const version = (id: string) => versions.get(id)!
const example = (id: string, index = 0) => version(id).examples[index]!
const compose = (id: string, data: Record<string, unknown>) => composeMessage(version(id), data)

after(disposeCharts)

function done(outcome: Outcome): Composed {
  assert.equal(outcome.state, 'composed', outcome.state === 'held' ? `${outcome.reason}: ${outcome.detail}` : '')
  return outcome as Composed
}

test('every template of the sample composes its examples, in both languages', async () => {
  for (const id of ['bill', 'bill-email', 'bill-portal', 'email', 'letter', 'notice', 'notice-email', 'script', 'sms'])
    assert.ok(ids.includes(id), id)
  for (const id of ids) {
    const languages = new Set<unknown>()
    for (const row of version(id).examples) {
      const { bytes } = done(await compose(id, row))
      assert.ok(bytes.length > 50)
      languages.add(row['language'])
    }
    for (const language of ['en', 'zh-CN']) assert.ok(languages.has(language), `${id} ${language}`)
  }
})

test('sixty rows go over pages, and every page says which it is', async () => {
  const { pages } = done(await compose('bill', example('bill', 2)))
  assert.equal(pages, 3)
})

test('markup of any kind in a name stays a name', async () => {
  const hostile = `*王* #panic("x") $x$ {{ brand.name }} {% raw %} <script>alert(1)</script>\r\nBcc: a@b.example "'; DROP`
  const email = await simpleParser(
    Buffer.from(
      done(
        await compose('email', { ...example('email'), to: { name: hostile, salutation: '', email: 'a@mail.example' } }),
      ).bytes,
    ),
  )
  assert.ok(email.html && !email.html.includes('<script'), 'escaped in HTML')
  assert.ok(email.text?.includes('{{ brand.name }}'), 'Liquid is not run')
  assert.equal(email.bcc, undefined)
  assert.equal(email.headerLines.filter(({ key }) => key === 'to').length, 1)
  for (const id of ['bill', 'letter'])
    done(await compose(id, { ...example(id), to: { ...(example(id)['to'] as object), name: hostile } }))
  const sms = Buffer.from(
    done(await compose('sms', { ...example('sms'), to: { name: '【银行】', mobile: '+8613800001234' } })).bytes,
  ).toString()
  assert.equal(sms.match(/【/g)?.length, 1, 'one signature only')
})

test('a character without a glyph holds the document back and is named', async () => {
  const outcome = await compose('bill', {
    ...example('bill'),
    to: { ...(example('bill')['to'] as object), name: '张😀' },
  })
  assert.deepEqual(outcome, { state: 'held', reason: 'glyph-missing', detail: 'to.name: 😀 (U+1F600)' })
})

test('missing data: hold, skip and default, by the template', async () => {
  const bill = example('bill')
  assert.deepEqual(await compose('bill', { ...bill, to: { ...(bill['to'] as object), address: [] } }), {
    state: 'held',
    reason: 'missing-data',
    detail: 'to.address',
  })
  for (const absent of [{ offer: null }, { months: [] }, { due: undefined }, { account: '' }])
    done(await compose('bill', { ...bill, ...absent }))
  const wrong = await compose('bill', { ...bill, total: 1 })
  assert.ok(wrong.state === 'held' && wrong.reason === 'totals-differ', JSON.stringify(wrong))
  const bad = await compose('bill', { ...bill, issued: '2010-02-30' })
  assert.ok(
    bad.state === 'held' && bad.reason === 'invalid-data' && bad.detail.startsWith('issued'),
    JSON.stringify(bad),
  )
  const long = await compose('letter', { ...example('letter'), account: 'x'.repeat(10_000_000) })
  assert.ok(long.state === 'held' && long.reason === 'text-too-long')
})

test('an e-mail is whole: text part, HTML, one-click unsubscribe, nothing from outside', async () => {
  const { bytes, subject } = done(await compose('email', example('email')))
  const mail = await simpleParser(Buffer.from(bytes))
  assert.equal(mail.subject, subject)
  assert.ok(mail.text?.includes('STAY-WITH-US'))
  const html = mail.html || ''
  assert.ok(html.includes('prefers-color-scheme: dark') && html.includes('STAY-WITH-US'))
  assert.ok(!/<img|src="http|url\(http|@import/.test(html), 'loads nothing')
  const lines = mail.headerLines.map(({ line }) => line)
  assert.ok(lines.includes('List-Unsubscribe-Post: List-Unsubscribe=One-Click'))
  assert.match(lines.find(line => line.startsWith('List-Unsubscribe:')) ?? '', /<https:\/\/www\.lanting\.example\/u\/>/)
  assert.match(lines.find(line => line.startsWith('Message-ID:')) ?? '', /<example-email@mail\.lanting\.example>/)
  assert.equal(mail.date?.toISOString(), '2010-12-01T09:00:00.000Z')
})

test('a script asks only what is missing and leads somewhere', async () => {
  const read = async (row: Record<string, unknown>) =>
    JSON.parse(Buffer.from(done(await compose('script', row)).bytes).toString()) as Script
  const asked = await read(example('script'))
  assert.ok(asked.blocks.some(({ id }) => id === 'email'))
  const known = await read({ ...example('script'), askEmail: null })
  assert.ok(!known.blocks.some(({ id }) => id === 'email'))
  for (const { blocks, outcomes } of [asked, known]) {
    const there = new Set(blocks.map(({ id }) => id))
    for (const block of blocks) {
      assert.ok(block.next.every(({ to }) => there.has(to)))
      assert.equal(
        new Set(block.next.map(({ answer }) => answer)).size,
        block.next.length,
        'an answer leads to one block',
      )
    }
    assert.equal(outcomes.length, 7)
    assert.ok(!JSON.stringify(blocks).includes('{{'))
  }
})
