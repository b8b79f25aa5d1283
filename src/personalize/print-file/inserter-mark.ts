import bwip from 'bwip-js/node'

/**
 * What the inserter reads on the front of every sheet, as text: job, piece, sheet of sheets, enclosures, and a check digit, so that
 * a misread mark is no other sheet. Fixed lengths: job 8, piece 7, sheet and sheets 3 each, inserts as 2 hex digits.
 */
export interface SheetMark {
  job: string
  piece: number
  sheet: number
  sheets: number
  inserts: number
}

export function markText({ job, piece, sheet, sheets, inserts }: SheetMark): string {
  const digits = (value: number, length: number) => String(value).padStart(length, '0')
  const body =
    job.slice(0, 8).toUpperCase().padStart(8, '0') +
    digits(piece, 7) +
    digits(sheet, 3) +
    digits(sheets, 3) +
    inserts.toString(16).toUpperCase().padStart(2, '0')
  return body + checkCharacter(body)
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** ISO/IEC 7064, MOD 37,36: finds every single wrong character and 629 of 630 swaps of neighbours. */
export function checkCharacter(text: string): string {
  let product = 36
  for (const character of text) {
    const value = ALPHABET.indexOf(character)
    if (value < 0) throw new RangeError(`"${character}" cannot stand in a mark`)
    let sum = (product + value) % 36
    if (sum === 0) sum = 36
    product = (sum * 2) % 37
  }
  return ALPHABET[(37 - product) % 36] ?? '0'
}

/** Data Matrix ECC 200 (ISO/IEC 16022), one module of the drawing a unit; the quiet zone is left to whoever places it. */
export function dataMatrixSvg(text: string): string {
  const [symbol] = bwip.raw({ bcid: 'datamatrix', text }) as { pixs: number[]; pixx: number; pixy: number }[]
  if (!symbol) throw new Error(`no Data Matrix for "${text}"`)
  let path = ''
  for (let y = 0; y < symbol.pixy; y++)
    for (let x = 0; x < symbol.pixx; ) {
      const from = x
      while (x < symbol.pixx && symbol.pixs[y * symbol.pixx + x] === 1) x++
      if (x > from) path += `M${from} ${y}h${x - from}v1H${from}z`
      else x++
    }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${symbol.pixx} ${symbol.pixy}"><path d="${path}"/></svg>`
}
