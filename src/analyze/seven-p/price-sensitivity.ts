import { type Asked, CUSTOMERS } from './asked.ts'
import { type Block, type Figure, known, nothingBought, segmentText } from './parts.ts'
import { wilson } from './statistics/two-proportions.ts'

const sensitivitySql = `
SELECT segment, countIf(trait_price_sensitivity = 'low') AS low, countIf(trait_price_sensitivity = 'medium') AS medium,
  countIf(trait_price_sensitivity = 'high') AS high,
  ifNull(avg(price_index), nan) AS paid, ifNull(avg(discounted_share), nan) AS discounted, count(price_index) AS priced
FROM seven_p_customers
WHERE ${CUSTOMERS}
GROUP BY GROUPING SETS ((segment), ())
ORDER BY discounted DESC`

interface Sensitivity {
  segment: string
  low: number
  medium: number
  high: number
  /** NaN: nobody bought anything that has a list price. */
  paid: number
  discounted: number
  priced: number
}

/** What customers said of prices, and what they did. */
export async function priceSensitivity(ask: Asked): Promise<{ figure: Figure; block: Block }> {
  const rows = await ask.app.facts.query<Sensitivity>(sensitivitySql, ask.params)
  const all = rows.find(row => row.segment === '') ?? { low: 0, medium: 0, high: 0 }
  const answers = all.low + all.medium + all.high
  const interval = wilson(all.high, answers)
  return {
    figure: {
      id: 'price-sensitive',
      name: { en: 'Price-sensitive', zh: '价格敏感占比' },
      formula: { en: 'answers “high” ÷ all answers to the survey’s question', zh: '调查中回答“高”的占比' },
      unit: 'share',
      value: known(all.high / answers),
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      table: 'seven_p_customers',
      who: 'trait:price_sensitivity:high',
    },
    block: {
      id: 'sensitivity',
      title: { en: 'Price sensitivity', zh: '价格敏感度' },
      formula: {
        en: 'What they did: mean share of the value bought a tenth or more below list price, and mean price paid per list price. What they said: the newest survey answers.',
        zh: '行为：以低于目录价 10% 以上购得的金额占比的平均值，及实付价与目录价之比的平均值。回答：最近一次调查。',
      },
      note: {
        en: `${answers} customers answered: what is said of few of them is no more than a hint.`,
        zh: `共 ${answers} 位客户回答：人数少的客群仅供参考。`,
      },
      table: 'seven_p_customers',
      draw: 'bars',
      label: { en: 'Segment', zh: '客群' },
      columns: [
        { id: 'discounted', name: { en: 'Bought at a discount', zh: '折扣购买占比' }, unit: 'share' },
        { id: 'paid', name: { en: 'Paid ÷ list price', zh: '实付 ÷ 目录价' }, unit: 'number' },
        { id: 'high-share', name: { en: 'Answered “high”', zh: '回答“高”' }, unit: 'share' },
        { id: 'low', name: { en: 'low', zh: '低（人数）' }, unit: 'count' },
        { id: 'medium', name: { en: 'medium', zh: '中（人数）' }, unit: 'count' },
        { id: 'high', name: { en: 'high', zh: '高（人数）' }, unit: 'count' },
      ],
      shown: 0,
      rows: rows
        .filter(row => row.segment !== '' && row.priced + row.low + row.medium + row.high > 0)
        .map(row => ({
          key: row.segment,
          label: segmentText(ask, row.segment),
          values: [
            known(row.discounted),
            known(row.paid),
            known(row.high / (row.low + row.medium + row.high)),
            row.low,
            row.medium,
            row.high,
          ],
          who: `segment:${row.segment}`,
        })),
      empty: nothingBought,
    },
  }
}
