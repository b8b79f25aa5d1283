import type { Text } from '../../platform/text.ts'
import { f64, u16, u32 } from '../allocate/problem.ts'
import type { Offer } from '../offers/offer.ts'
import { type ChannelId, type ContactPolicy, capacityOf } from '../policy/contact-policy.ts'

/** One limit of the plan: an offer's volume, a channel's capacity or the budget. */
export interface Limit {
  id: string
  name: Text
  /** What one unit is: people read it in texts, so it is an identifier. */
  unit: 'customers' | 'letters' | 'e-mails' | 'messages' | 'calls' | 'statements' | 'money'
  max: number
  min: number
}

const units: Record<ChannelId, Limit['unit']> = {
  letter: 'letters',
  email: 'e-mails',
  sms: 'messages',
  call: 'calls',
  bill: 'statements',
}

export const channelNames: Record<ChannelId, Text> = {
  letter: { en: 'Letters', zh: '信函' },
  email: { en: 'E-mails', zh: '电子邮件' },
  sms: { en: 'Text messages', zh: '短信' },
  call: { en: 'Calls', zh: '电话' },
  bill: { en: 'Offers on statements', zh: '账单附带优惠' },
}

/** Offers first, then channels, then the budget: the order of the solver's resources. */
export function limitsOf(offers: readonly Offer[], policy: ContactPolicy, channels: readonly ChannelId[]): Limit[] {
  return [
    ...offers.map(
      (o): Limit => ({
        id: `offer:${o.id}`,
        name: o.name,
        unit: 'customers',
        max: o.maximum ?? Number.POSITIVE_INFINITY,
        min: o.minimum,
      }),
    ),
    ...channels.map(
      (c): Limit => ({
        id: `channel:${c}`,
        name: channelNames[c],
        unit: units[c],
        max: capacityOf(policy, c) ?? Number.POSITIVE_INFINITY,
        min: 0,
      }),
    ),
    {
      id: 'budget',
      name: { en: 'Budget for contacts', zh: '联系预算' },
      unit: 'money',
      max: policy.budget_minor,
      min: 0,
    },
  ]
}

/** What each code (offer × channel) uses of them: one of the offer, one of the channel, the contact's cost. */
export function usesOfCodes(offers: readonly Offer[], policy: ContactPolicy, channels: readonly ChannelId[]) {
  const n = offers.length * channels.length
  const useStart = u32(n + 1)
  const useResource = u16(n * 3)
  const useAmount = f64(n * 3)
  let e = 0
  for (let code = 0; code < n; code++) {
    const offer = Math.floor(code / channels.length)
    const channel = code % channels.length
    const cost = policy.channels[channels[channel]!]!.unit_cost_minor
    for (const [resource, amount] of [
      [offer, 1],
      [offers.length + channel, 1],
      [offers.length + channels.length, cost],
    ] as const) {
      if (amount === 0) continue
      useResource[e] = resource
      useAmount[e++] = amount
    }
    useStart[code + 1] = e
  }
  return { useStart, useResource: useResource.subarray(0, e), useAmount: useAmount.subarray(0, e) }
}
