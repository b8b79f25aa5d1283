import type { Text } from '../../platform/text.ts'
import type { ContactPolicy } from './contact-policy.ts'
import { blackoutRules, complaintRule, limitRules, quietRules, serviceRule } from './rules.ts'

interface Said {
  id: string
  name: Text
  channels: string[]
}

const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`

/** Every rule of the policy as a sentence, in the order they are met. */
export function policyInWords(policy: ContactPolicy): Said[] {
  const rule = ({ id, name, channels }: { id: string; name: Text; channels: readonly string[] }): Said => ({
    id,
    name,
    channels: [...channels],
  })
  const said: Said[] = [
    ...limitRules(policy).map(rule),
    ...blackoutRules(policy).map(rule),
    ...quietRules(policy).map(rule),
  ]
  if (policy.complaints) said.push(rule(complaintRule(policy)))
  if (policy.service_first) said.push(rule(serviceRule(policy)))
  for (const [i, q] of policy.quiet_hours.entries())
    said.push({
      id: `hours:${i}`,
      name: {
        en: `In ${q.country}, nothing from ${q.from} to ${q.to} (${q.zone})`,
        zh: `${q.country}：${q.from} 至 ${q.to} 免打扰（${q.zone}）`,
      },
      channels: q.channels,
    })
  const most = policy.most_offers ?? 1
  said.push({
    id: 'most-offers',
    name: { en: `A plan gives a customer at most ${most} offer(s)`, zh: `一个方案最多给每位客户 ${most} 个优惠` },
    channels: [],
  })
  if (policy.preferred_channel && policy.preferred_channel.mode !== 'ignore')
    said.push({
      id: 'preferred-channel',
      name:
        policy.preferred_channel.mode === 'strict'
          ? { en: 'Only the channel a customer prefers, where one was named', zh: '客户指明偏好渠道时只用该渠道' }
          : {
              en: `Channels a customer does not prefer count ${percent(policy.preferred_channel.factor)} of their value`,
              zh: `非偏好渠道按其价值的 ${percent(policy.preferred_channel.factor)} 计`,
            },
      channels: [],
    })
  if (policy.fatigue && policy.fatigue.minor > 0)
    said.push({
      id: 'fatigue',
      name: {
        en: `Each offer sent in the last ${policy.fatigue.days} days takes ${(policy.fatigue.minor / 100).toFixed(2)} ${policy.currency} from the value of one more`,
        zh: `过去 ${policy.fatigue.days} 天内每发过一个优惠，再发一个的价值减少 ${(policy.fatigue.minor / 100).toFixed(2)} ${policy.currency}`,
      },
      channels: [],
    })
  said.push({
    id: 'control',
    name: {
      en: `${percent(policy.control_share)} of customers, drawn at random, get no offer, to compare with`,
      zh: `随机抽取 ${percent(policy.control_share)} 的客户不发优惠，用于对照`,
    },
    channels: [],
  })
  return said
}
