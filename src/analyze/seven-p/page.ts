import type { App } from '../../platform/app.ts'
import type { P } from '../board/figures.ts'
import { titles } from '../board/figures.ts'
import { ALL, type Asked, asked, CUSTOMERS, type Filter } from './asked.ts'
import { ofRun } from './choices.ts'
import { lineageOf } from './lineage.ts'
import { type Content, countryText, provinceText, type SevenPPage, segmentText } from './parts.ts'
import { performance, windowOf } from './performance.ts'
import { lastMonthOf } from './period.ts'
import { persistency } from './persistency.ts'
import { product } from './product.ts'
import { profiling } from './profiling.ts'
import { profitability } from './profitability.ts'
import { promotion } from './promotion.ts'
import { prospecting } from './prospecting.ts'

export type { P }

const pages: Record<P, (ask: Asked) => Promise<Content>> = {
  profiling,
  persistency,
  profitability,
  performance,
  prospecting,
  product,
  promotion,
}

/** A turn of an older version, or of nobody. */
const unwritten = {
  tone: 'warn' as const,
  text: {
    en: 'The newest turn wrote nothing for these pages: it ran before they were there, or knows no customers. Run a turn.',
    zh: '最近一轮未写入这些页面的数据：该轮运行于本功能之前，或没有客户。请运行一轮。',
  },
}

/** The whole page: its figures, with what can be chosen and where every number comes from. */
export async function sevenPPageOf(app: App, p: P, filter: Filter): Promise<SevenPPage> {
  const ask = await asked(app, filter, p === 'performance')
  const { cells, firstMonth, lastWholeMonth } = await ofRun(ask)
  const [content, { inside, all }] = await Promise.all([
    pages[p](ask),
    app.facts.one<{ inside: number; all: number }>(
      `SELECT countIf(${CUSTOMERS}) AS inside, count() AS all FROM seven_p_customers WHERE ${ALL}`,
      ask.params,
    ),
  ])
  const add = (of: (cell: (typeof cells)[number]) => string, keep: (cell: (typeof cells)[number]) => boolean) => {
    const sums = new Map<string, number>()
    for (const cell of cells) if (keep(cell)) sums.set(of(cell), (sums.get(of(cell)) ?? 0) + cell.customers)
    return [...sums].toSorted((a, b) => b[1] - a[1])
  }
  const last = lastMonthOf(ask.runs.asOf)
  const window = p === 'performance' && firstMonth !== '' ? windowOf(ask, firstMonth, lastWholeMonth) : ask.period
  const tables = new Set([...content.figures.map(figure => figure.table), ...content.blocks.map(block => block.table)])
  return {
    p,
    title: titles[p],
    question: content.question,
    asOf: ask.runs.asOf,
    currency: ask.currency,
    period: { from: window.from, to: window.to, given: ask.period.given, meaning: content.meaning },
    customers: { inside, all },
    choices: {
      segments: add(
        cell => cell.segment,
        () => true,
      ).map(([id]) => ({ id, name: segmentText(ask, id) })),
      countries: add(
        cell => cell.country,
        () => true,
      ).map(([id, customers]) => ({ id: id || '?', name: countryText(id), customers })),
      provinces: add(
        cell => cell.province,
        cell => filter.country !== '' && cell.country === (filter.country === '?' ? '' : filter.country),
      ).map(([id, customers]) => ({ id: id || '?', name: provinceText(id), customers })),
      firstMonth: firstMonth || last,
      lastMonth: p === 'performance' && lastWholeMonth > last ? lastWholeMonth : last,
    },
    figures: content.figures,
    blocks: content.blocks,
    notes: [...(all === 0 ? [unwritten] : []), ...(content.notes ?? [])],
    lineage: lineageOf(tables, ask.runs),
  }
}
