import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { stage as analyze } from '../src/analyze/index.ts'
import { stage as campaign } from '../src/campaign/index.ts'
import { stage as collect } from '../src/collect/index.ts'
import { stage as interact } from '../src/interact/index.ts'
import { sendLetters } from '../src/interact/letters/send-letters.ts'
import { timelineOf } from '../src/interact/timeline/timeline.ts'
import { loadSample as loadOptimize, stage as optimize } from '../src/optimize/index.ts'
import {
  approveLetter,
  letterOf,
  letterView,
  loadSample as loadPersonalize,
  stage as personalize,
  returnLetter,
  show,
} from '../src/personalize/index.ts'
import { submitLetter, withdrawLetter } from '../src/personalize/letters/decide-letter.ts'
import { storeEnclosure } from '../src/personalize/letters/enclosures.ts'
import { openLetter, saveLetter } from '../src/personalize/letters/letter-store.ts'
import { previewLetter } from '../src/personalize/letters/set-letter.ts'
import type { LetterContent } from '../src/personalize/letters/tables.ts'
import { formFor } from '../src/personalize/letters/view.ts'
import type { OpenApp } from '../src/platform/open-app.ts'
import { openTestApp } from '../src/platform/open-test-app.ts'

const samples = join(import.meta.dirname, '../samples')
const [AGENT, SUPERVISOR] = [11, 12]
let app: OpenApp
let folder: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-letters-'))
  app = await openTestApp(folder, [collect, analyze, optimize, campaign, personalize, interact])
  const turn = await app.runs.openTurn('2010-12-01')
  const { runId } = await app.runs.begin(turn, { id: 'identity', resumes: false, writes: [] })
  const who = { run_id: runId, kind: 'person', language: 'en', country: 'GB', city: 'London', postcode: 'SW1Y 4JH' }
  await app.facts.insert('golden_records', [
    {
      ...who,
      customer_id: 1,
      name: 'Ada Lovelace',
      family_name: 'Lovelace',
      gender: 'f',
      street: "12 St James's Square",
    },
    {
      ...who,
      customer_id: 2,
      name: 'Charles Babbage',
      family_name: 'Babbage',
      gender: 'm',
      email: 'charles@example.com',
    },
  ])
  await app.runs.commit(runId, {})
  const quiet = () => undefined
  await loadOptimize(app, samples, quiet)
  await loadPersonalize(app, samples, quiet)
})
after(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

const begin = (customerId: number, channel = 'print') =>
  openLetter(app, { customerId, template: 'correspondence', language: 'en', channel }, AGENT)
const words = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

test('an agent writes into open regions alone, and nobody saves over what another window saved', async () => {
  const letter = await begin(1)
  const form = await formFor(app, letter)
  assert.deepEqual(
    form.regions.map(({ id, open }) => [id, open]),
    [
      ['answer', true],
      ['rights', false],
    ],
  )
  assert.match(form.regions[0]!.text, /Thank you for writing to us/)
  assert.deepEqual(
    form.parts.map(({ id, on }) => [id, on]),
    [
      ['apology', false],
      ['payment', false],
      ['documents', false],
    ],
  )
  const content: LetterContent = {
    ...letter.content,
    texts: { answer: 'Dear Ada,\nyour engine is paid.' },
    parts: { payment: true, apology: true },
    order: ['payment', 'apology'],
    fields: { reference: 'R-1' },
  }
  const save = (change: Partial<LetterContent>, revision = 1) =>
    saveLetter(app, letter.id, AGENT, { revision, content: { ...content, ...change }, channel: 'print' }, form)
  await assert.rejects(save({ texts: { rights: 'none' } }), { code: 'letters.unknown-part' })
  await assert.rejects(save({ parts: { other: true } }), { code: 'letters.unknown-part' })
  assert.equal((await save({})).revision, 2)
  await assert.rejects(save({}), { code: 'letters.changed' })
  await assert.rejects(saveLetter(app, letter.id, SUPERVISOR, { revision: 2, content, channel: 'print' }, form), {
    code: 'letters.not-yours',
  })
  const view = await letterView(app, await letterOf(app, letter.id), { userId: SUPERVISOR, roles: ['agent'] })
  assert.deepEqual(
    view.changes.map(({ what, after }) => [what, after]),
    [
      ['text', 'Dear Ada,\nyour engine is paid.'],
      ['in', form.parts[0]!.text],
      ['in', form.parts[1]!.text],
      ['order', 'Payment arrangement → Apology → Documents to send back'],
      ['field', 'R-1'],
    ],
  )
})

test('approved by another, it goes once, is in the ledger as approved, and is shown again with its enclosure', async () => {
  const letter = await begin(1)
  const form = await formFor(app, letter)
  const blank = await previewLetter(app, letter, letter.content)
  const enclosure = await storeEnclosure(app, letter, 'terms.pdf', blank.bytes)
  assert.deepEqual([enclosure.pages, enclosure.mediaType], [1, 'application/pdf'])
  await assert.rejects(storeEnclosure(app, letter, 'x.pdf', Buffer.from('%PDF-1.4 nothing')), {
    code: 'letters.enclosure',
  })
  await assert.rejects(storeEnclosure(app, letter, 'x.txt', Buffer.from('text')), { code: 'letters.enclosure' })
  const content = { ...letter.content, texts: { answer: 'All is well.' }, enclosures: [enclosure] }
  await saveLetter(app, letter.id, AGENT, { revision: 1, content, channel: 'print' }, form)
  await assert.rejects(approveLetter(app, letter.id, SUPERVISOR, ''), { code: 'letters.state' })
  await submitLetter(app, letter.id, AGENT, '')
  await assert.rejects(approveLetter(app, letter.id, AGENT, ''), { code: 'letters.four-eyes' })
  await assert.rejects(returnLetter(app, letter.id, SUPERVISOR, ' '), { code: 'letters.remark' })
  assert.equal((await returnLetter(app, letter.id, SUPERVISOR, 'kinder, please')).state, 'returned')
  await submitLetter(app, letter.id, AGENT, '')
  await approveLetter(app, letter.id, SUPERVISOR, 'good')
  assert.equal(await sendLetters(app), 1)
  assert.equal(await sendLetters(app), 0)
  const sent = await letterOf(app, letter.id)
  assert.equal(sent.state, 'sent')
  const shown = await show(app, sent.communicationId!)
  assert.deepEqual(
    [shown.sha256, shown.row.kind, shown.row.class, shown.row.channel, shown.row.pages],
    [sent.sha256, 'correspondence', 'service', 'print', 2],
  )
  assert.match(words(shown.bytes), /^%PDF/)
  assert.deepEqual(
    (await readdir(join(folder, 'out', 'print', String(sent.runId)))).filter(name => name.endsWith('.pdf')),
    [`${sent.communicationId}.pdf`],
  )
  const timeline = await timelineOf(app, sent.communicationId!, true)
  assert.deepEqual(
    timeline.map(({ what }) => what),
    ['composed', 'claimed', 'settled'],
  )
  await assert.rejects(withdrawLetter(app, letter.id, AGENT, { remark: '', forGood: true }), { code: 'letters.state' })
})

test('goes only the ways law, consent and reach leave open', async () => {
  const unreached = await letterView(app, await begin(1), { userId: AGENT, roles: ['agent'] })
  assert.deepEqual(
    unreached.ways.filter(({ open }) => !open).map(({ channel }) => channel),
    ['email'],
  )
  const letter = await begin(1, 'email')
  await assert.rejects(submitLetter(app, letter.id, AGENT, ''), { code: 'letters.way' })
  const mailed = await begin(2, 'email')
  await submitLetter(app, mailed.id, AGENT, '')
  await approveLetter(app, mailed.id, SUPERVISOR, '')
  assert.equal(await sendLetters(app), 1)
  const { communicationId } = await letterOf(app, mailed.id)
  const { bytes, row } = await show(app, communicationId!)
  assert.deepEqual([row.channel, row.address], ['email', 'charles@example.com'])
  assert.match(words(bytes), /Content-Type: application\/pdf/)
})
