import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { disposeCharts } from '../charts/svg.ts'
import { loadTemplate } from '../compose/load-template.ts'
import { composePrint } from '../compose/print.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { sampleTemplates } from '../templates-folder.ts'
import type { SlotChoice } from './slot-contents.ts'

const bill = await loadTemplate(sampleTemplates, 'bill')
/** The same bill with nothing in its slot. */
const bare: TemplateVersion = { ...bill, hash: `${bill.hash}-bare`, manifest: { ...bill.manifest, slots: {} } }
const [chinese, english] = bill.examples as [Record<string, unknown>, Record<string, unknown>]
const [line] = chinese['invoices'] as [Record<string, unknown>]

after(disposeCharts)

function set(version: TemplateVersion, data: Record<string, unknown>): { pages: number; slots: SlotChoice[] } {
  const outcome = composePrint(version, data)
  assert.equal(outcome.state, 'composed', outcome.state === 'held' ? outcome.detail : '')
  return outcome.state === 'composed' ? { pages: outcome.pages, slots: outcome.slots ?? [] } : { pages: 0, slots: [] }
}

const withLines = (example: Record<string, unknown>, lines: number, texts: number[]): Record<string, unknown> => ({
  ...example,
  invoices: Array.from({ length: lines }, (_, at) => ({ ...line, text: '货'.repeat(texts[at % texts.length]!) })),
  returns: [],
  total: lines * (line['amount'] as number),
})

test('a slot never makes a document longer, and takes the largest that fits', () => {
  const seen = new Set<string>()
  // Every number of lines over one page and into the next, so that every height of rest is met; and some of all kinds.
  const lengths = Array.from({ length: 26 }, (_, at) => ({ lines: at + 3, texts: [6] }))
  const random = fc.sample(
    fc.record({ lines: fc.nat(60), texts: fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 4 }) }),
    { numRuns: 6, seed: 7 },
  )
  for (const { lines, texts } of [...lengths, ...random]) {
    const data = withLines(lines % 2 === 0 ? chinese : english, lines, texts)
    const { pages } = set(bare, data)
    for (const offer of lines % 3 === 0 ? [chinese['offer']] : [chinese['offer'], null]) {
      const filled = set(bill, { ...data, offer })
      assert.equal(filled.pages, pages, `${lines} lines of ${texts}`)
      const [{ content, variant, freeMm } = assert.fail('no choice is noted')] = filled.slots
      assert.ok(freeMm !== null && freeMm >= 0 && freeMm < 240, `${freeMm} mm`)
      seen.add(`${content}.${variant}`)
      if (freeMm > 60) assert.equal(variant, 'large')
    }
  }
  assert.deepEqual([...seen].sort(), ['.', 'offer.large', 'offer.line', 'offer.medium', 'tip.large', 'tip.line'])
})

test('no offer beside an open complaint or an overdue amount, and the ledger is told which', () => {
  for (const beside of [{ openComplaint: true }, { overdue: 1200 }]) {
    const [choice] = set(bill, { ...chinese, ...beside }).slots
    assert.equal(choice?.content, 'tip')
    assert.deepEqual(choice?.leftOut, { offer: Object.keys(beside)[0] })
  }
  const [free] = set(bill, { ...chinese, openComplaint: false, overdue: 0 }).slots
  assert.equal(free?.content, 'offer')
})
