import type { Text } from '../../platform/text.ts'
import type { ChannelId, ContactPolicy } from './contact-policy.ts'

/** A rule of the policy that can close channels, with a name people understand. */
export interface PolicyRule {
  id: string
  name: Text
  channels: readonly ChannelId[]
}

const channelWords: Record<ChannelId, Text> = {
  letter: { en: 'letters', zh: '信函' },
  email: { en: 'e-mails', zh: '电子邮件' },
  sms: { en: 'text messages', zh: '短信' },
  call: { en: 'calls', zh: '电话' },
  bill: { en: 'offers on statements', zh: '账单优惠' },
}

const kindWords = {
  offer: { en: 'offers', zh: '优惠' },
  service: { en: 'service', zh: '服务' },
  legal: { en: 'legal', zh: '法律' },
}

const listed = (words: readonly Text[]): Text => ({
  en: words.map(w => w.en).join(', '),
  zh: words.map(w => w.zh).join('、'),
})

const eventWords: Record<string, Text> = {
  purchase: { en: 'a purchase', zh: '购买' },
  contact: { en: 'an offer', zh: '发送优惠' },
  complaint: { en: 'a complaint', zh: '投诉' },
  bounce: { en: 'a returned message', zh: '退信' },
}
const eventWord = (type: string): Text => eventWords[type] ?? { en: `“${type}”`, zh: `“${type}”` }

/** Rolling windows in their order. */
export const limitRules = (policy: ContactPolicy): PolicyRule[] =>
  policy.limits.map(({ name, channels, kinds, days, max }, i) => {
    const by = listed(channels.map(c => channelWords[c]))
    const what = listed((kinds ?? ['offer']).map(k => kindWords[k]))
    return {
      id: `limit:${i}`,
      name: name ?? {
        en: `At most ${max} (${what.en}) in ${days} days by ${by.en}`,
        zh: `${days} 天内最多 ${max} 次（${what.zh}；${by.zh}）`,
      },
      channels,
    }
  })

export const blackoutRules = (policy: ContactPolicy): PolicyRule[] =>
  policy.blackouts.map(({ name, after, days, channels }, i) => ({
    id: `blackout:${i}`,
    name: name ?? {
      en: `Quiet for ${days} days after ${eventWord(after).en}`,
      zh: `${eventWord(after).zh}后静默 ${days} 天`,
    },
    channels,
  }))

export const quietRules = (policy: ContactPolicy): (PolicyRule & { from: string; to: string })[] =>
  (policy.quiet_periods ?? []).map(({ name, from, to, channels }, i) => ({
    id: `quiet:${i}`,
    name: name ?? { en: `Quiet from ${from} to ${to}`, zh: `${from} 至 ${to} 静默期` },
    channels,
    from,
    to,
  }))

const everywhere: ChannelId[] = ['letter', 'email', 'sms', 'call', 'bill']

export const complaintRule = (policy: ContactPolicy): PolicyRule => ({
  id: 'complaint',
  name: policy.complaints?.while_open
    ? {
        en: `A complaint is open, or came within ${policy.complaints.days} days`,
        zh: `有未结投诉，或 ${policy.complaints.days} 天内曾投诉`,
      }
    : {
        en: `A complaint within ${policy.complaints?.days ?? 0} days`,
        zh: `${policy.complaints?.days ?? 0} 天内曾投诉`,
      },
  channels: everywhere,
})

export const serviceRule = (policy: ContactPolicy): PolicyRule => ({
  id: 'service-first',
  name: {
    en: `Service before sales: asked for something within ${policy.service_first?.days ?? 0} days`,
    zh: `服务优先：${policy.service_first?.days ?? 0} 天内有服务请求`,
  },
  channels: everywhere,
})

export const wishRule: PolicyRule = {
  id: 'own-wish',
  name: { en: 'The customer wants no more offers than this in 30 days', zh: '客户自己设定的 30 天优惠次数已满' },
  channels: everywhere,
}

export const preferredRule: PolicyRule = {
  id: 'preferred-channel',
  name: { en: 'The customer prefers another channel', zh: '客户偏好其他渠道' },
  channels: everywhere,
}
