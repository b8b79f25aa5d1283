import type { Text } from '../../platform/text.ts'
import type { TurnRuns } from '../runs-of-turn.ts'
import type { SevenPPage } from './parts.ts'

interface Origin {
  step: string
  run: (runs: TurnRuns) => number
  rows: Text
  from: string[]
}

const derived = (en: string, zh: string, ...from: string[]): Origin => ({
  step: 'segments',
  run: runs => runs.segments,
  rows: { en, zh },
  from,
})

/** From which rows each table was made; the last ones are rows of files, which every customer's page shows with file and row number. */
const origins: Record<string, Origin> = {
  seven_p_customers: derived(
    'one row per customer',
    '每位客户一行',
    'features',
    'scores',
    'segment_members',
    'golden_records',
    'purchases',
  ),
  seven_p_months: derived(
    'sums by segment, place and month',
    '按客群、地区、月份汇总',
    'purchases',
    'seven_p_customers',
  ),
  seven_p_cohorts: derived(
    'customers by month of first purchase and months since',
    '按首购月份与其后月数的客户数',
    'seven_p_customers',
  ),
  seven_p_categories: derived('sums by category and month', '按品类、月份汇总', 'purchases', 'seven_p_customers'),
  seven_p_owned: derived('one row per customer and category', '每位客户每个品类一行', 'purchases', 'seven_p_customers'),
  seven_p_pairs: derived('customers by pair of categories', '每对品类的客户数', 'seven_p_owned'),
  seven_p_products: derived('sums by product and month', '按产品、月份汇总', 'purchases', 'seven_p_customers'),
  seven_p_contacts: derived(
    'contacts and answers by month, channel and offer',
    '按月份、渠道、优惠的触达与回应',
    'events',
    'seven_p_customers',
  ),
  seven_p_arms: derived(
    'customers chosen and held out by campaign, and their margin since',
    '各活动的计划组与对照组及其后毛利',
    'events',
    'purchases',
    'seven_p_customers',
  ),
  features: {
    step: 'features',
    run: runs => runs.features,
    rows: { en: 'one row per customer as of the date', zh: '截至日期每位客户一行' },
    from: ['golden_records', 'purchases', 'customer_attributes', 'events'],
  },
  scores: {
    step: 'models',
    run: runs => runs.models,
    rows: { en: 'what the models say of each customer', zh: '模型对每位客户的判断' },
    from: ['features', 'purchases'],
  },
  segment_members: {
    step: 'segments',
    run: runs => runs.segments,
    rows: { en: 'the one segment of each customer', zh: '每位客户所属的唯一客群' },
    from: ['features', 'scores'],
  },
  golden_records: {
    step: 'identity',
    run: runs => runs.identity,
    rows: { en: 'what is believed of each customer', zh: '每位客户的黄金记录' },
    from: ['source_records'],
  },
  customer_attributes: {
    step: 'identity',
    run: runs => runs.identity,
    rows: { en: 'research answers and outside data', zh: '调查回答与外部数据' },
    from: ['source_attributes'],
  },
  purchases: {
    step: 'identity',
    run: runs => runs.identity,
    rows: { en: 'lines of invoices of known customers', zh: '已知客户的发票明细' },
    from: ['sale_lines'],
  },
  source_records: {
    step: 'import',
    run: () => 0,
    rows: { en: 'rows of the files, with file and row number', zh: '文件中的行（含文件与行号）' },
    from: [],
  },
  source_attributes: {
    step: 'import',
    run: () => 0,
    rows: { en: 'rows of survey and region files', zh: '调查与地区文件中的行' },
    from: [],
  },
  sale_lines: { step: 'import', run: () => 0, rows: { en: 'rows of the sales files', zh: '销售文件中的行' }, from: [] },
  events: { step: '', run: () => 0, rows: { en: 'what happened, as it was reported', zh: '所报告的事件' }, from: [] },
  insight_targets: {
    step: '',
    run: () => 0,
    rows: { en: 'targets set by people, with who and when', zh: '人工设定的目标（含设定人与时间）' },
    from: [],
  },
  runs: {
    step: 'measure',
    run: () => 0,
    rows: { en: 'figures each turn’s last step measured', zh: '各轮末步测得的数据' },
    from: [],
  },
}

/** The tables named, and all they were made of. */
export function lineageOf(tables: Iterable<string>, runs: TurnRuns): SevenPPage['lineage'] {
  const seen = new Set<string>()
  const visit = (table: string): void => {
    const origin = origins[table]
    if (seen.has(table) || !origin) return
    seen.add(table)
    for (const next of origin.from) visit(next)
  }
  for (const table of tables) visit(table)
  return [...seen].map(table => {
    const { step, run, rows, from } = origins[table]!
    return { table, step, run: run(runs), rows, from }
  })
}
