/** Where analyze keeps personal data; the counts over everybody stand elsewhere and stay. */
import { declarePersonalData, type PersonalFacts } from '../platform/personal-data.ts'
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
  ofCustomer('scores', { en: 'Scores and expectations', zh: '评分与预测' }),
  ofCustomer('next_products', { en: 'What you may want next', zh: '推荐产品' }),
  ofCustomer('segment_members', { en: 'Your segment', zh: '所属客群' }),
]

declarePersonalData({ stage: 'analyze', tables })
