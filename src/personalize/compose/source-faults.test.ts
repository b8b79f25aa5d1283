import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { HuiyinError } from '../../platform/errors.ts'
import { disposeCharts } from '../charts/svg.ts'
import { buildVersion } from '../templates/build-version.ts'
import { sampleTemplates } from '../templates-folder.ts'
import { composeMessage } from './compose-message.ts'
import { loadTemplate, readTemplate } from './load-template.ts'
import type { TemplateVersion } from './template.ts'

const bill = await readTemplate(sampleTemplates, 'bill')
const sms = await readTemplate(sampleTemplates, 'sms')
const notice = await loadTemplate(sampleTemplates, 'notice')

after(disposeCharts)

const changed = (source: typeof bill, file: string, from: string, to: string): typeof bill => {
  assert.ok(source.files[file]?.includes(from), `${file} holds ${from}`)
  return { ...source, files: { ...source.files, [file]: source.files[file]!.replace(from, to) } }
}

async function refused(source: typeof bill): Promise<{ en: string; zh: string }> {
  const error = await buildVersion(source).then(
    () => assert.fail('was published'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof HuiyinError, String(error))
  return { en: error.messageIn('en'), zh: error.messageIn('zh-CN') }
}

test('a fault in a text is refused at publication by template, file, line, column and field, in both languages', async () => {
  const cases: [typeof bill, RegExp, RegExp][] = [
    [
      changed(bill, 'texts.en.json', '| month', '| mnth'),
      /^Template bill, texts\.en\.json, line 3, column \d+ \(subject\): undefined filter: mnth\.$/,
      /^模板 bill 的 texts\.en\.json 第 3 行第 \d+ 列（subject）：没有名为 mnth 的过滤器。$/,
    ],
    [
      changed(bill, 'texts.zh-CN.json', '{% endif %}', ''),
      /texts\.zh-CN\.json, line 8, column \d+ \(balance\): tag .+ not closed/,
      /第 8 行第 \d+ 列（balance）：标签 .+ 没有结束/,
    ],
    [
      changed(sms, 'texts.en.json', 'to.salutation }}', 'to.salution }}'),
      /\(to\.salution\): to\.salution is not a field of data\.schema\.json/,
      /data\.schema\.json 中没有字段 to\.salution/,
    ],
    [
      changed(bill, 'texts.en.json', '",\n', '"\n'),
      /texts\.en\.json, line 3, column 3: Expected ','/,
      /第 3 行第 3 列/,
    ],
    [changed(bill, 'texts.en.json', '"lines"', '"linez"'), /\(lin.+\): the text lin.+ is missing/, /缺少文字 lin/],
  ]
  for (const [source, en, zh] of cases) {
    const said = await refused(source)
    assert.match(said.en, en)
    assert.match(said.zh, zh)
  }
})

test('a fault in MJML names its line and element; today is refused', async () => {
  const mail: typeof sms = {
    ...sms,
    manifest: { ...sms.manifest, channel: 'email' },
    files: {
      ...sms.files,
      'body.mjml': '<mjml><mj-body>\n<mj-section>\n<mj-colum></mj-colum>\n</mj-section></mj-body></mjml>',
    },
  }
  const said = await refused(mail)
  assert.match(said.en, /^Template sms, body\.mjml, line 3, column 1 \(mj-colum\): Element mj-colum doesn't exist/)
  assert.match(said.zh, /第 3 行第 1 列（mj-colum）：MJML 没有元素 mj-colum/)
  const clock = await refused({ ...bill, files: { ...bill.files, 'main.typ': '\n#datetime.today()' } })
  assert.match(clock.en, /main\.typ:2 .*clock/)
})

const withMain = (main: string): TemplateVersion => ({ ...notice, files: { ...notice.files, 'main.typ': main } })

test('a fault of Typst on some data holds that message, and says line and field', async () => {
  const row = notice.examples[0]!
  const cases: [string, RegExp][] = [
    ['#import "/huiyin.typ": *\n\n#int(data.to.name)', /^main\.typ:3:\d+ \(to\.name\): invalid integer/],
    ['#import "/huiyin.typ": *\n#day(data.to.name)', /^main\.typ:2:\d+ \(to\.name\): invalid integer/],
    ['#let x = ', /^main\.typ:1:\d+: expected expression/],
    ['#import "/huiyin.typ": *\n#image("/none.svg")', /^main\.typ:2:\d+: file not found/],
    ['#import "/huiyin.typ": *\n#t.nosuch', /^main\.typ:2:\d+ \(nosuch\): dictionary does not contain key "nosuch"/],
  ]
  for (const [main, detail] of cases) {
    const outcome = await composeMessage(withMain(main), row)
    assert.ok(outcome.state === 'held' && outcome.reason === 'template-failed', main)
    assert.match(outcome.detail, detail)
  }
})

test('missing data: each rule of the template, for every way a field can be missing', async () => {
  const version = await buildVersion({
    ...sms,
    manifest: {
      ...sms.manifest,
      missing: {
        'to.name': { default: 'friend' },
        'offer.benefit': 'skip',
        'offer.until': 'skip',
        'offer.code': 'hold',
      },
    },
    files: { 'texts.en.json': '{"body": "{{ to.name }}{% if offer.benefit %} has {{ offer.benefit }}{% endif %}"}' },
  })
  const row = { ...version.examples[1], language: 'en' } as Record<string, unknown> as Record<
    string,
    Record<string, unknown>
  >
  const body = async (change: Record<string, unknown>) => {
    const outcome = await composeMessage(version, { ...row, ...change })
    return outcome.state === 'composed' ? Buffer.from(outcome.bytes).toString() : `${outcome.reason}: ${outcome.detail}`
  }
  const { name: _name, ...nameless } = row['to']!
  const { benefit: _benefit, ...plain } = row['offer']!
  for (const to of [nameless, { ...nameless, name: '' }, { ...nameless, name: null }])
    assert.match(await body({ to, offer: plain }), /: friend,? ?(?!has)/)
  for (const benefit of ['', null, []]) assert.ok(!(await body({ offer: { ...plain, benefit } })).includes('has'))
  assert.match(await body({}), /has 10% off/)
  for (const code of ['', null, undefined])
    assert.equal(await body({ offer: { ...plain, code } }), 'missing-data: offer.code')
  // No rule speaks of the number: the schema does.
  assert.match(await body({ to: { ...row['to'], mobile: '' } }), /^missing-data: |^invalid-data: to\.mobile/)
})

test('limits of the template itself hold what is longer', async () => {
  const short = await buildVersion({ ...sms, manifest: { ...sms.manifest, most: { segments: 1 } } })
  const long = { ...short.examples[0], product: null } as Record<string, unknown> as Record<
    string,
    Record<string, unknown>
  >
  const outcome = await composeMessage(short, { ...long, offer: { ...long['offer'], benefit: '汉'.repeat(100) } })
  assert.deepEqual([outcome.state, outcome.state === 'held' && outcome.reason], ['held', 'too-many-segments'])
  const page = { ...notice, manifest: { ...notice.manifest, most: { pages: 1 } } }
  const many = await composeMessage(
    { ...page, files: { ...page.files, 'main.typ': '#pagebreak()\n#pagebreak()' } },
    page.examples[0]!,
  )
  assert.ok(many.state === 'held' && many.reason === 'too-many-pages' && many.detail === '3 > 1', JSON.stringify(many))
})
