import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { disposeCharts } from '../../charts/svg.ts'
import { composeMessage } from '../../compose/compose-message.ts'
import { readTemplate } from '../../compose/load-template.ts'
import type { Composed, Outcome } from '../../compose/outcome.ts'
import { composePrint, layOut } from '../../compose/print.ts'
import type { TemplateVersion } from '../../compose/template.ts'
import { buildVersion, type TemplateSource } from '../../templates/build-version.ts'
import { sampleTemplates } from '../../templates-folder.ts'
import type { Block } from '../blocks.ts'
import type { Design } from '../design.ts'
import { readDesign } from '../read-design.ts'
import type { Fragments } from './expand.ts'

after(disposeCharts)

const letter = await readTemplate(sampleTemplates, 'letter')
const email = await readTemplate(sampleTemplates, 'email')
const sms = await readTemplate(sampleTemplates, 'sms')
const script = await readTemplate(sampleTemplates, 'script')
const example = letter.examples[0]!

const words = (text: string) => [{ type: 'text' as const, text }]
const paragraph = (text: string) => [{ type: 'paragraph' as const, content: words(text) }]
const text = (id: string, said: string): Block => ({ id, type: 'text', text: { en: paragraph(said) } })

function designed(source: TemplateSource, blocks: Block[], more: Partial<Design> = {}): TemplateSource {
  const design: Design = {
    format: 1,
    languages: ['en'],
    title: { en: words('Title') },
    page: { head: false, size: 10.5, justify: false },
    blocks,
    ...(source.manifest.channel === 'email'
      ? { mail: { preheader: { en: words('Before') }, why: { en: words('Why') }, unsubscribe: { en: words('Stop') } } }
      : {}),
    ...more,
  }
  return { ...source, design: readDesign('test', JSON.parse(JSON.stringify(design))), files: {} }
}

function done(outcome: Outcome): Composed {
  assert.equal(outcome.state, 'composed', outcome.state === 'held' ? `${outcome.reason}: ${outcome.detail}` : '')
  return outcome as Composed
}

/** What stands on the pages, as the print engine laid it out. */
function pageWords(version: TemplateVersion, data: Record<string, unknown>): string {
  const laid = layOut(version, data)
  assert.ok(!('state' in laid), 'state' in laid ? `${laid.reason}: ${laid.detail}` : '')
  return Array.from(laid.typst.svg(laid.document).matchAll(/<h5:div[^>]*>([^<]*)</g), ([, said = '']) => said).join(' ')
}

const mailOf = async (version: TemplateVersion, data: Record<string, unknown>) =>
  simpleParser(Buffer.from(done(await composeMessage(version, data)).bytes))

test('whatever an author types is set as text: in print, mail and SMS, in no case as code', async () => {
  const bricks = [
    '{{ brand.name }}',
    '{% if true %}',
    '{%',
    '{{',
    '}}',
    '#panic("x")',
    '$x$',
    '*a*',
    '<b>',
    '</mj-text>',
    '&amp;',
    '"',
    "'",
    '\\',
    '@x',
    '`',
    '#',
    ' ',
    'a',
    '中',
  ]
  const hostile = fc
    .array(fc.constantFrom(...bricks), { minLength: 1, maxLength: 8 })
    .map(parts => `a${parts.join('')}z`)
  await fc.assert(
    fc.asyncProperty(hostile, async said => {
      const blocks: Block[] = [
        text('a', said),
        {
          id: 'b',
          type: 'button',
          label: { en: words(said) },
          link: [
            { type: 'text', text: 'https://a.example/' },
            { type: 'field', path: 'to.name' },
          ],
        },
      ]
      const body = await buildVersion(designed(email, blocks, { title: { en: words(said) } }))
      const mail = await mailOf(body, { ...email.examples[0], to: { name: said, email: 'a@b.example' } })
      assert.ok(mail.text?.includes(said), `${said} in ${mail.text}`)
      const html = (mail.html || '').replace(/\s+/g, ' ')
      assert.ok(html.includes(escaped(said).replace(/\s+/g, ' ')), `${said} in the HTML`)
      assert.ok(
        html.includes(`href="https://a.example/${encodeURIComponent(said).replaceAll("'", '%27')}"`) ||
          html.includes('href="https://a.example/a'),
      )
      assert.equal(mail.subject, said.replace(/\s+/g, ' ').trim())
      const short = await buildVersion(designed(sms, [text('a', said)]))
      const sent = Buffer.from(done(await composeMessage(short, sms.examples[1]!)).bytes).toString()
      assert.ok(sent.includes(said.replace(/\s+/g, ' ').trim()), sent)
    }),
    { numRuns: 10 },
  )
  const said = bricks.join(' ')
  const printed = await buildVersion(designed(letter, [text('a', said)]))
  for (const file of ['main.typ', 'blocks.typ']) assert.ok(!printed.files[file]?.includes('panic'))
  done(composePrint(printed, example))
})

const escaped = (said: string) =>
  said
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&#34;')
    .replaceAll("'", '&#39;')

test('a link that an author did not begin leads nowhere', async () => {
  const phrases = [
    [{ type: 'field' as const, path: 'to.name' }],
    words('javascript:alert(1)'),
    words('//a.example'),
    [],
  ]
  for (const link of phrases) {
    const blocks: Block[] = [
      { id: 'b', type: 'button', label: { en: words('Go') }, link },
      { id: 't', type: 'text', text: { en: [{ type: 'paragraph', content: [{ type: 'text', text: 'here', link }] }] } },
    ]
    const mail = await mailOf(await buildVersion(designed(email, blocks)), {
      ...email.examples[0],
      to: { name: 'javascript:alert(2)', email: 'a@b.example' },
    })
    assert.ok(!/href="[^"]*(?:script|\/\/a\.example)/.test(mail.html || ''), JSON.stringify(link))
  }
})

test('the same design gives the same files, whatever order its JSON was written in', async () => {
  const fragments: Fragments = new Map()
  const blocks: Block[] = [
    {
      id: 'a',
      type: 'condition',
      test: { by: 'rule', rule: { all: [{ feature: 'recency_days', op: '>', value: 3 }] } },
      blocks: [text('b', 'x')],
      otherwise: [],
    },
  ]
  const once = await buildVersion(designed(letter, blocks), fragments)
  const again = await buildVersion(
    designed(letter, [
      {
        otherwise: [],
        blocks: [text('b', 'x')],
        test: { rule: { all: [{ op: '>', value: 3, feature: 'recency_days' }] }, by: 'rule' },
        type: 'condition',
        id: 'a',
      },
    ]),
    fragments,
  )
  assert.deepEqual(again.files, once.files)
  assert.equal(Object.keys(once.rules ?? {}).length, 1)
  const other = await buildVersion(designed(letter, [text('b', 'x')]), fragments)
  assert.notEqual(other.hash, once.hash)
})

test('conditions decide alike in print and mail: by a rule that was answered, and by the data', async () => {
  const rule = { by: 'rule' as const, rule: { all: [{ feature: 'recency_days', op: '>' as const, value: 3 }] } }
  const blocks: Block[] = [
    { id: 'a', type: 'condition', test: rule, blocks: [text('b', 'LONG')], otherwise: [text('c', 'SHORT')] },
    {
      id: 'd',
      type: 'condition',
      test: { by: 'data', all: [{ path: 'account', op: '=', value: '14911' }] },
      blocks: [text('e', 'MINE')],
      otherwise: [text('f', 'OTHER')],
    },
    {
      ...text('g', 'BOTH'),
      when: {
        by: 'any',
        any: [
          { path: 'product', op: 'missing' },
          { path: 'offer.until', op: '>', value: '2010-12-30' },
        ],
      },
    },
  ]
  const [print, mail] = await Promise.all([
    buildVersion(designed(letter, blocks)),
    buildVersion(designed(email, blocks)),
  ])
  const [key = ''] = Object.keys(print.rules ?? {})
  for (const [when, account, until, expected] of [
    [{ [key]: true }, '14911', '2010-12-31', ['LONG', 'MINE', 'BOTH']],
    [undefined, 'x', '2010-01-01', ['SHORT', 'OTHER']],
    [{ [key]: false }, 'x', '2010-01-01', ['SHORT', 'OTHER']],
  ] as const) {
    const more = { when, account, offer: { ...(example['offer'] as object), until } }
    const found = (said: string) => said.match(/LONG|SHORT|MINE|OTHER|BOTH/g)
    assert.deepEqual(found(pageWords(print, { ...example, ...more })), expected)
    assert.deepEqual(found((await mailOf(mail, { ...email.examples[0], ...more })).text ?? ''), expected)
  }
})

test('a table shows its rows with formats and sums, and says so where there are none', async () => {
  const bill = await readTemplate(sampleTemplates, 'bill')
  const table: Block = {
    id: 'lines',
    type: 'table',
    rows: 'invoices',
    columns: [
      { id: 'n', title: { en: words('Document') }, path: 'number', align: 'left' },
      { id: 'd', title: { en: words('Date') }, path: 'date', format: 'day', align: 'left', wide: true },
      { id: 'a', title: { en: words('Amount') }, path: 'amount', format: 'money', align: 'right', total: true },
    ],
    totalLabel: { en: words('Sum') },
    empty: { en: words('No lines') },
  }
  const version = await buildVersion(designed(bill, [table]))
  const row = { ...bill.examples[1], months: null }
  const said = pageWords(version, row)
  assert.match(said, /531204.*3 November 2010.*£428\.36.*Sum.*£622\.76/)
  assert.match(pageWords(version, { ...row, invoices: [], total: 0 }), /No lines/)
})

test('optional paragraphs, their order and open regions of a letter that a person fills in', async () => {
  const optional = (id: string, on: boolean, said: string): Block => ({
    id,
    type: 'optional',
    title: { en: words(id) },
    on,
    blocks: [text(`${id}-t`, said)],
  })
  const blocks: Block[] = [
    optional('a', true, 'AAA'),
    { id: 'r', type: 'region', mode: 'open', title: { en: words('r') }, blocks: [text('r-t', 'OPEN')] },
    optional('b', false, 'BBB'),
    optional('c', true, 'CCC'),
  ]
  const version = await buildVersion(designed(letter, blocks))
  const said = (given?: object) => pageWords(version, { ...example, letter: given }).match(/AAA|BBB|CCC|OPEN|mine/g)
  assert.deepEqual(said(), ['AAA', 'OPEN', 'CCC'])
  assert.deepEqual(said({ parts: { b: true, a: false }, texts: { r: '#mine' } }), ['mine', 'BBB', 'CCC'])
  assert.deepEqual(said({ order: ['c', 'a'], parts: {} }), ['CCC', 'AAA', 'OPEN'])
  const mail = await buildVersion(designed(email, blocks))
  for (const given of [
    undefined,
    { order: ['c', 'a'], parts: { a: true } },
    { parts: { b: true, c: false }, texts: { r: 'mine' } },
  ]) {
    const { text: plain, html } = await mailOf(mail, { ...email.examples[0], letter: given })
    const found = (each: string) => each.match(/AAA|BBB|CCC|OPEN|mine/g)
    assert.deepEqual([found(plain ?? ''), found(html || '')], [said(given), said(given)])
  }
})

test('a fragment may stand twice and in another; one that stands in itself is refused by its way', async () => {
  const of = (content: Block[]) => ({ version: 2, content: { languages: ['en' as const], blocks: content } })
  const fragments: Fragments = new Map([
    ['inner', of([text('t', 'INNER')])],
    ['outer', of([{ id: 'i', type: 'fragment', fragment: 'inner' }, text('t', 'OUTER')])],
    ['round', of([{ id: 'r', type: 'fragment', fragment: 'round' }])],
  ])
  const use = (id: string, fragment: string): Block => ({ id, type: 'fragment', fragment })
  const version = await buildVersion(designed(letter, [use('x', 'outer'), use('y', 'inner')]), fragments)
  assert.deepEqual(version.fragments, [
    { id: 'inner', version: 2 },
    { id: 'outer', version: 2 },
  ])
  assert.deepEqual(pageWords(version, example).match(/INNER|OUTER/g), ['INNER', 'OUTER', 'INNER'])
  await assert.rejects(buildVersion(designed(letter, [use('x', 'round')]), fragments), /round → round/)
  await assert.rejects(buildVersion(designed(letter, [use('x', 'gone')]), fragments), /Block x.*"gone"/)
})

test('steps of a call carry the conditions around them', async () => {
  const step = (id: string): Block => ({
    id,
    type: 'step',
    title: { en: words(id) },
    say: { en: [{ type: 'field', path: 'to.name' }] },
    fields: [],
    next: [],
  })
  const blocks: Block[] = [
    step('first'),
    {
      id: 'c',
      type: 'condition',
      test: { by: 'data', all: [{ path: 'askEmail', op: '=', value: true }] },
      blocks: [step('ask')],
      otherwise: [step('not')],
    },
  ]
  const call = { outcomes: [{ code: 'done', label: { en: words('Done') } }] }
  const version = await buildVersion(designed(script, blocks, { call }))
  const ids = async (askEmail: boolean) =>
    (
      JSON.parse(
        Buffer.from(done(await composeMessage(version, { ...script.examples[0], askEmail })).bytes).toString(),
      ) as { blocks: { id: string }[] }
    ).blocks.map(({ id }) => id)
  assert.deepEqual(await ids(true), ['first', 'ask'])
  assert.deepEqual(await ids(false), ['first', 'not'])
})

test('barcodes, pictures in words, links and every kind of block compose in print and mail', async () => {
  const link = [{ type: 'text' as const, text: 'https://a.example/' }]
  const blocks: Block[] = [
    {
      id: 'w',
      type: 'address',
      facts: [{ id: 'f', label: { en: words('Account') }, value: [{ type: 'field', path: 'account' }] }],
    },
    ...(['qr', 'code128', 'datamatrix'] as const).map(
      (symbology): Block => ({
        id: symbology,
        type: 'barcode',
        symbology,
        value: [{ type: 'field', path: 'offer.code' }],
        alt: { en: words(symbology) },
        width: 30,
        align: 'left',
      }),
    ),
    {
      id: 'cols',
      type: 'columns',
      columns: [
        { width: 2, blocks: [text('l', 'LEFT')] },
        { width: 1, blocks: [] },
      ],
    },
    { id: 'btn', type: 'button', label: { en: words('Go') }, link },
    { id: 'rule', type: 'divider' },
    { id: 'gap', type: 'space', height: 5 },
    {
      id: 'offer',
      type: 'offer',
      contents: ['offer'],
      space: 'left',
      codeLabel: { en: words('Code') },
      fallback: [text('none', 'NONE')],
    },
    {
      id: 'rich',
      type: 'text',
      text: {
        en: [
          { type: 'heading', level: 2, content: words('Head') },
          { type: 'bullets', items: [words('one'), [{ type: 'field', path: 'to.name', marks: ['bold'] }]] },
          {
            type: 'paragraph',
            align: 'center',
            content: [
              { type: 'text', text: 'link', marks: ['underline'], link },
              { type: 'break' },
              { type: 'field', path: 'product.name', fallback: 'nothing {x}' },
            ],
          },
        ],
      },
    },
  ]
  const print = await buildVersion(designed(letter, blocks))
  const said = pageWords(print, { ...example, product: null })
  for (const each of ['Account', 'LEFT', 'Go', 'Head', 'one', 'link', 'nothing {x}'])
    assert.ok(said.includes(each), `${each} in ${said}`)
  const mail = await mailOf(await buildVersion(designed(email, blocks)), email.examples[0]!)
  assert.ok(
    mail.html !== false && mail.html.includes('LEFT') && !mail.html.includes('NONE'),
    'the offer stands in its slot',
  )
  assert.equal(
    mail.attachments.filter(({ contentType }) => contentType === 'image/png').length,
    3,
    'codes travel inside the mail',
  )
  const wrong = await composeMessage(print, { ...example, offer: { ...(example['offer'] as object), code: '中文' } })
  assert.ok(wrong.state === 'held' && wrong.detail.includes('code128'), 'what a code cannot hold is told by its block')
})
