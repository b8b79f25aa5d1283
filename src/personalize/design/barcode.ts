import bwip from 'bwip-js/node'
import { remember } from '../compose/remember.ts'
import { blackAndWhitePng } from './png.ts'

export const symbologies = ['qr', 'code128', 'datamatrix'] as const
export type Symbology = (typeof symbologies)[number]

const encoders: Record<Symbology, string> = { qr: 'qrcode', code128: 'code128', datamatrix: 'datamatrix' }

/** Squares with their quiet zone: ISO/IEC 18004 asks 4 modules round a QR code, 16022 one round a Data Matrix, 15417 ten beside Code 128. */
const QUIET: Record<Symbology, number> = { qr: 4, code128: 10, datamatrix: 1 }
/** Code 128 is as high as so many of its narrowest bars. */
const BAR_HEIGHT = 40

interface Modules {
  width: number
  height: number
  /** Runs of dark modules: x, y, length. */
  runs: [number, number, number][]
}

/** One symbol in modules, without a quiet zone; what it cannot encode (Chinese in Code 128) throws with the encoder's reason. */
function modulesOf(symbology: Symbology, text: string): Modules {
  // Its code set B; what else is put into it comes out of a reader as other characters.
  if (symbology === 'code128' && !/^[ -~]*$/.test(text))
    throw new Error(`only Latin letters, digits and signs, not "${text}"`)
  const [symbol] = bwip.raw({ bcid: encoders[symbology], text, ...(symbology === 'qr' ? { eclevel: 'M' } : {}) }) as (
    | { pixs: number[]; pixx: number; pixy: number }
    | { sbs: number[] }
  )[]
  if (!symbol) throw new Error(`no ${symbology} for this text`)
  if ('sbs' in symbol) return bars(symbol.sbs)
  const { pixs, pixx, pixy } = symbol
  const runs: Modules['runs'] = []
  for (let y = 0; y < pixy; y++)
    for (let x = 0; x < pixx; x++) {
      const from = x
      while (x < pixx && pixs[y * pixx + x] === 1) x++
      if (x > from) runs.push([from, y, x - from])
    }
  return { width: pixx, height: pixy, runs }
}

/** Widths of bars and spaces in turn, beginning with a bar. */
function bars(widths: readonly number[]): Modules {
  const runs: Modules['runs'] = []
  let x = 0
  for (const [index, width] of widths.entries()) {
    if (index % 2 === 0) runs.push([x, 0, width])
    x += width
  }
  return { width: x, height: 1, runs }
}

interface Symbol extends Modules {
  /** Modules that one of the symbol's rows is high: bars have one row. */
  tall: number
}

/** Symbols of a thread: the same offer's code stands in thousands of letters, and encoding a QR code takes 2.6 ms. */
const known = new Map<string, Symbol>()
const MOST_KNOWN = 500

/** With its quiet zone; nothing for an empty text. */
function symbolOf(symbology: Symbology, text: string): Symbol | undefined {
  if (text.trim() === '') return undefined
  if (known.size >= MOST_KNOWN) known.clear()
  return remember(known, `${symbology} ${text}`, () => encoded(symbology, text))
}

function encoded(symbology: Symbology, text: string): Symbol {
  const { width, height, runs } = modulesOf(symbology, text)
  const quiet = QUIET[symbology]
  if (height === 1)
    return {
      width: width + 2 * quiet,
      height: BAR_HEIGHT,
      runs: runs.map(([x, , n]) => [x + quiet, 0, n]),
      tall: BAR_HEIGHT,
    }
  return {
    width: width + 2 * quiet,
    height: height + 2 * quiet,
    runs: runs.map(([x, y, n]) => [x + quiet, y + quiet, n]),
    tall: 1,
  }
}

/** For print: one byte a module, row by row, 0 black and 255 white, as the print engine takes pictures. */
export interface Dots {
  width: number
  height: number
  dots: number[]
}

export function barcodeDots(symbology: Symbology, text: string): Dots | null {
  const symbol = symbolOf(symbology, text)
  return symbol
    ? { width: symbol.width, height: symbol.height, dots: Array.from(blackModules(symbol), black => 255 * (1 - black)) }
    : null
}

function blackModules({ width, height, runs, tall }: Symbol): Uint8Array {
  const black = new Uint8Array(width * height)
  for (const [x, y, length] of runs)
    for (let row = y; row < y + tall; row++) black.fill(1, row * width + x, row * width + x + length)
  return black
}

/** Dots of a mail's picture that one module is wide: sharp also where a program shows it at twice its size. */
const DOTS = 6

/** For mail programs, which know no SVG. */
export function barcodePng(symbology: Symbology, text: string): Buffer | undefined {
  const symbol = symbolOf(symbology, text)
  if (!symbol) return undefined
  const { width, height } = symbol
  const black = blackModules(symbol)
  return blackAndWhitePng(
    width * DOTS,
    height * DOTS,
    (x, y) => black[Math.floor(y / DOTS) * width + Math.floor(x / DOTS)] === 1,
  )
}
