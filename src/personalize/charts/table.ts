import type { Lang } from '../../platform/errors.ts'
import { money, month, shortMonth } from '../compose/format.ts'
import type { MonthAmount } from './months.ts'

/** Height of the tallest bar in an e-mail, px. */
const TALLEST = 88

/**
 * The twelve-month chart as an HTML table of bars: mail programs block pictures until asked and know no SVG. Reads as a
 * table, too (each bar says its month and amount).
 */
export function chartTable(months: unknown, { lang, currency }: { lang: Lang; currency: string }): string {
  if (!Array.isArray(months) || months.length === 0) return ''
  const rows = months.filter(isMonth)
  const most = Math.max(1, ...rows.map(({ amount }) => amount))
  const bars = rows.map(({ month: iso, amount }, index) => {
    const height = Math.max(amount > 0 ? 2 : 0, Math.round((TALLEST * Math.max(0, amount)) / most))
    const colour = index === rows.length - 1 ? '#c8552d' : '#1f6f6b'
    const said = `${month(iso, lang)}: ${money(amount, currency)}`
    return `<td align="center" valign="bottom" height="${TALLEST}" style="padding:0 2px;vertical-align:bottom" title="${said}"><div role="img" aria-label="${said}" style="height:${height}px;line-height:${height}px;font-size:0;background:${colour};border-radius:2px 2px 0 0">&#8203;</div></td>`
  })
  const labels = rows.map(
    ({ month: iso }) =>
      `<td class="soft" align="center" style="font-size:11px;color:#5b6470;padding:4px 1px 0;white-space:nowrap">${shortMonth(iso, lang)}</td>`,
  )
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="table-layout:fixed;width:100%;border-collapse:collapse"><tr>${bars.join('')}</tr><tr>${labels.join('')}</tr></table>`
}

const isMonth = (value: unknown): value is MonthAmount =>
  typeof value === 'object' &&
  value !== null &&
  /^\d{4}-\d{2}$/.test(String((value as MonthAmount).month)) &&
  typeof (value as MonthAmount).amount === 'number'
