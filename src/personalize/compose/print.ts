import type { NodeCompiler, NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import { sha256Of } from '../../platform/sha256.ts'
import { compilerWith, type KeptCompiler, mapPictures } from '../assets/print-assets.ts'
import { printedChoices } from '../slots/printed-choices.ts'
import { slotContents } from '../slots/slot-contents.ts'
import type { Data } from './check-data.ts'
import { chartsInData, drawnCharts } from './drawn-charts.ts'
import { missingGlyph } from './glyph-coverage.ts'
import { type Held, held, type Outcome } from './outcome.ts'
import { inOneLine, typstProblem } from './problem.ts'
import type { TemplateVersion } from './template.ts'
import { type View, viewOf } from './texts.ts'

/** A folder that need not exist: all files are handed over, and the engine reads nothing outside it. */
export const WORKSPACE = '/huiyin-typst'

/**
 * What the engine remembers (laid-out paragraphs, glyph runs) is forgotten when so many clearings passed without its use;
 * cleared after so many documents. See collect-garbage.ts for the other half of keeping memory flat.
 */
const FORGET_AGE = 2
const CLEAR_EVERY = 5

const kept: KeptCompiler = { fonts: new Map() }
let loaded: TemplateVersion | undefined
let composed = 0

/** A statement of 2,000 lines has 70; what has more comes from a fault or an attack, unless its template says so. */
const MOST_PAGES = 100

/** Synchronous and busy (8–12 ms a page): call it in a worker thread. */
export function composePrint(version: TemplateVersion, data: Data): Outcome {
  const laid = layOut(version, data)
  if ('state' in laid) return laid
  const { typst, document, view } = laid
  const most = version.manifest.most?.pages ?? MOST_PAGES
  if (document.numOfPages > most) return held('too-many-pages', `${document.numOfPages} > ${most}`)
  const bytes = typst.pdf(document, version.manifest.pdf === '1.7' ? {} : { pdfStandard: version.manifest.pdf })
  return {
    state: 'composed',
    bytes,
    mediaType: 'application/pdf',
    extension: 'pdf',
    sha256: sha256Of(bytes),
    pages: document.numOfPages,
    segments: 0,
    subject: view.t['title'] ?? '',
    slots: printedChoices(typst, document, slotContents(version, view)),
  }
}

export interface LaidOut {
  typst: NodeCompiler
  document: NodeTypstDocument
  view: View
}

/** The pages as the engine holds them, from which a PDF or a picture is made; valid until the next is laid out. */
export function layOut(version: TemplateVersion, data: Data): LaidOut | Held {
  const view = viewOf(version, data)
  const missing = missingGlyph({ ...data, ...view.t })
  if (missing) return held('glyph-missing', `${missing.field}: ${missing.character} (${missing.codePoint})`)
  const typst = prepared(version)
  const shadow = (path: string, content: string) => typst.mapShadow(`${WORKSPACE}/${path}`, Buffer.from(content))
  const charts = drawnCharts(version, view)
  for (const [name, { svg }] of charts) shadow(`charts/${name}.svg`, svg)
  const document = { ...view, charts: chartsInData(charts) }
  if (++composed % CLEAR_EVERY === 0) typst.evictCache(FORGET_AGE)
  let laid = compiledWith(1)
  // Most have one page; another number is known only now, and the second time hardly anything is laid out anew.
  for (let tries = 0; 'document' in laid && laid.document.numOfPages !== laid.told && tries < 3; tries++)
    if (isToldPages(version)) laid = compiledWith(laid.document.numOfPages)
    else break
  return 'document' in laid ? { typst, document: laid.document, view } : laid

  function compiledWith(told: number): { document: NodeTypstDocument; told: number } | Held {
    shadow('data.json', JSON.stringify({ ...document, [PAGE_COUNT]: told }))
    const result = typst.compile({ mainFilePath: `${WORKSPACE}/main.typ` })
    const failure = result.takeError()
    if (failure) return held('template-failed', inOneLine(typstProblem(typst, failure, version.files)))
    return result.result ? { document: result.result, told } : held('template-failed', 'no document')
  }
}

/** Field of the data that tells a template how many pages it will have; templates stored before it count for themselves. */
export const PAGE_COUNT = 'page-count'
export const isToldPages = ({ files }: Pick<TemplateVersion, 'files'>): boolean =>
  Object.values(files).some(text => text.includes(`"${PAGE_COUNT}"`))

/** One compiler a thread, holding one template's files at a time: batches are of one template. */
function prepared(version: TemplateVersion): NodeCompiler {
  const compiler = compilerWith(kept, WORKSPACE, [version])
  if (loaded !== version) {
    compiler.resetShadow()
    mapPictures(compiler, WORKSPACE, version)
    for (const [file, text] of Object.entries(version.files)) {
      if (file.endsWith('.typ')) compiler.addSource(`${WORKSPACE}/${file}`, text)
      else if (file.endsWith('.svg')) compiler.mapShadow(`${WORKSPACE}/${file}`, Buffer.from(text))
    }
    loaded = version
  }
  return compiler
}
