import type { Text } from '../../platform/text.ts'
import * as domain from './domains.ts'
import type { Feature } from './feature.ts'

const events = { source: 'events' } as const
const since = (days: number): string => `at >= {asOf:Date} - ${days}`

const contacts = "type IN ('sent', 'delivered', 'called')"
const answers = "type IN ('opened', 'clicked', 'replied', 'answered')"
/** Any sign that the message arrived at a person and moved them; a call counts when somebody spoke. */
const responses = `(type IN ('opened', 'clicked', 'replied', 'answered', 'answer', 'accepted', 'ordered', 'bought')
      OR type = 'called' AND JSONExtractString(payload, 'outcome') NOT IN ('', 'no-answer', 'busy', 'wrong-number'))`
const taken = `(type IN ('accepted', 'ordered', 'bought') OR type = 'called' AND JSONExtractString(payload, 'outcome') = 'accepted')`
const turnedDown = `(type IN ('declined', 'refused', 'unsubscribed')
      OR type = 'called' AND JSONExtractString(payload, 'outcome') IN ('refused', 'declined', 'not-interested', 'do-not-call'))`

/** Communications that were answered, of those that went out: two sets, so that an answer without a contact counts nowhere. */
const rate = (where: string): string => {
  const sent = `groupUniqArrayIf(communication_id, communication_id != '' AND ${contacts} AND ${where})`
  const answered = `groupUniqArrayIf(communication_id, communication_id != '' AND ${responses} AND ${where})`
  return `if(empty(${sent}), NULL, toFloat32(length(arrayIntersect(${sent}, ${answered})) / length(${sent})))`
}
const rateCounts = (where: string): string => `communication_id != '' AND (${contacts} OR ${responses}) AND ${where}`

const daysSince = (what: string): string =>
  `if(countIf(${what}) = 0, NULL, toUInt32({asOf:Date} - toDate(maxIf(at, ${what}))))`

const ofChannel = (channel: string, name: Text): Feature => ({
  id: `${channel}_answer_rate`,
  name: { en: `Answers by ${name.en}`, zh: `${name.zh}回应率` },
  meaning: {
    en: `Share of the last year’s communications by ${name.en} that were opened, answered or taken up`,
    zh: `近一年${name.zh}触达中被打开、答复或采纳的占比`,
  },
  unit: 'share',
  family: 'contact',
  ...events,
  counts: rateCounts(`channel = '${channel}' AND ${since(365)}`),
  type: 'Nullable(Float32)',
  sql: rate(`channel = '${channel}' AND ${since(365)}`),
  domain: domain.shareOrNull,
})

/** What we sent and what came back, from the events. */
export const howTheyAnswer: readonly Feature[] = [
  {
    id: 'contacts_180',
    name: { en: 'Contacts in 180 days', zh: '近 180 天触达次数' },
    meaning: { en: 'Messages sent and calls made in the last 180 days', zh: '最近 180 天发送的消息与拨打的电话数' },
    unit: 'count',
    family: 'contact',
    ...events,
    counts: `${contacts} AND ${since(180)}`,
    type: 'UInt32',
    sql: `toUInt32(uniqExactIf(communication_id, ${contacts} AND ${since(180)}))`,
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
    family: 'contact',
    ...events,
    counts: `${answers} AND ${since(180)}`,
    type: 'UInt32',
    sql: `toUInt32(uniqExactIf(communication_id, ${answers} AND ${since(180)}))`,
    domain: domain.count,
  },
  {
    id: 'answer_rate',
    name: { en: 'Answers per contact', zh: '触达回应率' },
    meaning: {
      en: 'Share of the last year’s communications that were opened, answered or taken up',
      zh: '近一年触达中被打开、答复或采纳的占比',
    },
    unit: 'share',
    family: 'contact',
    ...events,
    counts: rateCounts(since(365)),
    type: 'Nullable(Float32)',
    sql: rate(since(365)),
    domain: domain.shareOrNull,
  },
  ofChannel('email', { en: 'e-mail', zh: '电子邮件' }),
  ofChannel('sms', { en: 'SMS', zh: '短信' }),
  ofChannel('call', { en: 'telephone', zh: '电话' }),
  ofChannel('letter', { en: 'letter', zh: '信函' }),
  {
    id: 'last_contact_days',
    name: { en: 'Last contact', zh: '最近触达距今' },
    meaning: { en: 'Days since the last message or call', zh: '距最近一次消息或电话的天数' },
    unit: 'days',
    family: 'contact',
    ...events,
    counts: contacts,
    type: 'Nullable(UInt32)',
    sql: daysSince(contacts),
    domain: domain.countOrNull,
  },
  {
    id: 'last_answer_days',
    name: { en: 'Last answer', zh: '最近回应距今' },
    meaning: { en: 'Days since a message was last opened, answered or taken up', zh: '距最近一次回应的天数' },
    unit: 'days',
    family: 'contact',
    ...events,
    counts: responses,
    type: 'Nullable(UInt32)',
    sql: daysSince(responses),
    domain: domain.countOrNull,
  },
  {
    id: 'offers_taken_365',
    name: { en: 'Offers taken in a year', zh: '近一年采纳的优惠' },
    meaning: { en: 'Offers accepted or ordered in the last 365 days', zh: '最近 365 天接受或订购的优惠数' },
    unit: 'count',
    family: 'contact',
    ...events,
    counts: `${taken} AND ${since(365)}`,
    type: 'UInt32',
    sql: `toUInt32(uniqExactIf(if(communication_id = '', event_id, communication_id), ${taken} AND ${since(365)}))`,
    domain: domain.count,
  },
  {
    id: 'offers_refused_365',
    name: { en: 'Offers refused in a year', zh: '近一年拒绝的优惠' },
    meaning: {
      en: 'Offers declined and messages unsubscribed from in the last 365 days',
      zh: '最近 365 天拒绝优惠或退订的次数',
    },
    unit: 'count',
    family: 'contact',
    ...events,
    counts: `${turnedDown} AND ${since(365)}`,
    type: 'UInt32',
    sql: `toUInt32(uniqExactIf(if(communication_id = '', event_id, communication_id), ${turnedDown} AND ${since(365)}))`,
    domain: domain.count,
  },
]

const counted = (id: string, name: Text, meaning: Text, what: string): Feature => ({
  id,
  name,
  meaning,
  unit: 'count',
  family: 'service',
  ...events,
  counts: what,
  type: 'UInt32',
  sql: `toUInt32(uniqExactIf(event_id, ${what}))`,
  domain: domain.count,
})

/** What they asked of us, complained of and looked at. */
export const serviceHistory: readonly Feature[] = [
  counted(
    'complaints_365',
    { en: 'Complaints in a year', zh: '近一年投诉次数' },
    { en: 'Complaints in the last 365 days', zh: '最近 365 天的投诉数' },
    `type = 'complaint' AND ${since(365)}`,
  ),
  {
    id: 'complaints_open',
    name: { en: 'Open complaints', zh: '未结投诉' },
    meaning: { en: 'Complaints not resolved yet', zh: '尚未解决的投诉数' },
    unit: 'count',
    family: 'service',
    ...events,
    counts: "type IN ('complaint', 'complaint-resolved')",
    type: 'UInt32',
    sql: `toUInt32(greatest(0, toInt64(uniqExactIf(event_id, type = 'complaint')) - toInt64(uniqExactIf(event_id, type = 'complaint-resolved'))))`,
    domain: domain.count,
  },
  {
    id: 'last_complaint_days',
    name: { en: 'Last complaint', zh: '最近投诉距今' },
    meaning: { en: 'Days since the last complaint', zh: '距最近一次投诉的天数' },
    unit: 'days',
    family: 'service',
    ...events,
    counts: "type = 'complaint'",
    type: 'Nullable(UInt32)',
    sql: daysSince("type = 'complaint'"),
    domain: domain.countOrNull,
  },
  counted(
    'service_requests_365',
    { en: 'Service requests in a year', zh: '近一年服务请求' },
    { en: 'Requests to customer service in the last 365 days', zh: '最近 365 天的客服请求数' },
    `type = 'service-request' AND ${since(365)}`,
  ),
  counted(
    'visits_90',
    { en: 'Visits in 90 days', zh: '近 90 天访问次数' },
    {
      en: 'Pages and products looked at, shops visited in the last 90 days',
      zh: '最近 90 天浏览页面、商品与到店的次数',
    },
    `type IN ('page-viewed', 'product-viewed', 'visited', 'searched') AND ${since(90)}`,
  ),
]
