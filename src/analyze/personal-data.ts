/** Where analyze keeps personal data; the counts over everybody stand elsewhere and stay. */
import { among, declarePersonalData, type PersonalFacts, type PersonalWorkflow } from '../platform/personal-data.ts'
import type { Text } from '../platform/text.ts'

const ofCustomer = (table: string, title: Text): PersonalFacts => ({
  store: 'facts',
  table,
  title,
  where: k => `customer_id IN ${k('customer')}`,
  erase: 'delete',
})

const tables = [
  ofCustomer('features', { en: 'Figures about you', zh: '客户特征' }),
  ofCustomer('preferred_channels', { en: 'Channels you answer by', zh: '您回应的渠道' }),
  ofCustomer('scores', { en: 'Scores and expectations', zh: '评分与预测' }),
  ofCustomer('customer_values', { en: 'What you are expected to buy', zh: '预期的购买' }),
  ofCustomer('category_values', { en: 'What you are expected to buy, by category', zh: '按品类预期的购买' }),
  ofCustomer('next_products', { en: 'What you may want next', zh: '推荐产品' }),
  ofCustomer('seven_p_customers', { en: 'What pages about customers count of you', zh: '分析页面所用的您的数据' }),
  ofCustomer('seven_p_owned', { en: 'Categories you bought of', zh: '您购买过的品类' }),
  ofCustomer('catalogue_members', { en: 'Catalogues chosen for you', zh: '为您挑选的目录' }),
  ofCustomer('customer_alarms', { en: 'Changes in how you buy', zh: '您的购买行为变化' }),
  ofCustomer('alarms_found', { en: 'Changes in how you buy, being written', zh: '您的购买行为变化（写入中）' }),
  ofCustomer('segment_members', { en: 'Your segment', zh: '所属客群' }),
  {
    ...ofCustomer('response_outcomes', { en: 'What came of contacts, being counted', zh: '触达结果（统计中）' }),
    exported: false,
  },
  ofCustomer('segment_trial_members', { en: 'Your segment, on trial', zh: '所属客群（试算）' }),
]

/** What people did with alarms about the person, and the calls that came of them. */
const handled: PersonalWorkflow[] = [
  {
    store: 'workflow',
    table: 'alarm_states',
    title: { en: 'What was done with alarms about you', zh: '对您相关警报的处理' },
    where: k => among('subject', k('customer')),
    erase: 'delete',
  },
  {
    store: 'workflow',
    table: 'alarm_tasks',
    title: { en: 'Calls planned because of alarms', zh: '因警报安排的电话' },
    where: k => among('customer_id', k('customer'), 'int8'),
    erase: 'delete',
  },
]

declarePersonalData({ stage: 'analyze', tables: [...tables, ...handled] })
