import { createHash } from 'node:crypto'
import { type Box, Canvas, type Colour } from './canvas.ts'
import { readColour } from './colour.ts'
import { IDENTITY, type Matrix, readTransform, scaleOf, times } from './matrix.ts'
import { type Line, outlineOf } from './outline.ts'
import { strokeOf } from './stroke.ts'
import type { SvgPage } from './svg-pages.ts'
import { type Tag, tagsOf } from './tags.ts'

/** Pixels a point: 108 dpi, where a full stop of the smallest print (7 pt) still is a dot of its own. */
export const PIXELS_PER_POINT = 1.5

interface State {
  matrix: Matrix
  clip: Box
}

/** A page as pixels, drawn in this process: the same on every machine, so that what is equal compares equal. */
export function drawPage({ svg, width, height }: SvgPage): Canvas {
  const canvas = new Canvas(Math.ceil(width * PIXELS_PER_POINT), Math.ceil(height * PIXELS_PER_POINT))
  const [, top = '0'] = /viewBox="0 ([\d.]+)/.exec(svg) ?? []
  const matrix: Matrix = [PIXELS_PER_POINT, 0, 0, PIXELS_PER_POINT, 0, -Number(top) * PIXELS_PER_POINT]
  draw(canvas, svg, { matrix, clip: { left: 0, top: 0, right: canvas.width, bottom: canvas.height } })
  return canvas
}

function draw(canvas: Canvas, svg: string, start: State): void {
  const { symbols, clips } = definitions(svg)
  const states: State[] = [start]
  let defining = 0
  for (const tag of tagsOf(svg)) {
    const { name, kind, attributes } = tag
    if (name === 'defs' || name === 'symbol' || name === 'clipPath') {
      if (kind !== 'whole') defining += kind === 'open' ? 1 : -1
      continue
    }
    if (defining > 0 || name === 'svg') continue
    if (name === 'g') {
      if (kind === 'close') states.pop()
      else if (kind === 'open') states.push(within(states.at(-1)!, attributes, clips))
      continue
    }
    if (kind === 'close') continue
    paint(canvas, tag, within(states.at(-1)!, attributes, clips), symbols)
  }
}

/** Outlines of glyphs by id, and clipping areas by id. */
function definitions(svg: string): { symbols: Map<string, string>; clips: Map<string, string> } {
  const of = (name: string) =>
    new Map(
      Array.from(
        svg.matchAll(new RegExp(`<${name}[^>]* id="([^"]+)"[^>]*>\\s*<path[^>]* d="([^"]*)"`, 'g')),
        ([, id = '', d = '']) => [id, d] as const,
      ),
    )
  return { symbols: of('symbol'), clips: of('clipPath') }
}

function within(state: State, attributes: Tag['attributes'], clips: ReadonlyMap<string, string>): State {
  const matrix = attributes['transform'] ? times(state.matrix, readTransform(attributes['transform'])) : state.matrix
  const [, id] = /#([^)]+)/.exec(attributes['clip-path'] ?? '') ?? []
  const area = id === undefined ? undefined : clips.get(id)
  return { matrix, clip: area === undefined ? state.clip : narrowed(state.clip, outlineOf(area, matrix)) }
}

/** The clips of our pages are blocks and pictures: their bounds are what they cut. */
function narrowed(clip: Box, lines: readonly Line[]): Box {
  const xs = lines.flatMap(({ points }) => points.filter((_, at) => at % 2 === 0))
  const ys = lines.flatMap(({ points }) => points.filter((_, at) => at % 2 === 1))
  return {
    left: Math.max(clip.left, Math.min(...xs)),
    top: Math.max(clip.top, Math.min(...ys)),
    right: Math.min(clip.right, Math.max(...xs)),
    bottom: Math.min(clip.bottom, Math.max(...ys)),
  }
}

function paint(canvas: Canvas, tag: Tag, { matrix, clip }: State, symbols: ReadonlyMap<string, string>): void {
  const { name, attributes } = tag
  const number = (key: string) => Number.parseFloat(attributes[key] ?? '0')
  if (name === 'use') {
    const glyph = symbols.get((attributes['xlink:href'] ?? '').slice(1))
    if (glyph)
      shape(canvas, attributes, outlineOf(glyph, times(matrix, [1, 0, 0, 1, number('x'), number('y')])), matrix, clip)
  } else if (name === 'path') shape(canvas, attributes, outlineOf(attributes['d'] ?? '', matrix), matrix, clip)
  else if (name === 'rect')
    shape(
      canvas,
      attributes,
      outlineOf(rectangle(number('x'), number('y'), number('width'), number('height')), matrix),
      matrix,
      clip,
    )
  else if (name === 'image') picture(canvas, attributes, { matrix, clip }, number('width'), number('height'))
  else if (name === 'text') words(canvas, tag, { matrix, clip })
}

const rectangle = (x: number, y: number, width: number, height: number) => `M${x} ${y}h${width}v${height}h${-width}Z`

function shape(canvas: Canvas, attributes: Tag['attributes'], lines: readonly Line[], matrix: Matrix, clip: Box): void {
  const opacity = Number(attributes['opacity'] ?? 1)
  const fill = readColour(attributes['fill'] ?? '#000000', opacity * Number(attributes['fill-opacity'] ?? 1))
  if (fill) canvas.fill(lines, fill, clip, attributes['fill-rule'] === 'evenodd')
  const stroke = readColour(attributes['stroke'] ?? 'none', opacity * Number(attributes['stroke-opacity'] ?? 1))
  if (!stroke) return
  const scale = scaleOf(matrix)
  const dashes = (attributes['stroke-dasharray'] ?? '').split(/[\s,]+/).map(length => Number.parseFloat(length) * scale)
  const width = Number(attributes['stroke-width'] ?? 1) * scale
  const whole = dashes.every(Number.isFinite) ? dashes : []
  canvas.fill(
    strokeOf(lines, { width, dashes: whole, square: attributes['stroke-linecap'] === 'square' }),
    stroke,
    clip,
  )
}

/** A drawing inside the page is drawn; of a photograph it is enough for a comparison that other bytes give other colours. */
function picture(
  canvas: Canvas,
  attributes: Tag['attributes'],
  { matrix, clip }: State,
  width: number,
  height: number,
): void {
  const source = attributes['xlink:href'] ?? attributes['href'] ?? ''
  const [, type = '', data = ''] = /^data:([^;,]+)(?:;[^,]*)?,(.*)$/s.exec(source) ?? []
  const bytes = Buffer.from(data, 'base64')
  if (type !== 'image/svg+xml') {
    tiles(canvas, bytes, { matrix, clip }, width, height)
    return
  }
  const svg = bytes.toString()
  const [, inner = '0 0 1 1'] = /viewBox="([^"]+)"/.exec(svg) ?? []
  const [x = 0, y = 0, w = 1, h = 1] = inner.split(/[\s,]+/).map(Number)
  const fitted: Matrix = [width / w, 0, 0, height / h, -x * (width / w), -y * (height / h)]
  draw(canvas, svg, { matrix: times(matrix, fitted), clip })
}

const TILES = 8

function tiles(canvas: Canvas, bytes: Buffer, { matrix, clip }: State, width: number, height: number): void {
  const hash = createHash('sha256').update(bytes).digest()
  const [w, h] = [width / TILES, height / 4]
  for (const [index, value] of hash.entries()) {
    const area = rectangle((index % TILES) * w, Math.floor(index / TILES) * h, w, h)
    const colour: Colour = [160 + (value & 63), 160 + ((value * 7) & 63), 160 + ((value * 13) & 63), 1]
    canvas.fill(outlineOf(area, matrix), colour, clip)
  }
}

/** Words of a drawing without outlines (labels of a chart): a bar for each character, its height by the character. */
function words(canvas: Canvas, { attributes, text }: Tag, { matrix, clip }: State): void {
  const size = Number(/font-size:([\d.]+)/.exec(attributes['style'] ?? '')?.[1] ?? attributes['font-size'] ?? 12)
  const characters = Array.from(text.trim())
  const anchor = { end: 1, middle: 0.5 }[attributes['text-anchor'] ?? ''] ?? 0
  const step = size * 0.6
  const colour = readColour(attributes['fill'] ?? '#000000', 1)
  if (!colour) return
  for (const [index, character] of characters.entries()) {
    const x = Number(attributes['x'] ?? 0) + (index - anchor * characters.length) * step
    const height = size * (0.3 + ((character.codePointAt(0) ?? 0) % 29) / 50)
    canvas.fill(outlineOf(rectangle(x, -height / 2, step * 0.7, height), times(matrix, IDENTITY)), colour, clip)
  }
}
