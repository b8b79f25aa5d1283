import { markText } from './inserter-mark.ts'
import { type ComposedPrintFile, type PrintFile, sheetsOf } from './print-file.ts'

export interface SheetMarks {
  /** Page of the file → mark on it: fronts of sheets only. */
  byPage: Record<string, string>
  /** Mark → what it says. */
  texts: Record<string, string>
  pieces: ComposedPrintFile['pieces']
  /** Sides of the whole file. */
  pages: number
}

/** Which mark stands on which page of the file, all known before anything is set. */
export function sheetMarks(file: PrintFile): SheetMarks {
  const marks: SheetMarks = { byPage: {}, texts: {}, pieces: [], pages: 0 }
  const sides = file.duplex ? 2 : 1
  let page = file.banner.length > 0 ? sides : 0
  for (const { number, documents, inserts } of file.pieces) {
    const sheets = sheetsOf(documents, file.duplex)
    marks.pieces.push({ number, firstPage: page + 1, sheets })
    for (let sheet = 1; sheet <= sheets; sheet++, page += sides) {
      const name = `${number}-${sheet}`
      if (file.proof !== '') continue
      marks.byPage[String(page + 1)] = name
      marks.texts[name] = markText({ job: file.job, piece: number, sheet, sheets, inserts })
    }
  }
  return { ...marks, pages: page }
}
