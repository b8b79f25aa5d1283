import { checkData, type Data } from '../compose/check-data.ts'
import { composeMessage } from '../compose/compose-message.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { type Look, look } from '../live-preview/look.ts'
import { preview } from '../preview.ts'
import type { Branch } from './branches/branch.ts'
import { coverageOf } from './branches/coverage.ts'
import { type Comparison, compareDocuments, laidOut } from './compare-documents.ts'
import { type Measured, measure } from './measure.ts'
import { drawPage } from './picture/draw-svg.ts'
import { pngOf } from './picture/png.ts'
import { svgPages } from './picture/svg-pages.ts'
import { wordsInMessage, wordsOnPages } from './text/words-of-document.ts'

/** What a proof asks of the composing threads. */
export type Study =
  | { kind: 'measure'; version: TemplateVersion; rows: Data[]; whole: boolean }
  | { kind: 'compare'; version: TemplateVersion; before: TemplateVersion | null; rows: Data[] }
  | { kind: 'branches'; version: TemplateVersion }
  | { kind: 'page'; version: TemplateVersion; data: Data; page: number }
  | { kind: 'look'; version: TemplateVersion; data: Data }
  | { kind: 'message'; version: TemplateVersion; data: Data }
  | { kind: 'words'; version: TemplateVersion; data: Data }

/** A page as PNG, or what a person reads of a message. Null: there is none. */
export type Pictured = { bytes: Uint8Array; mediaType: string } | null

interface Answers {
  measure: Measured[]
  compare: Comparison[]
  branches: Branch[]
  page: Pictured
  look: Look
  message: Pictured
  words: string
}
export type Studied<S extends Study> = Answers[S['kind']]

export async function carryOut(study: Study): Promise<Answers[keyof Answers]> {
  const { version } = study
  switch (study.kind) {
    case 'measure':
      return inTurn(study.rows, data => measure(version, data, study.whole))
    case 'compare':
      return inTurn(study.rows, data => compareDocuments(study.before, version, data))
    case 'branches':
      return branches(version)
    case 'page':
      return picture(version, study.data, study.page)
    case 'look':
      return look(version, study.data)
    case 'message':
      return message(version, study.data)
    case 'words':
      return words(version, study.data)
  }
}

async function inTurn<T>(rows: readonly Data[], each: (data: Data) => Promise<T>): Promise<T[]> {
  const found: T[] = []
  for (const row of rows) found.push(await each(row))
  return found
}

/** Which conditions of the page can be seen is known once one document was set. */
function branches(version: TemplateVersion): Branch[] {
  const coverage = coverageOf(version)
  const checked = checkData(version, version.examples[0] ?? {})
  if (!('state' in checked)) coverage.onPage(checked.data)
  return coverage.branches
}

function picture(version: TemplateVersion, data: Data, page: number): Pictured {
  const laid = laidOut(version, data)
  const one = laid && svgPages(laid.typst.plainSvg(laid.document))[page - 1]
  return one ? { bytes: pngOf(drawPage(one)), mediaType: 'image/png' } : null
}

async function message(version: TemplateVersion, data: Data): Promise<Pictured> {
  const outcome = await composeMessage(version, data)
  return outcome.state === 'composed' ? preview(outcome.bytes, outcome.mediaType) : null
}

async function words(version: TemplateVersion, data: Data): Promise<string> {
  if (version.manifest.channel !== 'print') return wordsInMessage(await composeMessage(version, data))
  const laid = laidOut(version, data)
  return laid ? wordsOnPages(laid) : ''
}
