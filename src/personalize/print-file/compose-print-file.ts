import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { checkData } from '../compose/check-data.ts'
import { drawnCharts } from '../compose/drawn-charts.ts'
import { FONT_FAMILY, fontBlobs } from '../compose/fonts.ts'
import { diagnostics } from '../compose/print.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { viewOf } from '../compose/texts.ts'
import { errors } from '../errors.ts'
import { dataMatrixSvg, markText } from './inserter-mark.ts'
import { type ComposedPrintFile, type PrintDocument, type PrintFile, pagesOnPaper, sheetsOf } from './print-file.ts'
import { rootedSources } from './rooted-sources.ts'

const WORKSPACE = '/huiyin-print'
const frame = readFileSync(new URL('./frame.typ', import.meta.url), 'utf8').replace('{font}', FONT_FAMILY)

/** One a thread: a new one for every file kept its memory (1,200 bills: 3.8 GB). */
let compiler: NodeCompiler | undefined

/**
 * Many documents set in one go, each exactly as it was composed alone but for the marks: the fonts stand in the file once and the
 * print engine starts once. Measured on two cores: see `npm run bench -- compose`. A document whose pages come out otherwise than
 * the ledger says is refused, for then sheets and marks would be wrong. Synchronous and busy: call it in a worker thread.
 */
export function composePrintFile(file: PrintFile): ComposedPrintFile {
  compiler ??= NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontBlobs: fontBlobs() }] })
  const typst = compiler
  typst.resetShadow()
  const put = (path: string, content: string) => typst.mapShadow(`${WORKSPACE}/${path}`, Buffer.from(content))
  const documents = file.pieces.flatMap(piece => piece.documents)
  for (const [index, document] of documents.entries()) prepare(typst, index, document)

  const { marks, alts, pieces, pages } = layOut(file)
  for (const [name, text] of Object.entries(alts)) put(`marks/${name}.svg`, dataMatrixSvg(text))
  put('job.json', JSON.stringify({ ...described(file), marks, alts }))
  typst.addSource(`${WORKSPACE}/main.typ`, `${frame}\n${body(file)}`)

  const compiled = typst.compile({ mainFilePath: `${WORKSPACE}/main.typ` })
  const failure = compiled.takeError()
  if (failure || !compiled.result)
    throw errors['personalize.print-file-failed']({
      file: file.name,
      reason: failure ? diagnostics(typst, failure) : 'no document',
    })
  const found = typst.query(compiled.result, { selector: '<pages>', field: 'value' }) as PagesFound[]
  for (const { document, pages: now } of found) {
    const { id, pages: sent } = documents[document]!
    if (now !== sent) throw errors['personalize.print-pages-differ']({ file: file.name, id, sent, now })
  }
  const bytes = typst.pdf(compiled.result)
  typst.evictCache(0)
  return {
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    pages,
    sheets: file.duplex ? pages / 2 : pages,
    pieces,
  }
}

interface PagesFound {
  document: number
  pages: number
}

/** A version's sources are looked at once a file, though each document has its own copy. */
function prepare(typst: NodeCompiler, index: number, { version, data: given, id }: PrintDocument): void {
  const root = `d${index}`
  const checked = checkData(version, given)
  if ('state' in checked)
    throw errors['personalize.print-document']({ id, reason: checked.reason, detail: checked.detail })
  const view = viewOf(version, checked.data)
  const charts = drawnCharts(version, view)
  const put = (path: string, content: string) => typst.mapShadow(`${WORKSPACE}/${root}/${path}`, Buffer.from(content))
  for (const [name, svg] of charts) put(`charts/${name}.svg`, svg)
  put('data.json', JSON.stringify({ ...view, charts: [...charts.keys()], ends: `end-${root}` }))
  for (const [name, text] of rootedSources(version, root, ending(index, root)))
    typst.addSource(`${WORKSPACE}/${root}/${name}`, text)
  sharedFiles(typst, version)
}

/** At the end of a document's own flow (a line after it would open a page): where it ends, and how many pages it has. */
const ending = (index: number, root: string): string =>
  `#metadata(none)<end-${root}>\n` +
  `#context [#metadata((document: ${index}, pages: counter(page).get().first())) <pages>]\n`

/** Pictures and whatever else is the same for every document of a version. */
function sharedFiles(typst: NodeCompiler, version: TemplateVersion): void {
  for (const [name, text] of Object.entries(version.files))
    if (name.endsWith('.svg')) typst.mapShadow(`${WORKSPACE}/${name}`, Buffer.from(text))
}

const described = ({ name, date, banner, proof }: PrintFile) => ({
  name,
  date: date.split('-').map(Number),
  banner,
  proof,
})

/** Which mark stands on which page of the file, all known before anything is set. */
function layOut(file: PrintFile) {
  const marks: Record<string, string> = {}
  const alts: Record<string, string> = {}
  const pieces: ComposedPrintFile['pieces'] = []
  const sides = file.duplex ? 2 : 1
  let page = file.banner.length > 0 ? sides : 0
  for (const { number, documents, inserts } of file.pieces) {
    const sheets = sheetsOf(documents, file.duplex)
    pieces.push({ number, firstPage: page + 1, sheets })
    for (let sheet = 1; sheet <= sheets; sheet++, page += sides) {
      const name = `${number}-${sheet}`
      if (file.proof !== '') continue
      marks[String(page + 1)] = name
      alts[name] = markText({ job: file.job, piece: number, sheet, sheets, inserts })
    }
  }
  return { marks, alts, pieces, pages: page }
}

/** The documents one after the other, with the blanks that let each begin on a sheet of its own. */
function body(file: PrintFile): string {
  const lines = file.banner.length > 0 ? ['#banner', ...(file.duplex ? ['#blank'] : [])] : []
  let index = 0
  for (const document of file.pieces.flatMap(piece => piece.documents)) {
    const root = `d${index}`
    lines.push('#start()', `#include "/${root}/main.typ"`)
    if (pagesOnPaper(document, file.duplex) > document.pages) lines.push('#blank')
    index++
  }
  return lines.join('\n')
}
