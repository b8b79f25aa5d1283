import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { disposeCharts } from '../charts/svg.ts'
import { checkData } from '../compose/check-data.ts'
import { loadTemplate } from '../compose/load-template.ts'
import { composePrint } from '../compose/print.ts'
import { sampleTemplates } from '../templates-folder.ts'
import { composePrintFile } from './compose-print-file.ts'
import { checkCharacter, dataMatrixSvg, markText } from './inserter-mark.ts'
import type { PrintDocument, PrintFile } from './print-file.ts'

const bill = await loadTemplate(sampleTemplates, 'bill')
const letter = await loadTemplate(sampleTemplates, 'letter')

function document(version: typeof bill, index: number): PrintDocument {
  const data = version.examples[index]!
  const checked = checkData(version, data)
  assert.ok('data' in checked)
  const alone = composePrint(version, checked.data)
  assert.equal(alone.state, 'composed')
  return { id: String(data['id']), version, data, pages: alone.state === 'composed' ? alone.pages : 0 }
}
const [short, english, sixty, note] = [document(bill, 0), document(bill, 1), document(bill, 2), document(letter, 0)]

const file = (change: Partial<PrintFile> = {}): PrintFile => ({
  job: '00000012',
  name: '12-dl-001',
  date: '2010-12-01',
  pieces: [
    { number: 1, documents: [short, note], inserts: 5 },
    { number: 2, documents: [sixty], inserts: 0 },
    { number: 3, documents: [english], inserts: 0 },
  ],
  duplex: true,
  banner: ['three pieces'],
  proof: '',
  ...change,
})

after(disposeCharts)

test('every document begins on a sheet of its own, and the pages are those of the ledger', () => {
  const printed = composePrintFile(file())
  assert.deepEqual(
    printed.pieces.map(piece => piece.sheets),
    [2, 2, 1],
  )
  // Banner, then one bill and one letter of a page, one bill of three, one of one: each rounded up to a sheet.
  assert.deepEqual([printed.sheets, printed.pages], [6, 12])
  assert.deepEqual(
    printed.pieces.map(piece => piece.firstPage),
    [3, 7, 11],
  )
  const simplex = composePrintFile(file({ duplex: false, banner: [] }))
  assert.deepEqual([simplex.sheets, simplex.pages], [6, 6])
  assert.equal(composePrintFile(file()).sha256, printed.sha256, 'the same file twice is the same bytes')
})

test('a document that comes out with other pages than the ledger says is refused by its id', () => {
  const wrong = { ...sixty, pages: 2 }
  assert.throws(
    () => composePrintFile(file({ pieces: [{ number: 1, documents: [short, wrong], inserts: 0 }] })),
    new RegExp(`${sixty.id} has 3 pages now and 2 in the ledger`),
  )
})

test('marks: a proof has none; one wrong or two swapped characters are found', () => {
  const plain = composePrintFile(file({ banner: [] }))
  const proof = composePrintFile(file({ banner: [], proof: 'PROOF 样张' }))
  assert.notEqual(plain.sha256, proof.sha256)
  const alphabet = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const text = markText({ job: 'a12', piece: 4711, sheet: 2, sheets: 3, inserts: 161 })
  assert.match(text, /^00000A12000471100200..A1.$|^00000A120004711002003A1.$/)
  fc.assert(
    fc.property(fc.nat(text.length - 2), fc.constantFrom(...alphabet), (at, other) => {
      const body = [...text.slice(0, -1)]
      fc.pre(body[at] !== other)
      body[at] = other
      assert.notEqual(checkCharacter(body.join('')), text.at(-1))
    }),
  )
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...alphabet), { minLength: 2, maxLength: 24 }), fc.nat(), (body, nth) => {
      const at = nth % (body.length - 1)
      fc.pre(body[at] !== body[at + 1])
      const swapped = [...body]
      ;[swapped[at], swapped[at + 1]] = [body[at + 1]!, body[at]!]
      assert.notEqual(checkCharacter(swapped.join('')), checkCharacter(body.join('')))
    }),
  )
  // Of 24 characters and digits: 22 × 22 modules at most, the finder pattern along the left and the foot.
  const svg = dataMatrixSvg(text)
  const side = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1])
  assert.ok(side >= 18 && side <= 26, svg)
  assert.ok(svg.includes(`M0 ${side - 1}h${side}`), 'the foot is solid')
})
