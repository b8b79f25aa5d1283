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
import { oneSource } from './one-source.ts'
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
  const longer = { ...sixty, pages: 1 }
  const { left, sheets } = composePrintFile(
    file({
      banner: [],
      pieces: [short, longer, english].map((each, at) => ({ number: at + 1, documents: [each], inserts: 0 })),
    }),
  )
  assert.deepEqual([left, sheets], [[{ piece: 2, id: sixty.id, reason: 'pages-differ', detail: '3 / 1' }], 2])
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
    fc.property(fc.array(fc.constantFrom(...alphabet), { maxLength: 22 }), before => {
      const check = (a: string, b: string) => checkCharacter([...before, a, b].join(''))
      const missed = alphabet.flatMap(a => alphabet.filter(b => a !== b && check(a, b) === check(b, a)))
      assert.ok(missed.length <= 2, `${missed.length} of 1260 swaps are not found`)
    }),
    { numRuns: 20 },
  )
  // Of 24 characters and digits: 22 × 22 modules at most, the finder pattern along the left and the foot.
  const svg = dataMatrixSvg(text)
  const side = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1])
  assert.ok(side >= 18 && side <= 26, svg)
  assert.ok(svg.includes(`M0 ${side - 1}h${side}`), 'the foot is solid')
})

test('documents set from one source are those set from copies; sources of another kind are copied', () => {
  // A file that begins with a word cannot become code, so this version is set from copies of its sources.
  const files = {
    'word.typ': 'word\n#let unused = 1\n',
    'main.typ': `#import "/word.typ": *\n${bill.files['main.typ']}`,
  }
  const copied = { ...bill, hash: 'copied', files: { ...bill.files, ...files } }
  assert.ok(oneSource(bill, 'f') !== undefined && oneSource(letter, 'f') !== undefined)
  assert.equal(oneSource(copied, 'f'), undefined)
  const proof = (version: typeof bill) =>
    composePrintFile(
      file({
        proof: 'PROOF',
        pieces: [short, sixty, english].map((each, at) => ({
          number: at + 1,
          inserts: 0,
          documents: [{ ...each, version }],
        })),
      }),
    )
  assert.equal(proof(copied).sha256, proof(bill).sha256)
})

test('a bracket that closes what it did not open: the file is set from copies, not refused', () => {
  const odd = { ...letter, hash: 'odd', files: { ...letter.files } }
  odd.files['main.typ'] = `${letter.files['main.typ']}\n[ one bracket\n`
  const printed = composePrintFile(
    file({ pieces: [{ number: 1, documents: [short, { ...note, version: odd }], inserts: 0 }] }),
  )
  assert.deepEqual([printed.sheets, printed.left], [3, []])
})
