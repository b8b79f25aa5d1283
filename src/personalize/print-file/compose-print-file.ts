import { readFileSync } from 'node:fs'
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { HuiyinError } from '../../platform/errors.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { compilerWith, type KeptCompiler, mapPictures } from '../assets/print-assets.ts'
import { checkData, type Data } from '../compose/check-data.ts'
import { chartsInData, drawnCharts } from '../compose/drawn-charts.ts'
import { FONT_FAMILY } from '../compose/fonts.ts'
import type { Held, Outcome } from '../compose/outcome.ts'
import { composePrint, PAGE_COUNT } from '../compose/print.ts'
import { inOneLine, typstProblem } from '../compose/problem.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { viewOf } from '../compose/texts.ts'
import { errors } from '../errors.ts'
import { dataMatrixSvg } from './inserter-mark.ts'
import type { ComposedPrintFile, LeftOut, PrintDocument, PrintFile } from './print-file.ts'
import { endOf, printSource } from './print-source.ts'
import { rootedSources } from './rooted-sources.ts'
import { sheetMarks } from './sheet-marks.ts'

const WORKSPACE = '/huiyin-print'
const frame = readFileSync(new URL('./frame.typ', import.meta.url), 'utf8').replace('{font}', FONT_FAMILY)

/** One a thread: a new one for every file kept its memory (1,200 bills: 3.8 GB). */
const kept: KeptCompiler = { fonts: new Map() }

/**
 * Many documents set in one go, each exactly as it was composed alone but for the marks: the fonts stand in the file once and the
 * print engine starts once. Measured on two cores: see `npm run bench -- compose`. A document whose pages come out otherwise than
 * the ledger says would make sheets and marks wrong: its envelope is left out, as that of any document that cannot be set, and named;
 * the others are printed. Synchronous and busy: call it in a worker thread.
 */
export function composePrintFile(file: PrintFile): ComposedPrintFile {
  const left: LeftOut[] = []
  for (let pieces = file.pieces; ; ) {
    const set = setOnce({ ...file, pieces })
    if ('bytes' in set) return { ...set, left }
    left.push(set.left)
    pieces = pieces.filter(({ number }) => number !== set.left.piece)
    // Nothing else to print: what is wrong with the last one is the answer.
    if (pieces.length === 0) throw set.error
  }
}

/** All pieces in one file, or the one that cannot be printed: its neighbours are set again without it. */
function setOnce(
  file: PrintFile,
  mayShare = true,
): Omit<ComposedPrintFile, 'left'> | { left: LeftOut; error: HuiyinError } {
  const typst = compilerWith(
    kept,
    WORKSPACE,
    file.pieces.flatMap(piece => piece.documents.map(({ version }) => version)),
  )
  typst.resetShadow()
  const put = (path: string, content: string) => typst.mapShadow(`${WORKSPACE}/${path}`, Buffer.from(content))
  const documents = file.pieces.flatMap(({ number, documents }) => documents.map(one => ({ ...one, piece: number })))
  const refuse = (index: number, reason: string, detail: string, error?: HuiyinError) => {
    const { id, piece } = documents[index]!
    return {
      left: { piece, id, reason, detail },
      error: error ?? errors['personalize.print-document']({ id, reason, detail }),
    }
  }
  const refusePages = (index: number, now: number) => {
    const { id, pages: sent } = documents[index]!
    const error = errors['personalize.print-pages-differ']({ file: file.name, id, sent, now })
    return refuse(index, 'pages-differ', `${now} / ${sent}`, error)
  }
  const marks = sheetMarks(file)
  const { main, copies, marked } = printSource(file, marks, mayShare)
  for (const [index, document] of documents.entries()) {
    const unfit = prepare(typst, index, document, copies.get(index))
    if (unfit) return refuse(index, unfit.reason, unfit.detail)
  }
  for (const version of new Set(documents.map(each => each.version))) sharedFiles(typst, version)
  for (const [name, text] of Object.entries(marks.texts)) put(`marks/${name}.svg`, dataMatrixSvg(text))
  put('job.json', JSON.stringify({ ...described(file), marked, alts: marks.texts }))
  typst.addSource(`${WORKSPACE}/main.typ`, `${frame}\n${main}`)

  const compiled = typst.compile({ mainFilePath: `${WORKSPACE}/main.typ` })
  const failure = compiled.takeError()
  if (failure || !compiled.result) {
    // What stands in one source must hold together as such; each copy is read as it was written.
    if (mayShare && copies.size < documents.length) return setOnce(file, false)
    const at = documents.findIndex(({ version, data }) => alone(version, data).state === 'held')
    const reason = failure ? inOneLine(typstProblem(typst, failure, documents[at]?.version.files ?? {})) : 'no document'
    if (at < 0) throw errors['personalize.print-file-failed']({ file: file.name, reason })
    return refuse(at, 'template-failed', reason)
  }
  const found = typst.query(compiled.result, { selector: '<pages>', field: 'value' }) as PagesFound[]
  for (const { document, pages: now } of found)
    if (now !== documents[document]!.pages) return refusePages(document, now)
  // Of those that are not asked none has less than its one page: the sum tells whether one has more.
  if (compiled.result.numOfPages !== marks.pages) {
    const now = documents.map(({ version, data }) => pagesOf(alone(version, data)))
    const at = now.findIndex((pages, index) => pages !== documents[index]!.pages)
    if (at >= 0) return refusePages(at, now[at]!)
    const reason = `${compiled.result.numOfPages} / ${marks.pages} pages`
    throw errors['personalize.print-file-failed']({ file: file.name, reason })
  }
  const bytes = typst.pdf(compiled.result)
  typst.evictCache(0)
  return {
    bytes,
    sha256: sha256Of(bytes),
    pages: marks.pages,
    sheets: file.duplex ? marks.pages / 2 : marks.pages,
    pieces: marks.pieces,
  }
}

/** Who made a file fail is found by setting each document alone: 10 ms each, and only then. */
function alone(version: TemplateVersion, given: Data): Outcome {
  const checked = checkData(version, given)
  return 'state' in checked ? checked : composePrint(version, checked.data)
}
const pagesOf = (outcome: Outcome): number => (outcome.state === 'composed' ? outcome.pages : 0)

interface PagesFound {
  document: number
  pages: number
}

/** `ending`: of a document that is set from a copy of its version's sources. */
function prepare(
  typst: NodeCompiler,
  index: number,
  { version, data: given, pages, slots = [] }: PrintDocument,
  ending: string | undefined,
): Held | undefined {
  const root = `d${index}`
  const checked = checkData(version, given)
  if ('state' in checked) return checked
  const view = viewOf(version, checked.data)
  const charts = drawnCharts(version, view)
  const put = (path: string, content: string) => typst.mapShadow(`${WORKSPACE}/${root}/${path}`, Buffer.from(content))
  for (const [name, { svg }] of charts) put(`charts/${name}.svg`, svg)
  const told = {
    ends: endOf(index),
    [PAGE_COUNT]: pages,
    'slots-chosen': Object.fromEntries(slots.map(({ slot, content, variant }) => [slot, [content, variant]])),
  }
  put('data.json', JSON.stringify({ ...view, charts: chartsInData(charts), ...told }))
  if (ending !== undefined)
    for (const [name, text] of rootedSources(version, root, ending))
      typst.addSource(`${WORKSPACE}/${root}/${name}`, text)
  return undefined
}

/** Pictures and whatever else is the same for every document of a version. */
function sharedFiles(typst: NodeCompiler, version: TemplateVersion): void {
  for (const [name, text] of Object.entries(version.files))
    if (name.endsWith('.svg')) typst.mapShadow(`${WORKSPACE}/${name}`, Buffer.from(text))
  mapPictures(typst, WORKSPACE, version)
}

const described = ({ name, date, banner, proof }: PrintFile) => ({
  name,
  date: date.split('-').map(Number),
  banner,
  proof,
})
