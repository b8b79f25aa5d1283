/** Every chart of a document: one description for the page, the PDF and the mail, and the same in words and as a table. */
import type { EChartsOption } from 'echarts'
import { z } from 'zod'
import { day, grouped, money, month } from '../compose/format.ts'
import type { ChartType } from '../compose/template.ts'
import { type Comparison, comparisonOption, comparisonWords } from './comparison.ts'
import type { ChartLook } from './look.ts'
import { type MonthAmount, monthsOption } from './months.ts'
import { percent, type Share, shareOption } from './share.ts'
import { type Usage, usageOption } from './usage.ts'

/** A chart's figures as a person without eyes on it reads them: what it shows in a sentence, and all of it as a table. */
export interface ChartTable {
  head: string[]
  rows: string[][]
}

interface ChartKind<Row> {
  rows: z.ZodType<Row>
  option(rows: readonly Row[], look: ChartLook): EChartsOption
  table(rows: readonly Row[], look: TableLook): ChartTable
  /** What one bar, slice or point is called, and how large it is: for a mail's bars, and for words about the largest. */
  sizes(rows: readonly Row[]): number[]
}
type TableLook = Pick<ChartLook, 'lang' | 'currency'>

const named = { name: z.string().max(80), amount: z.number() }

const kinds: {
  months: ChartKind<MonthAmount>
  share: ChartKind<Share>
  comparison: ChartKind<Comparison>
  usage: ChartKind<Usage>
} = {
  months: {
    rows: z.object({ month: z.string().regex(/^\d{4}-\d{2}$/), amount: z.number() }),
    option: monthsOption,
    table: (rows, { lang, currency }) => ({
      head: words[lang].months,
      rows: rows.map(row => [month(row.month, lang), money(row.amount, currency, lang)]),
    }),
    sizes: rows => rows.map(({ amount }) => amount),
  },
  share: {
    rows: z.object({ ...named, amount: z.number().nonnegative() }),
    option: shareOption,
    table: (rows, { lang, currency }) => {
      const sum = rows.reduce((all, { amount }) => all + amount, 0)
      return {
        head: words[lang].share,
        rows: rows.map(({ name, amount }) => [name, money(amount, currency, lang), percent(amount, sum)]),
      }
    },
    sizes: rows => rows.map(({ amount }) => amount),
  },
  comparison: {
    rows: z.object({ ...named, before: z.number() }),
    option: comparisonOption,
    table: (rows, { lang, currency }) => {
      const { before, now } = comparisonWords(lang)
      return {
        head: ['', before, now],
        rows: rows.map(row => [row.name, money(row.before, currency, lang), money(row.amount, currency, lang)]),
      }
    },
    sizes: rows => rows.map(({ amount }) => amount),
  },
  usage: {
    rows: z.object({ day: z.iso.date(), value: z.number() }),
    option: usageOption,
    table: (rows, { lang }) => ({
      head: words[lang].usage,
      rows: rows.map(row => [day(row.day, lang), grouped(row.value)]),
    }),
    sizes: rows => rows.map(({ value }) => value),
  },
}

const words = {
  'zh-CN': {
    months: ['月份', '金额'],
    share: ['项目', '金额', '占比'],
    usage: ['日期', '用量'],
    most: '最高',
    least: '最低',
    comma: '，',
  },
  'zh-TW': {
    months: ['月份', '金額'],
    share: ['項目', '金額', '占比'],
    usage: ['日期', '用量'],
    most: '最高',
    least: '最低',
    comma: '，',
  },
  en: {
    months: ['Month', 'Amount'],
    share: ['Item', 'Amount', 'Share'],
    usage: ['Day', 'Used'],
    most: 'highest',
    least: 'lowest',
    comma: ', ',
  },
}

/** A chart with the rows that are what it is made of; none: no chart. Values of another shape are left out, as if they were not there. */
export interface Chart {
  option(look: ChartLook): EChartsOption
  table(look: TableLook): ChartTable
  sizes: number[]
  /** `柱状图…：最高 2010年11月 £1,492.01，最低 …`, to follow what the template calls the chart. */
  extremes(look: TableLook): string
}

export function readChart(type: ChartType, given: unknown): Chart | undefined {
  return chartOf(kinds[type] as ChartKind<unknown>, given)
}

function chartOf<Row>(kind: ChartKind<Row>, given: unknown): Chart | undefined {
  const rows = Array.isArray(given) ? given.flatMap(row => kind.rows.safeParse(row).data ?? []) : []
  if (rows.length === 0) return undefined
  const sizes = kind.sizes(rows)
  return {
    sizes,
    option: look => kind.option(rows, look),
    table: look => kind.table(rows, look),
    extremes(look) {
      const said = kind.table(rows, look).rows
      const at = (size: number) => said[sizes.indexOf(size)]!.join(' ')
      const { most, least, comma } = words[look.lang]
      return `${most} ${at(Math.max(...sizes))}${comma}${least} ${at(Math.min(...sizes))}`
    },
  }
}
