import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { disposeCharts } from '../charts/svg.ts'
import { pdfStandards } from '../kinds/kind.ts'
import { sampleTemplates } from '../templates-folder.ts'
import { loadTemplate } from './load-template.ts'
import { composePrint } from './print.ts'

after(disposeCharts)

/** What a file of the standard says of itself in its XMP metadata. */
const says: Record<(typeof pdfStandards)[number], RegExp[]> = {
  '1.7': [],
  'a-2u': [/pdfaid:part>2</, /pdfaid:conformance>U</],
  'ua-1': [/pdfuaid:part>1</],
}

test('every printed template can be set to every standard a kind may ask for: tagged, with its language and title', async () => {
  for (const id of ['bill', 'letter', 'notice']) {
    const version = await loadTemplate(sampleTemplates, id)
    for (const pdf of pdfStandards) {
      const standard = { ...version, hash: `${version.hash} ${pdf}`, manifest: { ...version.manifest, pdf } }
      for (const language of ['zh-TW', 'en']) {
        const outcome = composePrint(standard, { ...version.examples[0]!, language })
        assert.equal(outcome.state, 'composed', outcome.state === 'held' ? `${id} ${pdf}: ${outcome.detail}` : '')
        const text = outcome.state === 'composed' ? Buffer.from(outcome.bytes).toString('latin1') : ''
        assert.match(text, /\/StructTreeRoot/, `${id} ${pdf} is tagged`)
        assert.match(text, language === 'en' ? /\/Lang\s*\(en/ : /\/Lang\s*\(zh-TW/i, `${id} ${pdf} says its language`)
        for (const pattern of says[pdf]) assert.match(text, pattern, `${id} ${pdf}`)
      }
    }
  }
})

test('a chart says in words what it shows, and a table of a statement has a head', async () => {
  const version = await loadTemplate(sampleTemplates, 'bill')
  const outcome = composePrint(version, { ...version.examples[0]!, language: 'en' })
  assert.ok(outcome.state === 'composed')
  const text = Buffer.from(outcome.bytes).toString('latin1')
  assert.match(text, /\/Alt\s*[(<]/)
  assert.match(text, /\/TH\b/)
})
