/** Where optimize keeps personal data; the counts over everybody stand elsewhere and stay. */
import { declarePersonalData, type PersonalFacts } from '../platform/personal-data.ts'
import type { Text } from '../platform/text.ts'
import { forgetBasePlans } from './scenarios/base-plan.ts'

const ofCustomer = (table: string, title: Text): PersonalFacts => ({
  store: 'facts',
  table,
  title,
  where: k => `customer_id IN ${k('customer')}`,
  erase: 'delete',
})

const tables = [
  ofCustomer('control_members', { en: 'Control group', zh: '对照组' }),
  ofCustomer('plan_assignments', { en: 'Offers planned for you', zh: '为您计划的优惠' }),
  { ...ofCustomer('plan_options', { en: 'Offers weighed', zh: '权衡过的选项' }), exported: false },
  { ...ofCustomer('scenario_choices', { en: 'Offers in scenarios', zh: '情景中的优惠' }), exported: false },
  ofCustomer('plan_notices', { en: 'Legal notices planned for you', zh: '计划寄送的法定通知' }),
  ofCustomer('plan_choices', { en: 'Offers considered', zh: '计划选项' }),
]

declarePersonalData({
  stage: 'optimize',
  tables,
  // Plans in memory hold numbers of customers.
  forget: async app => forgetBasePlans(app),
})
