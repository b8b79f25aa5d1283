import * as domain from './domains.ts'
import type { Feature } from './feature.ts'

/** What we sent and what came back, from the events. */
export const howTheyAnswer: readonly Feature[] = [
  {
    id: 'contacts_180',
    name: { en: 'Contacts in 180 days', zh: '近 180 天触达次数' },
    meaning: { en: 'Messages sent and calls made in the last 180 days', zh: '最近 180 天发送的消息与拨打的电话数' },
    unit: 'count',
    source: 'events',
    type: 'UInt32',
    sql: "toUInt32(uniqExactIf(communication_id, type IN ('sent', 'delivered', 'called') AND at >= {asOf:Date} - 180))",
    domain: domain.count,
  },
  {
    id: 'answers_180',
    name: { en: 'Answers in 180 days', zh: '近 180 天回应次数' },
    meaning: {
      en: 'Contacts opened, clicked or answered in the last 180 days',
      zh: '最近 180 天被打开、点击或答复的触达数',
    },
    unit: 'count',
    source: 'events',
    type: 'UInt32',
    sql: "toUInt32(uniqExactIf(communication_id, type IN ('opened', 'clicked', 'replied', 'answered') AND at >= {asOf:Date} - 180))",
    domain: domain.count,
  },
]
