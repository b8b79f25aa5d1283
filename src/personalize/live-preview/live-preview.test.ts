import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { simpleParser } from 'mailparser'
import { stage as analyze } from '../../analyze/index.ts'
import { stage as campaign } from '../../campaign/index.ts'
import { stage as collect } from '../../collect/index.ts'
import { stage as optimize } from '../../optimize/index.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { storeAsset } from '../assets/asset-store.ts'
import { pictureProblems } from '../assets/picture-problems.ts'
import { removeAsset, usesOf } from '../assets/uses.ts'
import { loadTemplate } from '../compose/load-template.ts'
import { composers, endComposers } from '../composers.ts'
import { describeFields } from '../fields/describe-fields.ts'
import { fragmentsOn } from '../fragments/fragment-store.ts'
import { stage as personalize } from '../index.ts'
import { loadSample } from '../load-sample.ts'
import { liveTemplates, publishTemplate } from '../template-store.ts'
import { buildVersion } from '../templates/build-version.ts'
import { sourceOf } from '../templates/kinds.ts'
import type { TemplateDraftSource } from '../templates/source.ts'
import { sampleTemplates } from '../templates-folder.ts'
import { previewTemplate } from './preview-template.ts'

let dir: string
let app: OpenApp
const sources = new Map<string, TemplateDraftSource>()
const by = { licence: '', alt: { en: 'a mark', zh: '标志' }, userId: 1 }
const drawing = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30"><rect width="60" height="30" fill="#1f5f5b"/></svg>',
)
/** One pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-live-preview-'))
  app = await openTestApp(dir, [collect, analyze, optimize, campaign, personalize], { threads: 1 })
  await loadSample(app, join(sampleTemplates, '..'), () => {})
  for (const { content } of await liveTemplates(app)) sources.set(content.id, sourceOf(content))
})
after(async () => {
  await endComposers(app)
  await app.close()
  await rm(dir, { recursive: true, force: true })
})

const seen = (id: string, source: TemplateDraftSource, of: 'own' | 'family') =>
  previewTemplate(app, { id, source, of, language: 'en', example: 1, rulesHold: true }, true)

test('what is written is seen in its own channel, and its kind beside it', async () => {
  const letter = sources.get('letter')!
  const own = await seen('letter', letter, 'own')
  assert.deepEqual(
    own.problems.filter(({ severity }) => severity === 'error'),
    [],
  )
  const [page] = own.shown
  assert.equal(page?.channel, 'print')
  assert.ok(page.state === 'composed' && page.pages?.[0]?.startsWith('<svg'))
  const family = await seen('letter', letter, 'family')
  // A letter of 700 letters is no short message, and that is told.
  assert.deepEqual(
    family.shown.map(({ channel, basis, state }) => `${channel} ${basis} ${state}`),
    ['email same composed', 'sms same held', 'portal same composed'],
  )
  const bill = await seen('bill', sources.get('bill')!, 'family')
  assert.deepEqual(
    bill.shown.map(({ template, basis }) => `${template} ${basis}`),
    ['bill-email live', 'bill-portal live'],
  )
  const before = await app.workflow.db
    .selectFrom('template_versions')
    .select('version')
    .where('template', '=', 'letter')
    .execute()
  assert.equal(before.length, 1, 'nothing of it is stored')
})

test('a fault is told at its block, or at its file and line', async () => {
  const letter = sources.get('letter')!
  const { design } = letter
  assert.ok(design)
  const broken = structuredClone(design)
  broken.blocks.push({
    id: 'odd',
    type: 'text',
    text: { 'zh-CN': [{ type: 'paragraph', content: [{ type: 'field', path: 'no.such' }] }] },
  })
  const { problems, shown } = await seen('letter', { ...letter, design: broken }, 'own')
  assert.ok(
    problems.some(({ block, field, severity }) => block === 'odd' && field === 'no.such' && severity === 'error'),
  )
  assert.equal(shown[0]?.state, 'composed', 'the rest is seen all the same')
  const bill = sources.get('bill')!
  const typ = (bill.files['main.typ'] ?? '').split('\n')
  const line = 4
  const files = { ...bill.files, 'main.typ': typ.toSpliced(line - 1, 0, '#no-such-function()').join('\n') }
  const faulty = await seen('bill', { ...bill, files }, 'own')
  assert.deepEqual(
    faulty.problems.map(problem => [problem.file, problem.line]),
    [['main.typ', line]],
  )
})

test('a picture is the same file once, stands in every channel, and cannot go while it is used', async () => {
  const { asset, known } = await storeAsset(app, picture, { ...by, name: 'mark.png' })
  assert.equal(known, false)
  assert.equal((await storeAsset(app, picture, { ...by, name: 'again.png' })).known, true)
  const letter = sources.get('letter')!
  const design = structuredClone(letter.design!)
  design.blocks.push({
    id: 'mark',
    type: 'picture',
    asset: asset.id,
    alt: { en: [{ type: 'text', text: 'a mark' }], 'zh-CN': [{ type: 'text', text: '标志' }] },
    width: 40,
    align: 'left',
  })
  const source = { ...letter, design }
  const own = await seen('letter', source, 'own')
  assert.ok(own.shown[0]?.pages?.[0]?.includes('data:image/png'), own.shown[0]?.detail)
  const mail = (await seen('letter', source, 'family')).shown.find(({ channel }) => channel === 'email')
  assert.ok(
    mail?.html?.includes('data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB'),
    'as a mail program would show the part it carries',
  )
  const fragments = await fragmentsOn(app)
  const email = await buildVersion(
    { id: 'letter-email', ...source, manifest: { ...letter.manifest, channel: 'email' } },
    fragments,
  )
  const data = { ...email.examples[1], currency: 'GBP', to: { name: 'E', address: ['x'], email: 'e@mail.example' } }
  const [outcome] = await composers(app).compose(email, [data])
  assert.ok(outcome?.state === 'composed', JSON.stringify(outcome))
  const parsed = await simpleParser(Buffer.from(outcome.bytes), { keepCidLinks: true })
  assert.deepEqual(
    parsed.attachments
      .filter(({ cid }) => cid?.endsWith('@pictures'))
      .map(({ cid, contentType, related }) => [`cid:${cid}`, contentType, related]),
    [[`cid:${asset.id.slice(0, 32)}@pictures`, 'image/png', true]],
  )
  assert.ok(typeof parsed.html === 'string' && parsed.html.includes(`cid:${asset.id.slice(0, 32)}@pictures`))
  const { asset: svg } = await storeAsset(app, drawing, { ...by, name: 'mark.svg' })
  const drawn = structuredClone(design)
  drawn.blocks.push({ id: 'svg', type: 'picture', asset: svg.id, alt: {}, width: 40, align: 'left' })
  const problems = await pictureProblems(app, drawn.blocks, 'email', svg.id)
  assert.deepEqual(
    problems.map(({ block, message }) => `${block} ${message.en.slice(0, 30)}`),
    ['svg Mail programs show no SVG draw', ' The font of the page is not am'],
  )
  await publishTemplate(app, email)
  assert.deepEqual(await usesOf(app, asset.id), [{ what: 'template', id: 'letter-email', version: 1, live: true }])
  await assert.rejects(removeAsset(app, asset.id), /letter-email 1/)
})

test('an uploaded font is embedded in what is set with it, and in nothing else', async () => {
  const folder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'))
  const font = readFileSync(join(folder, '500Medium/NotoSansSC_500Medium.ttf'))
  const { asset } = await storeAsset(app, font, { ...by, licence: 'SIL OFL 1.1', name: 'medium.ttf' })
  await assert.rejects(storeAsset(app, font.fill(0, 0, 0), { ...by, name: 'medium.ttf' }), /licence/)
  const { manifest, schema, brand, examples } = await loadTemplate(sampleTemplates, 'bill')
  const main = (set: string) => `#set document(date: datetime(year: 2020, month: 1, day: 1))\n${set}\n账单 Bill`
  const pdf = async (id: string, set: string) => {
    const files = { 'main.typ': main(set), 'texts.en.json': '{}', 'texts.zh-CN.json': '{}' }
    const plain = { ...manifest, charts: {}, slots: {} }
    const version = await buildVersion({ id, manifest: plain, schema, brand, examples, files })
    const [outcome] = await composers(app).compose(version, examples.slice(0, 1))
    assert.ok(outcome?.state === 'composed', JSON.stringify(outcome))
    return {
      sha256: outcome.sha256,
      fonts: new Set(
        Buffer.from(outcome.bytes)
          .toString('latin1')
          .match(/NotoSansSC-\w+/g),
      ),
    }
  }
  const house = '#set text(fallback: false)'
  const before = await pdf('plain', house)
  const own = await pdf('own', `#set text(font: "/assets/${asset.id}", fallback: false)`)
  assert.deepEqual([...own.fonts], ['NotoSansSC-Medium'])
  assert.equal((await pdf('plain', house)).sha256, before.sha256, 'another font at hand changes nothing')
})

test('an author is offered fields by name, with an example and the ways to write them', () => {
  const fields = describeFields(sources.get('email')!)
  const field = (path: string) => fields.find(each => each.path === path)
  assert.deepEqual(field('offer.until')?.name, { en: 'Offer valid until', zh: '优惠截止日' })
  assert.equal(field('offer.until')?.optional, true)
  assert.equal(field('to.email')?.optional, false)
  assert.equal(field('year')?.formats[0], 'money')
  assert.equal(field('months.amount')?.list, 'months')
  assert.equal(field('offer.code')?.examples['zh-CN'], 'STAY-WITH-US')
  assert.ok(field('brand.phone') && field('unsubscribe'))
})
