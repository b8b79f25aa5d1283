import type { Lang } from '../../platform/errors.ts'
import type { Report, ReportSection } from '../../platform/export/index.ts'
import type { Text } from '../../platform/text.ts'
import type { Filter } from './asked.ts'
import { type Block, countryText, monthText, provinceText, type SevenPPage } from './parts.ts'

interface Taken {
  lang: Lang
  /** ISO instant and login: an export says whose it is. */
  at: string
  by: string
}

const words = {
  figures: { en: 'Figures', zh: '指标' },
  figure: { en: 'Figure', zh: '指标' },
  value: { en: 'Value', zh: '值' },
  low: { en: 'from', zh: '下限' },
  high: { en: 'to', zh: '上限' },
  all: { en: 'All customers', zh: '全体客户' },
  group: { en: 'Group', zh: '组别' },
  lineage: { en: 'Where the numbers come from', zh: '数据来源' },
  table: { en: 'Table', zh: '数据表' },
  step: { en: 'Step', zh: '步骤' },
  run: { en: 'Run', zh: '运行编号' },
  rows: { en: 'Rows', zh: '行' },
  from: { en: 'made of', zh: '来自' },
  everybody: { en: 'all customers', zh: '全体客户' },
} satisfies Record<string, Text>

/** Who and when, in a sentence: what stands under the title of every file. */
export function filterInWords(page: Pick<SevenPPage, 'choices' | 'period'>, filter: Filter): Text {
  const segment = page.choices.segments.find(choice => choice.id === filter.segment)?.name
  const parts: Text[] = [
    ...(segment ? [segment] : []),
    ...(filter.country === '' ? [] : [countryText(filter.country)]),
    ...(filter.province === '' ? [] : [provinceText(filter.province)]),
  ]
  const who =
    parts.length > 0 ? { en: parts.map(p => p.en).join(', '), zh: parts.map(p => p.zh).join('、') } : words.everybody
  const { from, to, meaning } = page.period
  return {
    en: `${who.en} · ${monthText(from).en} to ${monthText(to).en}: ${meaning.en}`,
    zh: `${who.zh} · ${monthText(from).zh}至${monthText(to).zh}：${meaning.zh}`,
  }
}

/** A page as a report: its figures, each block as a table, and where the numbers come from. `only`: one block. */
export function pageReport(page: SevenPPage, filter: Filter, { lang, at, by }: Taken, only = ''): Report {
  const say = (text: Text): string => (lang === 'zh-CN' ? text.zh : text.en)
  const filtered = say(filterInWords(page, filter))
  const figures: ReportSection[] = page.figures.map(figure => ({
    title: say(figure.name),
    note: `${say(figure.formula)}${figure.note ? ` (${say(figure.note)})` : ''}`,
    columns: [
      { name: say(words.figure), unit: 'text' },
      { name: say(words.value), unit: figure.unit },
      { name: say(words.low), unit: figure.unit },
      { name: say(words.high), unit: figure.unit },
      { name: say(words.all), unit: figure.unit },
    ],
    rows: [[say(figure.name), figure.value, figure.low ?? null, figure.high ?? null, figure.all ?? null]],
  }))
  const blocks = page.blocks.filter(block => only === '' || block.id === only)
  return {
    title: say(page.title),
    lead: [
      say(page.question),
      filtered,
      lang === 'zh-CN'
        ? `数据截至 ${page.asOf}，共 ${page.customers.inside} / ${page.customers.all} 位客户；${by} 于 ${at} 导出`
        : `As of ${page.asOf}, ${page.customers.inside} of ${page.customers.all} customers; taken by ${by} at ${at}`,
    ],
    lang,
    currency: page.currency,
    sections: [
      ...(only === '' ? together(figures, say) : []),
      ...blocks.map(block => sectionOf(block, say)),
      ...(only === '' ? [lineage(page, say)] : []),
    ],
  }
}

/** Figures of different units cannot share number formats, so each unit has its table. */
function together(figures: readonly ReportSection[], say: (text: Text) => string): ReportSection[] {
  return [...Map.groupBy(figures, figure => figure.columns[1]!.unit)].map(([, same], k) => ({
    title: k === 0 ? say(words.figures) : `${say(words.figures)} ${k + 1}`,
    note: same.map(figure => `${figure.title}: ${figure.note}`).join('. '),
    columns: same[0]!.columns,
    rows: same.flatMap(figure => figure.rows),
  }))
}

function sectionOf(block: Block, say: (text: Text) => string): ReportSection {
  const grouped = block.rows.some(row => row.group)
  return {
    title: say(block.title),
    note: [
      say(block.formula),
      ...(block.note ? [say(block.note)] : []),
      ...(block.rows.length === 0 ? [say(block.empty)] : []),
    ].join(' '),
    columns: [
      ...(grouped ? [{ name: say(block.grouped ?? words.group), unit: 'text' as const }] : []),
      { name: say(block.label), unit: 'text' as const },
      ...block.columns.map(({ name, unit }) => ({ name: say(name), unit })),
    ],
    rows: block.rows.map(row => [...(grouped ? [row.group ? say(row.group) : ''] : []), say(row.label), ...row.values]),
    ...(block.draw === 'heat' || block.draw === 'lines' || block.rows.length === 0
      ? {}
      : { bars: block.shown + (grouped ? 2 : 1) }),
  }
}

const lineage = (page: SevenPPage, say: (text: Text) => string): ReportSection => ({
  title: say(words.lineage),
  note: '',
  columns: [words.table, words.step, words.run, words.rows, words.from].map(name => ({
    name: say(name),
    unit: 'text' as const,
  })),
  rows: page.lineage.map(({ table, step, run, rows, from }) => [
    table,
    step,
    run === 0 ? '' : String(run),
    say(rows),
    from.join(', '),
  ]),
})
