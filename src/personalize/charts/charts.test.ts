import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { chartTypes } from '../compose/template.ts'
import { readChart } from './chart.ts'
import { chartSvg, disposeCharts } from './svg.ts'
import { chartTable } from './table.ts'

after(disposeCharts)

const look = {
  lang: 'zh-CN',
  currency: 'GBP',
  colour: '#1f5f5b',
  accent: '#c8552d',
  fontFamily: 'sans-serif',
  fontSize: 12,
} as const

const rows = {
  months: Array.from({ length: 12 }, (_, at) => ({
    month: `2010-${String(at + 1).padStart(2, '0')}`,
    amount: at * 1000 - 500,
  })),
  share: ['灯饰', '厨房', '圣诞'].map((name, at) => ({ name, amount: (at + 1) * 1234 })),
  comparison: ['灯饰', '厨房'].map((name, at) => ({ name, amount: (at + 2) * 500, before: (at + 1) * 700 })),
  usage: Array.from({ length: 30 }, (_, at) => ({
    day: `2010-11-${String(at + 1).padStart(2, '0')}`,
    value: (at * 7) % 40,
  })),
}

test('one description gives the picture, the table and the words', () => {
  for (const type of chartTypes) {
    const chart = readChart(type, rows[type])!
    const svg = chartSvg(chart.option(look), 680, 150)
    assert.ok(svg.startsWith('<svg') && svg.length > 1500, type)
    assert.equal(
      svg,
      chartSvg(readChart(type, rows[type])!.option(look), 680, 150),
      `${type}: drawn again it is the same`,
    )
    const { head, rows: lines } = chart.table(look)
    assert.equal(lines.length, rows[type].length)
    assert.ok(
      lines.every(line => line.length === head.length),
      type,
    )
    assert.match(chart.extremes(look), /^最高 .+，最低 /)
  }
  assert.equal(
    readChart('months', rows.months)!.extremes({ lang: 'en', currency: 'GBP' }),
    'highest December 2010 £105.00, lowest January 2010 −£5.00',
  )
})

test('a mail\u2019s table names every row and escapes what is in it', () => {
  const html = chartTable([{ name: '<b>"x"</b>', amount: 500 }, ...rows.share], look, 'share')
  assert.ok(!html.includes('<b>') && html.includes('&#60;b&#62;'))
  assert.equal(html.match(/<th scope="row"/g)?.length, 4)
  assert.equal(html.match(/<th scope="col"/g)?.length, 3)
  assert.equal(chartTable(rows.months, look).match(/aria-label=/g)?.length, 12)
})

test('whatever is given as rows, a chart is drawn of what is right in it, or none', () => {
  fc.assert(
    fc.property(fc.constantFrom(...chartTypes), fc.oneof(fc.anything(), fc.array(fc.anything())), (type, given) => {
      const chart = readChart(type, given)
      assert.equal(typeof chartTable(given, look, type), 'string')
      if (chart) assert.ok(chart.table(look).rows.length > 0)
    }),
    { numRuns: 300 },
  )
  assert.equal(readChart('months', [{ month: '2010-11' }, { month: 'x', amount: 1 }]), undefined)
  assert.equal(chartTable(rows.months, look, 'nothing'), '')
})
