import type { Text } from '../../platform/text.ts'

/** What is watched of every customer. */
export const customerMeasures = ['silence', 'drop', 'rise', 'category', 'returns', 'complaints'] as const
export type CustomerMeasure = (typeof customerMeasures)[number]

/** What is watched of every segment, and of all customers together. */
export const groupMeasures = ['revenue', 'purchases', 'returned', 'churn', 'response'] as const
export type GroupMeasure = (typeof groupMeasures)[number]

export const measureNames: Record<CustomerMeasure | GroupMeasure, Text> = {
  silence: { en: 'Silent longer than usual', zh: '沉默时间超出常规' },
  drop: { en: 'Buys much less', zh: '消费骤降' },
  rise: { en: 'Buys much more', zh: '消费骤升' },
  category: { en: 'Gave up a category', zh: '放弃某品类' },
  returns: { en: 'Returns much more', zh: '退货激增' },
  complaints: { en: 'Complains more', zh: '投诉增多' },
  revenue: { en: 'Sales', zh: '销售额' },
  purchases: { en: 'Purchase days', zh: '购买天数' },
  returned: { en: 'Share returned', zh: '退货占比' },
  churn: { en: 'Risk of leaving', zh: '流失风险' },
  response: { en: 'Answers to contacts', zh: '触达回应' },
}

export const measureMeanings: Record<CustomerMeasure | GroupMeasure, Text> = {
  silence: {
    en: 'Days since the last purchase against the customer’s own gaps between purchase days',
    zh: '距最近购买的天数，与该客户自身的购买间隔相比',
  },
  drop: {
    en: 'Value bought in the window against what the windows before let expect, while still buying',
    zh: '窗口内的购买额与此前各窗口的预期相比（仍在购买）',
  },
  rise: {
    en: 'Value bought in the window against what the windows before let expect',
    zh: '窗口内的购买额与此前各窗口的预期相比',
  },
  category: {
    en: 'A category bought regularly before, and not once in the window’s purchase days',
    zh: '此前经常购买、窗口内却一次未买的品类',
  },
  returns: {
    en: 'Lines returned in the window against the customer’s usual share',
    zh: '窗口内退货行数与该客户平常的退货比例相比',
  },
  complaints: {
    en: 'Complaints in the window against the usual number',
    zh: '窗口内投诉数与平常相比',
  },
  revenue: {
    en: 'What the members bought since the turn before, against what was expected of each of them then',
    zh: '成员自上一轮以来的购买额，与当时对每位成员的预期相比',
  },
  purchases: {
    en: 'Purchase days of the members since the turn before, against the expected ones',
    zh: '成员自上一轮以来的购买天数，与预期相比',
  },
  returned: {
    en: 'Value returned by the members since the turn before, against their usual share',
    zh: '成员自上一轮以来的退货额，与平常比例相比',
  },
  churn: {
    en: 'Risk of leaving of the members of the turn before, against that of everybody',
    zh: '上一轮成员的流失风险变化，与全体相比',
  },
  response: {
    en: 'Answers per contact of the members since the turn before, against that of everybody',
    zh: '成员自上一轮以来每次触达的回应，与全体相比',
  },
}
