/** Where campaign keeps personal data; the counts over everybody stand elsewhere and stay. */
import { declarePersonalData, type PersonalFacts } from '../platform/personal-data.ts'
import type { Text } from '../platform/text.ts'

const ofCustomer = (table: string, title: Text): PersonalFacts => ({
  store: 'facts',
  table,
  title,
  where: k => `customer_id IN ${k('customer')}`,
  erase: 'delete',
})

const tables = [ofCustomer('campaign_members', { en: 'Campaigns you are in', zh: '参与的活动' })]

declarePersonalData({ stage: 'campaign', tables })
