import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { monthsOption } from './months.ts'
import { shareOption } from './share.ts'
import { chartSvg, disposeCharts, drawn } from './svg.ts'

after(disposeCharts)

const look = {
  lang: 'zh-CN' as const,
  currency: 'GBP',
  colour: '#1f5f5b',
  accent: '#c8552d',
  fontFamily: 'X',
  fontSize: 12,
}
const BAR = /<path d="(M[^"]*)" fill="(#[0-9a-f]{6})"[^>]*><\/path>\n?/g

/** Left, top, right and bottom of the bars with their colour, and what else is in the drawing. */
function taken(svg: string) {
  const bars = [...svg.matchAll(BAR)].map(([, path = '', colour]) => {
    // Arcs are r r 0 0 1 x y.
    const plain = path.replace(/A[\d.]+ [\d.]+ 0 0 [01] /g, 'L')
    const points: [number, number][] = []
    for (const [, command, numbers = ''] of plain.matchAll(/([MLHVl])([^A-Za-z]*)/g)) {
      const [a = 0, b = 0] = numbers
        .trim()
        .split(/[ ,]+|(?=-)/)
        .map(Number)
      const [x, y] = points.at(-1) ?? [0, 0]
      points.push(command === 'H' ? [a, y] : command === 'V' ? [x, a] : command === 'l' ? [x + a, y + b] : [a, b])
    }
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
    return { box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const, colour }
  })
  return { bars, rest: svg.replace(BAR, '').replace(/\s+/g, '') }
}

test('bars put into a frame that was drawn before are those that ECharts draws', () => {
  const amount = fc.oneof(
    fc.integer({ min: -200_000, max: 2_000_000 }),
    fc.integer({ min: 0, max: 300 }),
    fc.constantFrom(0, 1, -1, 120_000, 5_000_000_000),
  )
  const months = fc
    .array(amount, { minLength: 1, maxLength: 12 })
    .map(amounts => amounts.map((amount, at) => ({ month: `2010-${String(at + 1).padStart(2, '0')}`, amount })))
  fc.assert(
    fc.property(months, fc.constantFrom('GBP', 'JPY', 'CNY'), (rows, currency) => {
      const option = monthsOption(rows, { ...look, currency })
      const [ours, theirs] = [taken(chartSvg(option, 680, 145)), taken(drawn(option, 680, 145).svg)]
      assert.equal(ours.rest, theirs.rest)
      // What has no height to speak of is left out by us.
      const high = theirs.bars.filter(({ box }) => box[3] - box[1] > 0.3)
      assert.ok(ours.bars.length >= high.length && ours.bars.length <= rows.length)
      for (const { box, colour } of high) {
        const same = ours.bars.find(each => each.box.every((value, side) => Math.abs(value - box[side]!) < 0.2))
        assert.equal(same?.colour, colour, `${box} among ${ours.bars.map(each => each.box).join(' | ')}`)
      }
      assert.equal(chartSvg(option, 680, 145), chartSvg(option, 680, 145))
    }),
    { numRuns: 80 },
  )
})

test('every other chart is drawn as a whole', () => {
  const option = shareOption([{ name: 'a', amount: 3 }], look)
  assert.equal(chartSvg(option, 680, 190), drawn(option, 680, 190).svg)
})
