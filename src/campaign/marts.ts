import { latestRun, type Mart } from '../platform/marts.ts'

const results: Mart = {
  name: 'campaign_results',
  title: { en: 'Campaign results', zh: '活动结果' },
  row: {
    en: 'One customer of the newest campaign, planned or control, and what was bought since its wave was planned',
    zh: '最新活动中的一位客户（执行组或对照组）及其之后的购买',
  },
  key: ['campaign_id', 'customer_id', 'offer', 'channel'],
  columns: {
    campaign_id: { text: { en: 'Number of the campaign', zh: '活动编号' } },
    customer_id: { text: { en: 'Number of the customer', zh: '客户编号' } },
    arm: { text: { en: 'planned or control', zh: 'planned（执行组）或 control（对照组）' } },
    wave: { text: { en: 'Number of the wave', zh: '波次' } },
    offer: { text: { en: 'Code of the offer', zh: '优惠代码' } },
    channel: { text: { en: 'Channel planned', zh: '计划渠道' } },
    product_code: { text: { en: 'Product the offer is about', zh: '优惠涉及的产品' } },
    acceptance: { text: { en: 'Expected probability of acceptance', zh: '预期接受概率' } },
    value_minor: { text: { en: 'Expected value, minor units', zh: '预期价值（货币最小单位）' } },
    cost_minor: { text: { en: 'Cost, minor units', zh: '成本（货币最小单位）' } },
    bought_minor: {
      text: {
        en: 'Margin of purchases after the date of the turn, minor units',
        zh: '本轮日期之后购买的毛利（货币最小单位）',
      },
    },
  },
  sql: `WITH since AS (SELECT any(as_of) AS day FROM features WHERE run_id = ${latestRun('features')}),
    bought AS (
      SELECT customer_id, sum(margin_minor) AS margin FROM purchases
      WHERE run_id = ${latestRun('identity')} AND sold_at >= (SELECT day FROM since) GROUP BY customer_id
    )
  SELECT m.campaign_id AS campaign_id, m.customer_id AS customer_id, m.arm AS arm, m.wave AS wave, m.offer AS offer, m.channel AS channel,
    m.product_code AS product_code, m.acceptance AS acceptance, m.value_minor AS value_minor, m.cost_minor AS cost_minor,
    ifNull(bought.margin, 0) AS bought_minor
  FROM (SELECT * FROM campaign_members WHERE run_id = ${latestRun('campaign')}) AS m
  LEFT JOIN bought ON bought.customer_id = m.customer_id`,
}

export const marts: readonly Mart[] = [results]
