import { chromium } from 'playwright-core'
import type { Data } from '../../src/personalize/compose/check-data.ts'
import { drawnCharts } from '../../src/personalize/compose/drawn-charts.ts'
import { money } from '../../src/personalize/compose/format.ts'
import type { TemplateVersion } from '../../src/personalize/compose/template.ts'
import { viewOf } from '../../src/personalize/compose/texts.ts'

/** The same bill as a web page: same texts, table, chart and boxes, in the fonts of the machine. */
function page(version: TemplateVersion, data: Data): string {
  const view = viewOf(version, data)
  const { t } = view
  const bill = data as {
    to: { name: string; address: string[] }
    invoices: { date: string; number: string; text: string; pieces: number; amount: number }[]
    total: number
    currency: string
  }
  const cash = (amount: number) => money(amount, bill.currency)
  const lines = bill.invoices.map(
    line =>
      `<tr><td>${line.date}<td>${line.number}<td>${line.text}<td>${line.pieces}<td style="text-align:right">${cash(line.amount)}</tr>`,
  )
  return `<!doctype html><meta charset=utf-8><style>@page{size:A4;margin:20mm}body{font:9.5pt "Noto Sans CJK SC","Noto Sans SC",sans-serif}
table{width:100%;border-collapse:collapse;font-size:8.5pt}td,th{border-bottom:.5pt solid #d5dbe1;padding:4pt}aside{background:#f3ece2;padding:10pt;border-radius:4pt}</style>
<header><h1>${t['title']}</h1></header><p>${bill.to.name}<br>${bill.to.address.join('<br>')}</p><p>${t['balance']} <b>${cash(bill.total)}</b></p>
<p>${t['greeting']}<p>${t['intro']}<h2>${t['lines']}</h2><table><tr>${['date', 'number', 'text', 'pieces', 'amount'].map(key => `<th>${t[key]}`).join('')}</tr>${lines.join('')}</table>
<h2>${t['chart']}</h2>${[...drawnCharts(version, view).values()].map(({ svg }) => svg).join('')}<aside><h2>${t['noOfferHeadline']}</h2>${t['noOfferText']}</aside><h2>${t['payTitle']}</h2><p>${t['pay']}<p>${t['questions']}`
}

/** Documents a second of Debian's Chromium, one reused tab, as a company would do it without us. */
export async function printByChromium(version: TemplateVersion, rows: readonly Data[]): Promise<number> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    const tab = await browser.newPage()
    await tab.setContent(page(version, rows[0]!))
    await tab.pdf({ format: 'A4' })
    const started = performance.now()
    for (const row of rows) {
      await tab.setContent(page(version, row))
      await tab.pdf({ format: 'A4' })
    }
    return rows.length / ((performance.now() - started) / 1000)
  } finally {
    await browser.close()
  }
}
