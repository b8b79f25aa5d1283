import { ALL, type Asked, CUSTOMERS, IN_PERIOD, INSIDE } from './asked.ts'
import { type Contacts, contactCosts, costOf } from './contact-costs.ts'
import { type Block, type Content, known, monthText, nothingBought, segmentText } from './parts.ts'

const monthsSql = (where: string) => `
SELECT segment, sum(gross_minor) - sum(returned_minor) AS sales, sum(returned_minor) AS returned, sum(gross_minor) AS gross,
  sum(margin_minor) AS margin
FROM seven_p_months
WHERE ${where} AND ${IN_PERIOD}
GROUP BY GROUPING SETS ((segment), ())
ORDER BY margin DESC`
const byMonthSql = `
SELECT formatDateTime(month, '%Y-%m') AS name, sum(gross_minor) - sum(returned_minor) AS sales, sum(margin_minor) AS margin
FROM seven_p_months
WHERE ${INSIDE} AND ${IN_PERIOD}
GROUP BY month ORDER BY month`
const contactsSql = `
SELECT segment, channel, sum(contacts) AS contacts, sum(costed) AS costed, sum(cost_minor) AS cost_minor
FROM seven_p_contacts
WHERE ${INSIDE} AND ${IN_PERIOD}
GROUP BY segment, channel`
const customersSql = `SELECT segment, count() AS customers FROM seven_p_customers WHERE ${CUSTOMERS} GROUP BY GROUPING SETS ((segment), ())`

/** Customers in 500 steps of margin: the order within a step does not change the curve at its ends. */
const whaleSql = `
SELECT whale_minor AS edge, count() AS customers, sum(margin_365_minor) AS margin
FROM seven_p_customers
WHERE ${CUSTOMERS} AND purchase_days > 0
GROUP BY edge
ORDER BY edge DESC`
const decilesSql = `
SELECT value_decile AS decile, count() AS customers, sum(value_minor) AS value, sum(margin_365_minor) AS margin, avg(p_alive) AS alive
FROM seven_p_customers
WHERE ${CUSTOMERS} AND value_decile > 0
GROUP BY decile
ORDER BY decile`

interface Sums {
  segment: string
  sales: number
  returned: number
  gross: number
  margin: number
}
const none: Sums = { segment: '', sales: 0, returned: 0, gross: 0, margin: 0 }

export async function profitability(ask: Asked): Promise<Content> {
  const { app, params, period } = ask
  const [sums, all, months, contacts, counts, whale, deciles, costs] = await Promise.all([
    app.facts.query<Sums>(monthsSql(INSIDE), params),
    app.facts.query<Sums>(monthsSql(ALL), params),
    app.facts.query<{ name: string; sales: number; margin: number }>(byMonthSql, params),
    app.facts.query<Contacts & { segment: string }>(contactsSql, params),
    app.facts.query<{ segment: string; customers: number }>(customersSql, params),
    app.facts.query<{ edge: number; customers: number; margin: number }>(whaleSql, params),
    app.facts.query<{ decile: number; customers: number; value: number; margin: number; alive: number }>(
      decilesSql,
      params,
    ),
    contactCosts(app),
  ])
  const own = sums.find(row => row.segment === '') ?? none
  const total = all.find(row => row.segment === '') ?? none
  const cost = costOf(contacts, costs)
  const customers = counts.find(row => row.segment === '')?.customers ?? 0
  const costKnown = cost.unknown === 0
  const months12 = {
    en: `${monthText(period.from).en} to ${monthText(period.to).en}`,
    zh: `${monthText(period.from).zh}至${monthText(period.to).zh}`,
  }
  return {
    question: {
      en: 'What do they leave us, after returns and what it costs to speak with them?',
      zh: '扣除退货与触达成本后，客户带来多少利润？',
    },
    meaning: { en: 'what was bought in the period', zh: '期内的购买' },
    figures: [
      {
        id: 'sales',
        name: { en: 'Sales', zh: '销售额' },
        formula: { en: `value of goods less returns, ${months12.en}`, zh: `商品销售额减退货，${months12.zh}` },
        unit: 'money',
        value: own.sales,
        all: total.sales,
        table: 'seven_p_months',
        who: 'bought',
      },
      {
        id: 'margin',
        name: { en: 'Margin after returns', zh: '退货后毛利' },
        formula: {
          en: 'price less unit cost of what was bought, the same of what came back taken off',
          zh: '所购商品的售价减单位成本，并扣除退回部分',
        },
        unit: 'money',
        value: own.margin,
        all: total.margin,
        table: 'seven_p_months',
        who: 'bought',
      },
      {
        id: 'rate',
        name: { en: 'Margin rate', zh: '毛利率' },
        formula: { en: 'margin after returns ÷ sales', zh: '退货后毛利 ÷ 销售额' },
        unit: 'share',
        value: known(own.margin / own.sales),
        all: known(total.margin / total.sales),
        table: 'seven_p_months',
      },
      {
        id: 'cost',
        name: { en: 'Contact cost', zh: '触达成本' },
        formula: {
          en: 'contacts in the period × their cost: as the event of the contact names it, else the cost set for its channel',
          zh: '期内触达次数 × 单次成本：以触达事件所载为准，否则按渠道设定的成本',
        },
        unit: 'money',
        value: costKnown ? cost.minor : null,
        ...(costKnown
          ? {}
          : {
              note: {
                en: `The cost of ${cost.unknown} contacts is not known: set it by channel.`,
                zh: `有 ${cost.unknown} 次触达的成本未知：请按渠道设定。`,
              },
            }),
        table: 'seven_p_contacts',
      },
      {
        id: 'net',
        name: { en: 'Margin after contacts', zh: '扣除触达成本后毛利' },
        formula: { en: 'margin after returns − contact cost', zh: '退货后毛利 − 触达成本' },
        unit: 'money',
        value: costKnown ? own.margin - cost.minor : null,
        table: 'seven_p_months',
      },
      {
        id: 'each',
        name: { en: 'Margin per customer', zh: '人均毛利' },
        formula: { en: 'margin after returns ÷ customers in the filter', zh: '退货后毛利 ÷ 筛选范围内客户数' },
        unit: 'money',
        value: known(own.margin / customers),
        table: 'seven_p_months',
        who: 'all',
      },
    ],
    blocks: [
      whaleCurve(whale),
      {
        id: 'deciles',
        title: { en: 'Value by decile', zh: '按价值十分位' },
        formula: {
          en: 'All buyers in the order of the margin expected of them in the next 12 months, cut into ten equal parts; the first is worth most. Edges are those of all customers, whatever the filter.',
          zh: '全体有购买客户按未来 12 个月预期毛利从高到低分为十等份，第 1 份最高。分界点按全体客户计算，不随筛选变化。',
        },
        table: 'seven_p_customers',
        draw: 'bars',
        label: { en: 'Decile', zh: '十分位' },
        columns: [
          { id: 'customers', name: { en: 'Customers', zh: '客户数' }, unit: 'count' },
          { id: 'value', name: { en: 'Expected value', zh: '预期价值' }, unit: 'money' },
          { id: 'mean', name: { en: 'per customer', zh: '人均预期价值' }, unit: 'money' },
          { id: 'margin', name: { en: 'Margin, 12 months', zh: '近 12 个月毛利' }, unit: 'money' },
          { id: 'alive', name: { en: 'P(alive)', zh: '存活概率' }, unit: 'share' },
        ],
        shown: 1,
        rows: deciles.map(row => ({
          key: String(row.decile),
          label: { en: `Decile ${row.decile}`, zh: `第 ${row.decile} 十分位` },
          values: [row.customers, row.value, row.value / row.customers, row.margin, row.alive],
          who: `decile:${row.decile}`,
        })),
        empty: nothingBought,
      },
      {
        id: 'segments',
        title: { en: 'By segment', zh: '按客群' },
        formula: { en: 'The figures above, of each segment, in the period.', zh: '各客群在期内的上述指标。' },
        table: 'seven_p_months',
        draw: 'bars',
        label: { en: 'Segment', zh: '客群' },
        columns: [
          { id: 'sales', name: { en: 'Sales', zh: '销售额' }, unit: 'money' },
          { id: 'margin', name: { en: 'Margin', zh: '毛利' }, unit: 'money' },
          { id: 'rate', name: { en: 'Margin rate', zh: '毛利率' }, unit: 'share' },
          {
            id: 'returns',
            name: { en: 'Returns', zh: '退货率' },
            unit: 'share',
            formula: { en: 'value returned ÷ value bought', zh: '退货额 ÷ 购买额' },
          },
          { id: 'cost', name: { en: 'Contact cost', zh: '触达成本' }, unit: 'money' },
          { id: 'net', name: { en: 'after contacts', zh: '扣除触达成本后' }, unit: 'money' },
          { id: 'each', name: { en: 'per customer', zh: '人均毛利' }, unit: 'money' },
        ],
        shown: 1,
        rows: sums
          .filter(row => row.segment !== '')
          .map(row => {
            const spent = costOf(
              contacts.filter(contact => contact.segment === row.segment),
              costs,
            )
            const many = counts.find(count => count.segment === row.segment)?.customers ?? 0
            const known1 = spent.unknown === 0
            return {
              key: row.segment,
              label: segmentText(ask, row.segment),
              values: [
                row.sales,
                row.margin,
                known(row.margin / row.sales),
                known(row.returned / row.gross),
                known1 ? spent.minor : null,
                known1 ? row.margin - spent.minor : null,
                known(row.margin / many),
              ],
              who: `segment:${row.segment}`,
            }
          }),
        empty: nothingBought,
      },
      {
        id: 'months',
        title: { en: 'Month by month', zh: '按月' },
        formula: { en: 'Sales less returns, and the margin of them.', zh: '销售额减退货，及其毛利。' },
        table: 'seven_p_months',
        draw: 'lines',
        label: { en: 'Month', zh: '月份' },
        columns: [
          { id: 'sales', name: { en: 'Sales', zh: '销售额' }, unit: 'money' },
          { id: 'margin', name: { en: 'Margin', zh: '毛利' }, unit: 'money' },
        ],
        shown: 0,
        rows: months.map(row => ({ key: row.name, label: monthText(row.name), values: [row.sales, row.margin] })),
        empty: nothingBought,
      },
    ],
  }
}

/** How much of the margin the best so many customers bring; above 100 % the rest lose it again. */
function whaleCurve(steps: readonly { edge: number; customers: number; margin: number }[]): Block {
  const customers = steps.reduce((sum, step) => sum + step.customers, 0)
  const margin = steps.reduce((sum, step) => sum + step.margin, 0)
  const rows: Block['rows'] = []
  let [many, brought, last] = [0, 0, -1]
  for (const [k, step] of steps.entries()) {
    many += step.customers
    brought += step.margin
    // A hundred points say as much as five hundred.
    if (many / customers - last < 0.01 && k !== steps.length - 1) continue
    last = many / customers
    const share = (last * 100).toFixed(last < 0.01 ? 2 : last < 0.1 ? 1 : 0)
    rows.push({
      key: String(step.edge),
      label: { en: `best ${share} %`, zh: `前 ${share}%` },
      values: [last, known(brought / margin), brought],
      who: `whale:${step.edge}`,
    })
  }
  return {
    id: 'whale',
    title: { en: 'Whale curve', zh: '鲸鱼曲线' },
    formula: {
      en: 'Customers who ever bought, in the order of their margin after returns of the last 365 days: the share of the whole margin that the best so many bring. Above 100 %, the customers to the right lose what those to the left earn.',
      zh: '有购买客户按最近 365 天退货后毛利从高到低排列，前若干客户所贡献的毛利占比。超过 100% 的部分由曲线右侧客户亏掉。',
    },
    table: 'seven_p_customers',
    draw: 'curve',
    label: { en: 'Customers', zh: '客户' },
    columns: [
      { id: 'customers', name: { en: 'Share of customers', zh: '客户占比' }, unit: 'share' },
      { id: 'margin', name: { en: 'Share of margin', zh: '毛利占比' }, unit: 'share' },
      { id: 'brought', name: { en: 'Margin', zh: '毛利' }, unit: 'money' },
    ],
    shown: 1,
    rows,
    empty: nothingBought,
  }
}
