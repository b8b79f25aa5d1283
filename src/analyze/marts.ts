import { latestRun, type Mart } from '../platform/marts.ts'
import { featureCatalogue } from './features/catalogue.ts'

const customer = { text: { en: 'Number of the customer', zh: '客户编号' } }

const segments: Mart = {
  name: 'segments',
  title: { en: 'Segments', zh: '细分' },
  row: { en: 'One customer and the one segment it is in', zh: '一位客户及其所属的唯一细分' },
  key: ['customer_id'],
  columns: {
    customer_id: customer,
    segment: { text: { en: 'Code of the segment', zh: '细分代码' } },
    value_minor: {
      text: { en: 'Expected margin of 12 months, minor units', zh: '未来 12 个月预期毛利（货币最小单位）' },
    },
    churn_probability: { text: { en: 'Probability of leaving', zh: '流失概率' } },
    recency_days: { text: { en: 'Days since the last purchase', zh: '距上次购买的天数' } },
  },
  sql: `SELECT customer_id, segment, value_minor, churn_probability, recency_days FROM segment_members
  WHERE run_id = ${latestRun('segments')}`,
}

const scores: Mart = {
  name: 'scores',
  title: { en: 'Scores', zh: '评分' },
  row: { en: 'What the models say of one customer', zh: '模型对一位客户的判断' },
  key: ['customer_id'],
  columns: {
    customer_id: customer,
    r: { text: { en: 'Quintile of recency, 5 best, 0 never bought', zh: '最近购买五分位，5 最好，0 未购买' } },
    f: { text: { en: 'Quintile of frequency', zh: '购买频次五分位' } },
    m: { text: { en: 'Quintile of amount', zh: '购买金额五分位' } },
    p_alive: { text: { en: 'Probability of still being a customer', zh: '仍为活跃客户的概率' } },
    expected_purchases: { text: { en: 'Expected purchases in 12 months', zh: '未来 12 个月预期购买次数' } },
    value_minor: {
      text: { en: 'Expected discounted margin of 12 months, minor units', zh: '未来 12 个月预期折现毛利' },
    },
    value_low_minor: { text: { en: 'Lower end of its 95 % interval', zh: '95% 区间下限' } },
    value_high_minor: { text: { en: 'Upper end of its 95 % interval', zh: '95% 区间上限' } },
    churn_probability: { text: { en: 'Probability of leaving', zh: '流失概率' } },
    churn_reasons: { text: { en: 'Features behind it, strongest first', zh: '主要原因（特征），由强到弱' } },
  },
  sql: `SELECT customer_id, r, f, m, p_alive, expected_purchases, value_minor, value_low_minor, value_high_minor, churn_probability,
    churn_reasons FROM scores WHERE run_id = ${latestRun('models')}`,
}

const features: Mart = {
  name: 'features',
  title: { en: 'Features', zh: '特征' },
  row: { en: 'What is known of one customer as of the date of the turn', zh: '截至本轮日期对一位客户的已知情况' },
  key: ['customer_id'],
  columns: {
    customer_id: customer,
    as_of: { text: { en: 'Nothing at or after this day is counted', zh: '只统计该日期之前的数据' } },
    ...Object.fromEntries(
      featureCatalogue.map(({ id, name, meaning }) => [
        id,
        { text: { en: `${name.en}: ${meaning.en}`, zh: `${name.zh}：${meaning.zh}` } },
      ]),
    ),
  },
  sql: `SELECT customer_id, as_of, ${featureCatalogue.map(({ id }) => id).join(', ')} FROM features
  WHERE run_id = ${latestRun('features')}`,
}

const horizons = ['12', '24', '36'] as const
const money = (months: string) => ({
  [`value_${months}_minor`]: {
    text: {
      en: `Expected discounted margin of ${months} months, minor units`,
      zh: `未来 ${months} 个月预期折现毛利（货币最小单位）`,
    },
  },
  [`low_${months}_minor`]: { text: { en: 'Lower end of its 95 % interval', zh: '95% 区间下限' } },
  [`high_${months}_minor`]: { text: { en: 'Upper end of its 95 % interval', zh: '95% 区间上限' } },
})
const moneyColumns = horizons.map(m => `value_${m}_minor, low_${m}_minor, high_${m}_minor`).join(', ')

const customerValues: Mart = {
  name: 'customer_values',
  title: { en: 'Value of customers', zh: '客户价值' },
  row: { en: 'What one customer who bought or has a contract is worth', zh: '一位有购买或合同的客户的价值' },
  key: ['customer_id'],
  columns: {
    customer_id: customer,
    method: {
      text: { en: 'purchases, contract or last-year', zh: 'purchases（购买）、contract（合同）或 last-year（去年）' },
    },
    alive: { text: { en: 'Probability of still being a customer', zh: '仍为活跃客户的概率' } },
    leaves: { text: { en: 'Chance of leaving, of those still there', zh: '仍在客户的流失概率' } },
    ...Object.assign({}, ...horizons.map(money)),
  },
  sql: `SELECT customer_id, method, alive, leaves, ${moneyColumns} FROM customer_values WHERE run_id = ${latestRun('models')}`,
}

const categoryValues: Mart = {
  name: 'category_values',
  title: { en: 'Value by category', zh: '按品类的价值' },
  row: {
    en: 'The part of a customer’s value that is one category’s; all parts sum to it',
    zh: '客户价值中属于一个品类的部分，各部分之和为总价值',
  },
  key: ['customer_id', 'category'],
  columns: {
    customer_id: customer,
    category: { text: { en: 'Category, empty: not bought so far', zh: '品类，空为尚未购买' } },
    share: { text: { en: 'Share of the value', zh: '占价值的比例' } },
    ...Object.assign({}, ...horizons.map(money)),
  },
  sql: `SELECT customer_id, category, share, ${moneyColumns} FROM category_values WHERE run_id = ${latestRun('models')}`,
}

export const marts: readonly Mart[] = [segments, scores, features, customerValues, categoryValues]
