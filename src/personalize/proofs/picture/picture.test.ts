import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { Canvas } from './canvas.ts'
import { comparePictures } from './compare-pictures.ts'
import { drawPage } from './draw-svg.ts'
import { IDENTITY } from './matrix.ts'
import { outlineOf } from './outline.ts'
import { pngOf } from './png.ts'
import { svgPages } from './svg-pages.ts'

const all = { left: 0, top: 0, right: 64, bottom: 64 }
const black = [0, 0, 0, 1] as const
/** Ink on a canvas: how many pixels' worth of black. */
const ink = ({ pixels }: Canvas): number =>
  pixels.reduce((sum, value, at) => sum + (at % 3 === 0 ? (255 - value) / 255 : 0), 0)

test('what is filled covers its own area, wherever its edges lie', () => {
  const place = fc.double({ min: 2, max: 28, noNaN: true })
  const size = fc.double({ min: 1, max: 30, noNaN: true })
  fc.assert(
    fc.property(place, place, size, size, (x, y, width, height) => {
      const canvas = new Canvas(64, 64)
      canvas.fill(outlineOf(`M${x} ${y}h${width}v${height}h${-width}z`, IDENTITY), black, all)
      assert.ok(
        Math.abs(ink(canvas) - width * height) < 0.5 + 0.02 * (width + height),
        `${ink(canvas)} ${width * height}`,
      )
    }),
    { numRuns: 60 },
  )
  const disc = new Canvas(64, 64)
  disc.fill(outlineOf('M12 32a20 20 0 0 1 40 0a20 20 0 0 1 -40 0z', IDENTITY), black, all)
  assert.ok(Math.abs(ink(disc) - Math.PI * 400) < 6, `a disc of arcs: ${ink(disc)}`)
  const ring = new Canvas(64, 64)
  const hole = 'M10 10h40v40h-40z M20 20v20h20v-20z'
  ring.fill(outlineOf(hole, IDENTITY), black, all)
  assert.ok(Math.abs(ink(ring) - 1200) < 1, 'what runs the other way is a hole')
  const clipped = new Canvas(64, 64)
  clipped.fill(outlineOf('M-10 -10h100v100h-100z', IDENTITY), black, { left: 8, top: 8, right: 16, bottom: 24 })
  assert.equal(Math.round(ink(clipped)), 128)
})

const svg = (body: string) => `<svg viewBox="0 0 100 200" width="100pt">
    <path class="typst-shape" fill="#ffffff" d="M 0 0v 100 h 100 v -100 Z "/>
    <g>
        ${body}
    </g>
    <g transform="matrix(1 0 0 1 0 100)">
        <path fill="#000000" d="M 10 10h 20v 20h -20Z"/>
    </g>
    <defs id="glyph">
        <symbol id="gA" overflow="visible"><path d="M 0 0h 5v 10h -5Z"/></symbol>
    </defs>
</svg>`
const glyph = (x: number) =>
  `<g class="typst-text" transform="matrix(1 0 0 -1 ${x} 50)"><use xlink:href="#gA" x="0" y="0" fill="#1f5f5b"/></g>`

test('pages are cut apart; a moved glyph is boxed where it was and where it is, and nothing else', () => {
  const [first, second] = svgPages(svg(glyph(20)))
  assert.deepEqual([first?.height, second?.height], [100, 100])
  const [before, same, moved] = [glyph(20), glyph(20), glyph(60)].map(body => drawPage(svgPages(svg(body))[0]!))
  assert.deepEqual(comparePictures(before, same), { share: 0, boxes: [] })
  const found = comparePictures(before, moved)
  assert.equal(found.boxes.length, 2)
  const [left, right] = found.boxes
  assert.ok(left!.left <= 200 && left!.right >= 250 && left!.right < 450, JSON.stringify(left))
  assert.ok(right!.left <= 600 && right!.right >= 650 && left!.top <= 400 && left!.bottom >= 500, JSON.stringify(right))
  assert.ok(Math.abs(ink(drawPage(second!)) - 20 * 20 * 1.5 * 1.5) < 1, 'the second page is drawn from its own top')
  assert.equal(comparePictures(before, undefined).share, 1, 'a page that is gone differs wholly')
  // A shade nobody sees is no difference.
  const shade = drawPage(svgPages(svg(glyph(20).replace('#1f5f5b', '#205f5b')))[0]!)
  assert.equal(comparePictures(before, shade).share, 0)
})

test('a PNG holds the very pixels', () => {
  const canvas = drawPage(svgPages(svg(glyph(20)))[0]!)
  const png = pngOf(canvas)
  const at = png.indexOf('IDAT')
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))
  const width = canvas.width * 3
  const pixels = new Uint8Array(width * canvas.height)
  for (let y = 0; y < canvas.height; y++)
    for (let x = 0; x < width; x++)
      pixels[y * width + x] = rows[y * (width + 1) + 1 + x]! + (y === 0 ? 0 : pixels[(y - 1) * width + x]!)
  assert.deepEqual(pixels, canvas.pixels)
})
