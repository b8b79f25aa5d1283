import type { Text } from '../../../platform/text.ts'
import type { OwnDefinition } from './definition.ts'

const figures: Record<string, Text> = {
  orders: { en: 'Invoices', zh: '发票数：' },
  days: { en: 'Days', zh: '天数：' },
  lines: { en: 'Lines', zh: '行数：' },
  pieces: { en: 'Pieces', zh: '件数：' },
  money: { en: 'Value', zh: '金额：' },
  margin: { en: 'Margin', zh: '毛利：' },
  share: { en: 'Share of the value', zh: '金额占比：' },
  since: { en: 'Days since the last', zh: '距最近一次的天数：' },
  count: { en: 'Number', zh: '次数：' },
}
const rows = {
  bought: { en: 'of goods bought', zh: '购买的商品' },
  returned: { en: 'of goods returned', zh: '退回的商品' },
  services: { en: 'of services', zh: '服务项目' },
} as const

const months = 'January February March April May June July August September October November December'.split(' ')
const weekdays = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')

/** The declaration in one sentence of each language; shown where nobody wrote a better one. */
export function meaningOf(own: OwnDefinition): Text {
  if (own.over === 'answers') return { en: `Newest answer to “${own.attribute}”`, zh: `“${own.attribute}”的最新答案` }
  const figure = figures[own.figure]!
  const parts: Text[] = [
    own.over === 'purchases'
      ? rows[own.rows]
      : { en: `of events ${own.types.join(', ')}`, zh: `事件 ${own.types.join('、')}` },
  ]
  const add = (en: string, zh: string) => parts.push({ en, zh })
  if (own.over === 'events' && own.channels) add(`by ${own.channels.join(', ')}`, `渠道 ${own.channels.join('、')}`)
  if (own.over === 'purchases') {
    if (own.categories) add(`in ${own.categories.join(', ')}`, `品类 ${own.categories.join('、')}`)
    if (own.products) add(`of ${own.products.join(', ')}`, `产品 ${own.products.join('、')}`)
    if (own.months) add(`in ${own.months.map(m => months[m - 1]).join(', ')}`, `${own.months.join('、')} 月`)
    if (own.weekdays)
      add(`on ${own.weekdays.map(d => weekdays[d - 1]).join(', ')}`, `每周第 ${own.weekdays.join('、')} 天`)
    if (own.least !== undefined) add(`of at least ${own.least / 100} a line`, `每行至少 ${own.least / 100}`)
    if (own.most !== undefined) add(`of at most ${own.most / 100} a line`, `每行至多 ${own.most / 100}`)
  }
  if (own.until) add(`at least ${own.until} days ago`, `至少 ${own.until} 天前`)
  if (own.days !== undefined) add(`in the last ${own.days} days`, `最近 ${own.days} 天内`)
  return {
    en: `${figure.en} ${parts.map(part => part.en).join(', ')}`,
    zh: `${figure.zh}${parts.map(part => part.zh).join('，')}`,
  }
}
