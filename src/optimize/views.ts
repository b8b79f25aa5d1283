import type { z } from 'zod'
import { ruleFeatures, ruleInWords, writeValue } from '../analyze/index.ts'
import type { contactPolicyView, offerList } from './api.ts'
import { numbersOf } from './offers/change-offer.ts'
import type { Offer } from './offers/offer.ts'
import { type ContactPolicy, capacityOf, channelsOf } from './policy/contact-policy.ts'

const wordsOf = (feature: string) => {
  const known = ruleFeatures.get(feature)
  return {
    name: known?.name ?? {
      en: feature === 'segment' ? 'Segment' : feature,
      zh: feature === 'segment' ? '客户类别' : feature,
    },
    write: (value: number | string) => writeValue(known?.unit ?? 'none', value),
  }
}

export const offersView = (offers: readonly Offer[], policy: ContactPolicy): z.infer<typeof offerList> => ({
  channels: channelsOf(policy),
  rows: offers.map(o => ({
    id: o.id,
    name: o.name,
    text: o.text,
    kind: o.kind,
    channels: o.channels,
    rule: ruleInWords(o.rule, wordsOf),
    marginMinor: o.marginMinor,
    costMinor: o.benefitCostMinor,
    numbers: numbersOf(o),
  })),
})

/** The overall limit is the one that covers most channels. */
export function policyView(policy: ContactPolicy): z.infer<typeof contactPolicyView> {
  const overall = [...policy.limits].sort((a, b) => b.channels.length - a.channels.length)[0]
  const quiet = policy.quiet_hours[0]
  return {
    maxContacts: overall?.max ?? 1,
    windowDays: overall?.days ?? 30,
    byChannel: channelsOf(policy).map(channel => ({
      channel,
      max: smallest(policy.limits.filter(l => l.channels.includes(channel)).map(l => l.max)),
      capacity: capacityOf(policy, channel),
      unitCostMinor: policy.channels[channel]!.unit_cost_minor,
    })),
    quietHours: { from: quiet?.from ?? '', to: quiet?.to ?? '' },
    budgetMinor: policy.budget_minor,
    currency: policy.currency,
    controlShare: policy.control_share,
  }
}

const smallest = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.min(...values))
