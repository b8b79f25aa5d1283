import { isToldPages } from '../compose/print.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { oneSource } from './one-source.ts'
import { type PrintDocument, type PrintFile, pagesOnPaper } from './print-file.ts'
import type { SheetMarks } from './sheet-marks.ts'

export interface PrintSource {
  /** What follows the frame in the main file. */
  main: string
  /** Documents set from copies of their version's sources, by number in the file: what stands at the end of the copy. */
  copies: Map<number, string>
  /** Page → mark that is put on it from outside: those of documents that count their pages. */
  marked: Record<string, string>
}

/**
 * The documents one after the other, with the blanks that let each begin on a sheet of its own; from one source a version where that
 * can be (`mayShare`), else each from a copy.
 *
 * A document that shall have one page is not asked how many it has: its mark stands in it, not on its page, and the number of pages
 * of the whole file tells whether it came out longer. So a file of such documents is laid out once; each question of where something
 * stands (a `context`) makes the engine do it two or three times.
 */
export function printSource(file: PrintFile, marks: SheetMarks, mayShare: boolean): PrintSource {
  const documents = file.pieces.flatMap(piece => piece.documents)
  const { functions, sources } = sharedSources(mayShare ? documents : [])
  const source: PrintSource = { main: '', copies: new Map(), marked: {} }
  const lines = file.banner.length > 0 ? ['#banner', ...(file.duplex ? ['#blank'] : [])] : []
  let page = lines.length
  for (const [index, document] of documents.entries()) {
    const root = `d${index}`
    const set = functions.get(document.version)
    const short = set !== undefined && document.pages === 1 && isToldPages(document.version)
    const onPaper = pagesOnPaper(document, file.duplex)
    const mark = (at: number) => marks.byPage[String(page + at)]
    if (!short) for (let at = 1; at <= onPaper; at++) if (mark(at)) source.marked[String(page + at)] = mark(at)!
    const ending = short ? (mark(1) ? `mark-here("${mark(1)}")` : 'none') : `[${counting(index)}]`
    if (!set) source.copies.set(index, counting(index))
    lines.push(
      short ? '#pagebreak(weak: true)' : '#start()',
      set ? `#${set}(json("/${root}/data.json"), "/${root}", ${ending})` : `#include "/${root}/main.typ"`,
    )
    if (onPaper > document.pages) lines.push('#blank')
    page += onPaper
  }
  return { ...source, main: [...sources, ...lines].join('\n') }
}

function sharedSources(documents: readonly PrintDocument[]) {
  const functions = new Map<TemplateVersion, string>()
  const sources: string[] = []
  for (const version of new Set(documents.map(each => each.version))) {
    const name = `document-${functions.size}`
    const source = oneSource(version, name)
    if (source === undefined) continue
    functions.set(version, name)
    sources.push(source)
  }
  return { functions, sources }
}

/** Where a document ends, and how many pages it has; in its own flow, for a line after it would open a page. */
const counting = (index: number): string =>
  `#metadata(none)<${endOf(index)}>\n` +
  `#context [#metadata((document: ${index}, pages: counter(page).get().first())) <pages>]\n`

/** The label that preludes of before `page-count` ask for the last page. */
export const endOf = (index: number): string => `end-d${index}`
