import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { disposeCharts } from '../charts/svg.ts'
import { composeMessage } from '../compose/compose-message.ts'
import { loadTemplate, templateIds } from '../compose/load-template.ts'
import type { Outcome } from '../compose/outcome.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { composePrintFile } from '../print-file/compose-print-file.ts'
import type { PrintDocument, PrintFile } from '../print-file/print-file.ts'
import { sampleTemplates } from '../templates-folder.ts'
import { careless, hostileText, hostileTexts, textFields, withText } from './hostile-texts.ts'

const ids = await templateIds(sampleTemplates)
const versions = await Promise.all(
  ids.map(async (id): Promise<TemplateVersion> => {
    const version = await loadTemplate(sampleTemplates, id)
    return { ...version, schema: careless(version.schema) as Record<string, unknown> }
  }),
)
const of = (id: string): TemplateVersion => versions.find(version => version.id === id)!
const fieldsOf = ({ examples }: TemplateVersion): (readonly string[])[] => [...textFields(examples[0])]

after(disposeCharts)

/** Composed or held with its field; never a throw, never what the text asked for. */
async function harmless(version: TemplateVersion, path: readonly string[], text: string): Promise<Outcome> {
  const row = withText(version.examples[0], path, text) as Record<string, unknown>
  const outcome = await composeMessage(version, row)
  const where = `${version.id} ${path.join('.')} ${JSON.stringify(text.slice(0, 60))}`
  if (outcome.state === 'held') {
    assert.ok(outcome.detail.length <= 260, `${where}: the detail is short`)
    return outcome
  }
  assert.ok(outcome.pages <= 100, where)
  const written = Buffer.from(outcome.bytes).toString('latin1')
  if (version.manifest.channel === 'email') await harmlessMail(outcome.bytes, where)
  else if (version.manifest.channel === 'sms')
    assert.ok(!/[^\P{Cc}\n]/u.test(Buffer.from(outcome.bytes).toString()), `${where}: no control character`)
  else if (version.manifest.channel === 'call') JSON.parse(Buffer.from(outcome.bytes).toString())
  else if (outcome.mediaType === 'application/pdf')
    assert.ok(written.startsWith('%PDF-') && !written.includes('/JavaScript'), where)
  else assert.ok(!/<script|<img[^>]+onerror/i.test(Buffer.from(outcome.bytes).toString()), where)
  return outcome
}

async function harmlessMail(bytes: Uint8Array, where: string): Promise<void> {
  const head = Buffer.from(bytes).toString('latin1').split('\r\n\r\n')[0]!
  assert.ok(!/^(bcc|cc):/im.test(head), `${where}: no header of its own`)
  assert.ok(!/[^\r]\n|\r[^\n]|\0/.test(head), `${where}: whole lines`)
  const mail = await simpleParser(Buffer.from(bytes))
  const to = Array.isArray(mail.to) ? mail.to : [mail.to]
  assert.equal(to.flatMap(one => one?.value ?? []).length, 1, `${where}: one recipient`)
  assert.ok(!/<script|<img[^>]+onerror|<mj-/i.test(mail.html || ''), `${where}: markup stays text`)
  assert.ok(!(mail.subject ?? '').includes('\n'), where)
}

test('every hostile text, in the name that every template greets, stays a text', async () => {
  const [short, long] = [
    hostileTexts.filter(text => text.length < 2500),
    hostileTexts.filter(text => text.length >= 2500),
  ]
  for (const version of versions) for (const text of short) await harmless(version, ['to', 'name'], text)
  // Each of these takes the print engine up to a second.
  for (const text of long) for (const id of ['email', 'sms', 'script']) await harmless(of(id), ['to', 'name'], text)
  for (const text of long.filter(text => !text.includes('汉'))) await harmless(of('notice'), ['to', 'name'], text)
})

test('whatever is typed into any field of any template', async () => {
  const places = versions.flatMap(version => fieldsOf(version).map(path => ({ version, path })))
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), hostileText, async ({ version, path }, text) => {
      await harmless(version, path, text)
    }),
    { numRuns: 200 },
  )
})

test('a header is one line, and an address is one address', async () => {
  const email = of('email')
  for (const evil of [
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    '<a@b.example>',
    'a b@c.example',
    '@',
    '',
  ])
    assert.equal((await harmless(email, ['to', 'email'], evil)).state, 'held', evil)
  const named = await harmless(email, ['offer', 'name'], 'Half\r\nBcc: c@d.example')
  assert.ok(named.state === 'composed' && named.subject.includes('Half Bcc: c@d.example'))
})

test('a foreign name keeps its direction to itself', async () => {
  const sms = of('sms')
  const row = withText(withText(sms.examples[0], ['to', 'name'], 'משה'), ['to', 'salutation'], '') as Record<
    string,
    unknown
  >
  const outcome = await composeMessage(sms, row)
  assert.ok(outcome.state === 'composed')
  assert.ok(Buffer.from(outcome.bytes).toString().includes('\u2068משה\u2069'))
  const given = await harmless(sms, ['to', 'name'], 'a\u2068b\u202ec')
  assert.ok(
    given.state === 'composed' && Buffer.from(given.bytes).toString().includes('abc'),
    'marks of others are taken out',
  )
})

test('data as deep as a well or as large as a library are held, and say where', async () => {
  const sms = of('sms')
  let deep: unknown = 'x'
  for (let level = 0; level < 30_000; level++) deep = [deep]
  const well = await composeMessage(sms, { ...sms.examples[0], product: deep })
  assert.ok(
    well.state === 'held' && well.reason === 'invalid-data' && well.detail.startsWith('product'),
    JSON.stringify(well),
  )
  const many = await composeMessage(sms, {
    ...sms.examples[0],
    product: { name: 'x', all: Array(400_000).fill('0123456789') },
  })
  assert.ok(many.state === 'held' && many.reason === 'text-too-long')
  const proto = await composeMessage(sms, {
    ...sms.examples[0],
    ...(JSON.parse('{"__proto__": {"polluted": 1}}') as object),
  })
  assert.equal(proto.state, 'composed')
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
})

test('a poisoned document leaves the print file with its envelope, and takes nobody along', async () => {
  const bill = of('bill')
  const document = (index: number, change: object = {}): PrintDocument => ({
    id: `d${index}`,
    version: bill,
    data: { ...bill.examples[index % bill.examples.length], ...change },
    pages: index % bill.examples.length === 2 ? 3 : 1,
  })
  const file = (pieces: PrintFile['pieces']): PrintFile => ({
    job: '00000001',
    name: 'f',
    date: '2010-12-01',
    pieces,
    duplex: false,
    banner: [],
    proof: '',
  })
  const piece = (number: number, ...documents: PrintDocument[]) => ({ number, documents, inserts: 0 })
  const clean = composePrintFile(file([piece(1, document(0)), piece(4, document(1))]))
  const printed = composePrintFile(
    file([
      piece(1, document(0)),
      // Dates the template cannot read; data that no template takes; more pages than the ledger says.
      piece(2, document(0, { issued: '#panic()' })),
      piece(3, document(1), document(0, { invoices: 'none' })),
      piece(4, document(1)),
      piece(5, { ...document(2), pages: 9 }),
    ]),
  )
  assert.deepEqual(printed.left.map(({ piece: number }) => number).sort(), [2, 3, 5])
  assert.ok(printed.left.every(({ id, reason }) => id.startsWith('d') && reason !== ''))
  assert.deepEqual(
    printed.pieces.map(({ number }) => number),
    [1, 4],
  )
  assert.equal(printed.sha256, clean.sha256, 'the neighbours come out as if it had never been there')
})
