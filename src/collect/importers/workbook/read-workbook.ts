/**
 * Rows of an Excel workbook (ECMA-376), read from its XML and not through a library: those turn numbers into floats on the way (the
 * eighteen digits of an ID number come out changed) and give up errors and long texts silently.
 */
import { collectErrors } from '../../errors.ts'
import { type Style, shownDate, shownNumber, styleOf } from './shown.ts'
import { attribute, cellText, elements, textRuns } from './xml.ts'
import { BadZip, openZip, TooBigInside, type Zip } from './zip.ts'

/** Bytes that a workbook may unpack to: a sheet full to its last row takes about half of it. */
const MOST_INSIDE = 2 ** 31

export interface SheetCell {
  text: string
  /** What stands there is no value: an error (#N/A), or a formula that was never calculated. */
  problem?: 'cell-error' | 'formula'
}

export interface SheetRow {
  /** As Excel numbers it. */
  number: number
  cells: SheetCell[]
}

export interface Workbook {
  sheets: readonly string[]
  /** Rows with something in them. */
  rows(sheet: string): AsyncGenerator<SheetRow>
}

/** Everything that can be wrong inside is told by the file's name. */
export async function withWorkbook<T>(path: string, work: (book: Workbook) => Promise<T>): Promise<T> {
  try {
    return await work(await openWorkbook(path))
  } catch (error) {
    if (error instanceof TooBigInside)
      throw collectErrors['collect.file-too-big-inside']({ file: path, limit: MOST_INSIDE / 2 ** 20 }, error)
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code.startsWith('collect.')) throw error
    const ours =
      [BadZip, SyntaxError, RangeError, TypeError].some(kind => error instanceof kind) || code.startsWith('Z_')
    if (ours && error instanceof Error)
      throw collectErrors['collect.workbook-bad']({ file: path, reason: error.message }, error)
    throw error
  }
}

async function whole(zip: Zip, name: string): Promise<string> {
  let text = ''
  for await (const piece of zip.text(name) ?? []) {
    text += piece
    if (text.length > 64 << 20) throw new RangeError(`"${name}" is longer than 64 MB`)
  }
  if (text.includes('<!DOCTYPE')) throw new SyntaxError('it has a document type definition')
  return text
}

const tags = (xml: string, name: string): string[] => xml.match(new RegExp(`<(?:\\w+:)?${name}\\b[^>]*>`, 'g')) ?? []

async function openWorkbook(path: string): Promise<Workbook> {
  const zip = await openZip(path, MOST_INSIDE)
  const book = await whole(zip, 'xl/workbook.xml')
  if (book === '') throw new BadZip('it is a ZIP archive without a workbook in it')
  const targets = new Map(
    tags(await whole(zip, 'xl/_rels/workbook.xml.rels'), 'Relationship').map(tag => [
      attribute(tag, 'Id') ?? '',
      (attribute(tag, 'Target') ?? '').replace(/^\/?(?:xl\/)?/, 'xl/'),
    ]),
  )
  const places = new Map(
    tags(book, 'sheet').map((tag, n) => [
      attribute(tag, 'name') ?? `${n + 1}`,
      targets.get(/\s\w+:id\s*=\s*["']([^"']*)/.exec(tag)?.[1] ?? '') ?? `xl/worksheets/sheet${n + 1}.xml`,
    ]),
  )
  if (places.size === 0) throw new BadZip('its workbook has no sheets')
  const from1904 = tags(book, 'workbookPr').some(tag => /^(1|true)$/.test(attribute(tag, 'date1904') ?? ''))
  const styles = stylesOf(await whole(zip, 'xl/styles.xml'))
  let shared: string[] | undefined
  return {
    sheets: [...places.keys()],
    async *rows(sheet) {
      const place = places.get(sheet)
      if (place === undefined)
        throw collectErrors['collect.sheet-unknown']({ file: path, sheet, known: [...places.keys()].join(', ') })
      const text = zip.text(place)
      if (!text) throw new BadZip(`the sheet "${sheet}" is missing`)
      shared ??= await sharedTexts(zip)
      let number = 0
      for await (const row of elements(text, 'row')) {
        number = Number(attribute(row.slice(0, row.indexOf('>') + 1), 'r') ?? number + 1)
        const cells = cellsOf(row, shared, styles, from1904)
        if (cells.some(cell => cell.text !== '' || cell.problem)) yield { number, cells }
      }
    },
  }
}

async function sharedTexts(zip: Zip): Promise<string[]> {
  const texts: string[] = []
  for await (const item of elements(zip.text('xl/sharedStrings.xml') ?? nothing(), 'si')) texts.push(textRuns(item))
  return texts
}

async function* nothing(): AsyncGenerator<string> {}

function stylesOf(xml: string): Style[] {
  const codes = new Map(
    tags(xml, 'numFmt').map(tag => [Number(attribute(tag, 'numFmtId')), attribute(tag, 'formatCode')]),
  )
  const list = /<(?:\w+:)?cellXfs\b[\s\S]*?<\/(?:\w+:)?cellXfs>/.exec(xml)?.[0] ?? ''
  return tags(list, 'xf').map(tag => {
    const id = Number(attribute(tag, 'numFmtId') ?? 0)
    return styleOf(id, codes.get(id))
  })
}

const NO_STYLE: Style = { date: false, zeros: 0 }
const CELL = /<((?:\w+:)?c)(\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/\1>)/g
/** Columns a sheet can have. */
const MOST_COLUMNS = 16_384

function cellsOf(row: string, shared: string[], styles: Style[], from1904: boolean): SheetCell[] {
  const cells: SheetCell[] = []
  let place = 0
  for (const [, , attributes = '', inner = ''] of row.slice(row.indexOf('>') + 1).matchAll(CELL)) {
    const letters = /^[A-Z]{1,3}/.exec(attribute(attributes, 'r') ?? '')?.[0]
    if (letters) place = [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1
    if (place >= MOST_COLUMNS) throw new RangeError('a row has more columns than a sheet can have')
    while (cells.length < place) cells.push({ text: '' })
    cells[place++] = cellOf(
      attributes,
      inner,
      shared,
      styles[Number(attribute(attributes, 's') ?? 0)] ?? NO_STYLE,
      from1904,
    )
  }
  return cells
}

function cellOf(attributes: string, inner: string, shared: string[], style: Style, from1904: boolean): SheetCell {
  const type = attribute(attributes, 't') ?? 'n'
  if (type === 'inlineStr') return { text: textRuns(inner) }
  const value = /<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</.exec(inner)?.[1]
  if (value === undefined) return /<(?:\w+:)?f[\s/>]/.test(inner) ? { text: '', problem: 'formula' } : { text: '' }
  if (type === 'e') return { text: cellText(value), problem: 'cell-error' }
  if (type === 's') {
    const text = shared[Number(value)]
    return text === undefined ? { text: `#${value}`, problem: 'cell-error' } : { text }
  }
  if (type === 'b') return { text: value.trim() === '1' ? 'true' : 'false' }
  if (type !== 'n') return { text: cellText(value) }
  const number = value.trim()
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(number)) return { text: cellText(value), problem: 'cell-error' }
  return { text: style.date ? shownDate(number, from1904) : shownNumber(number, style) }
}
