import { createHash } from 'node:crypto'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { Data } from './check-data.ts'
import { drawnCharts } from './drawn-charts.ts'
import { fontBlobs } from './fonts.ts'
import { missingGlyph } from './glyph-coverage.ts'
import { held, type Outcome } from './outcome.ts'
import type { TemplateVersion } from './template.ts'
import { viewOf } from './texts.ts'

/** A folder that need not exist: all files are handed over, and the engine reads nothing outside it. */
const WORKSPACE = '/huiyin-typst'

/**
 * What the engine remembers (laid-out paragraphs, glyph runs) is forgotten when so many clearings passed without its use;
 * cleared after so many documents. See collect-garbage.ts for the other half of keeping memory flat.
 */
const FORGET_AGE = 2
const CLEAR_EVERY = 5

let compiler: NodeCompiler | undefined
let loaded: TemplateVersion | undefined
let composed = 0

/** Synchronous and busy (8–12 ms a page): call it in a worker thread. */
export function composePrint(version: TemplateVersion, data: Data): Outcome {
  const view = viewOf(version, data)
  const missing = missingGlyph({ ...data, ...view.t })
  if (missing) return held('glyph-missing', `${missing.field}: ${missing.character} (${missing.codePoint})`)
  const typst = prepared(version)
  const shadow = (path: string, content: string) => typst.mapShadow(`${WORKSPACE}/${path}`, Buffer.from(content))
  const charts = drawnCharts(version, view)
  for (const [name, svg] of charts) shadow(`charts/${name}.svg`, svg)
  shadow('data.json', JSON.stringify({ ...view, charts: [...charts.keys()] }))
  if (++composed % CLEAR_EVERY === 0) typst.evictCache(FORGET_AGE)
  const result = typst.compile({ mainFilePath: `${WORKSPACE}/main.typ` })
  const failure = result.takeError()
  const document = result.result
  if (failure || !document) return held('template-failed', failure ? diagnostics(typst, failure) : 'no document')
  const bytes = typst.pdf(document, version.manifest.pdf === '1.7' ? {} : { pdfStandard: version.manifest.pdf })
  return {
    state: 'composed',
    bytes,
    mediaType: 'application/pdf',
    extension: 'pdf',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    pages: document.numOfPages,
    segments: 0,
    subject: view.t['title'] ?? '',
  }
}

/** One compiler a thread, holding one template's files at a time: batches are of one template. */
function prepared(version: TemplateVersion): NodeCompiler {
  compiler ??= NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontBlobs: fontBlobs() }] })
  if (loaded !== version) {
    compiler.resetShadow()
    for (const [file, text] of Object.entries(version.files)) {
      if (file.endsWith('.typ')) compiler.addSource(`${WORKSPACE}/${file}`, text)
      else if (file.endsWith('.svg')) compiler.mapShadow(`${WORKSPACE}/${file}`, Buffer.from(text))
    }
    loaded = version
  }
  return compiler
}

/** Where and what, in one line. */
export function diagnostics(typst: NodeCompiler, failure: Parameters<NodeCompiler['fetchDiagnostics']>[0]): string {
  const first: unknown = typst.fetchDiagnostics(failure)[0]
  const {
    message = '',
    path = '',
    range = null,
  } = (first ?? {}) as { message?: string; path?: string; range?: { start?: { line?: number } } | null }
  return `${path}${range?.start?.line === undefined ? '' : `:${range.start.line + 1}`} ${message}`.trim()
}
