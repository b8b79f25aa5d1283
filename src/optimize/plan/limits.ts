import type { Text } from '../../platform/text.ts'
import { f64, u16, u32 } from '../allocate/problem.ts'
import type { Offer } from '../offers/offer.ts'
import type { PlanLimits } from '../offers/plan-limits.ts'
import type { Acceptance } from '../options/acceptance.ts'
import { type Axes, coordinatesOf } from '../options/axes.ts'
import { lotOf, perDay } from '../policy/capacity.ts'
import { type ChannelId, type ContactPolicy, capacityOf } from '../policy/contact-policy.ts'

/** One limit of the plan: an offer's volume, a channel's capacity, a budget, a quota. The order is that of the solver's resources. */
export interface Limit {
  id: string
  name: Text
  /** What one unit is: people read it in texts, so it is an identifier. */
  unit: 'customers' | 'letters' | 'e-mails' | 'messages' | 'calls' | 'statements' | 'contacts' | 'money'
  max: number
  min: number
  /** Shares of all contacts of the plan; they become `min` and `max` once it is known how many there are. */
  share?: { min: number; max: number }
  /** Only multiples of this many, together with what was taken before. */
  lot?: number
  taken?: number
}

/** What a limit counts: an amount for each code, 0 for none. */
interface Counted extends Limit {
  amount: (at: { offer: number; channel: number; wave: number; segment: number }) => number
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

export interface LimitInputs {
  offers: readonly Offer[]
  policy: ContactPolicy
  limits: PlanLimits
  axes: Axes
  acceptance: Acceptance
  segmentNames?: ReadonlyMap<string, Text>
  /** Contacts planned before any offer (legal mail): capacity that is gone. */
  taken?: Partial<Record<ChannelId, number>>
}

const NONE = Number.POSITIVE_INFINITY

/** Offers first, then channels, then the budget, then what the plan's own limits add. */
export function limitsOf(inputs: LimitInputs): Limit[] {
  return counted(inputs).map(({ amount: _, ...limit }) => limit)
}

function counted({ offers, policy, limits, axes, acceptance, segmentNames, taken = {} }: LimitInputs): Counted[] {
  const { channels, waves } = axes
  const cost = channels.map(c => policy.channels[c]!.unit_cost_minor)
  const segmentOf = (id: string): { name: Text; nth: number } => ({
    name: segmentNames?.get(id) ?? { en: id, zh: id },
    nth: axes.segments.indexOf(id) + 1,
  })
  const list: Counted[] = [
    ...offers.map(
      (o, i): Counted => ({
        id: `offer:${o.id}`,
        name: o.name,
        unit: 'customers',
        max: o.maximum ?? NONE,
        min: o.minimum,
        amount: at => (at.offer === i ? 1 : 0),
      }),
    ),
    ...channels.map((c, i): Counted => {
      const lot = lotOf(policy.channels[c]!.capacity)
      const gone = taken[c] ?? 0
      return {
        id: `channel:${c}`,
        name: channelNames[c],
        unit: units[c],
        max: Math.max(0, (capacityOf(policy, c) ?? NONE) - gone),
        min: 0,
        ...(lot === null ? {} : { lot }),
        ...(gone > 0 ? { taken: gone } : {}),
        amount: at => (at.channel === i ? 1 : 0),
      }
    }),
    {
      id: 'budget',
      name: { en: 'Budget for contacts', zh: '联系预算' },
      unit: 'money',
      max: policy.budget_minor,
      min: 0,
      amount: at => cost[at.channel]!,
    },
  ]
  for (const [w, wave] of waves.entries())
    for (const [i, c] of channels.entries()) {
      const daily = perDay(policy.channels[c]!.capacity)
      if (daily === null || wave.days === null) continue
      list.push({
        id: `channel:${c}@${w + 1}`,
        name: { en: `${channelNames[c].en}, wave ${w + 1}`, zh: `${channelNames[c].zh}，第 ${w + 1} 波` },
        unit: units[c],
        max: daily * wave.days,
        min: 0,
        amount: at => (at.channel === i && at.wave === w ? 1 : 0),
      })
    }
  const part = (what: { offer?: string | undefined; segment?: string | undefined }) => {
    const o = what.offer === undefined ? null : offers.findIndex(one => one.id === what.offer)
    const segment = what.segment === undefined ? null : segmentOf(what.segment)
    const names = [
      ...(o === null ? [] : [offers[o]?.name ?? { en: what.offer!, zh: what.offer! }]),
      ...(segment ? [segment.name] : []),
    ]
    return {
      id: [what.offer, what.segment].filter(x => x !== undefined).join('/'),
      name: { en: names.map(n => n.en).join(', '), zh: names.map(n => n.zh).join('，') },
      has: (at: { offer: number; segment: number }) =>
        (o === null || at.offer === o) && (segment === null || at.segment === segment.nth),
    }
  }
  for (const b of limits.budgets) {
    const { id, name, has } = part(b)
    const kind = b.offer === undefined ? 'segment' : 'offer'
    list.push({
      id: `budget:${kind}:${id}`,
      name: { en: `Budget: ${name.en}`, zh: `预算：${name.zh}` },
      unit: 'money',
      max: b.max_minor,
      min: 0,
      amount: at => (has(at) ? cost[at.channel]! : 0),
    })
  }
  for (const [i, q] of limits.quotas.entries()) {
    const { name, has } = part(q)
    const shared = q.min_share !== undefined || q.max_share !== undefined
    list.push({
      id: `quota:${i + 1}`,
      name: { en: `Quota: ${name.en}`, zh: `配额：${name.zh}` },
      unit: 'contacts',
      max: q.max ?? NONE,
      min: q.min ?? 0,
      ...(shared ? { share: { min: q.min_share ?? 0, max: q.max_share ?? 1 } } : {}),
      amount: at => (has(at) ? 1 : 0),
    })
  }
  if (limits.exploration.share > 0)
    list.push({
      id: 'explore',
      name: { en: 'Contacts made to learn', zh: '探索性联系' },
      unit: 'contacts',
      max: NONE,
      min: 0,
      share: { min: limits.exploration.share, max: 1 },
      amount: at => (acceptance.history[at.offer * channels.length + at.channel] === 0 ? 1 : 0),
    })
  if (list.some(l => l.share))
    list.push({
      id: 'contacts',
      name: { en: 'All contacts', zh: '全部联系' },
      unit: 'contacts',
      max: NONE,
      min: 0,
      amount: () => 1,
    })
  return list
}

/** What each code uses of the limits, sparse; a bundle uses what its options use. */
export function usesOfCodes(inputs: LimitInputs, bundles: readonly (readonly number[])[] = []) {
  const list = counted(inputs)
  const { codes } = inputs.axes
  const single: [number, number][][] = []
  for (let code = 0; code < codes; code++) {
    const at = coordinatesOf(inputs.axes, code)
    const its: [number, number][] = []
    for (const [r, limit] of list.entries()) {
      const amount = limit.amount(at)
      if (amount > 0) its.push([r, amount])
    }
    single.push(its)
  }
  const all = [
    ...single,
    ...bundles.map(parts => {
      const sum = new Map<number, number>()
      for (const part of parts) for (const [r, amount] of single[part]!) sum.set(r, (sum.get(r) ?? 0) + amount)
      return [...sum].sort((a, b) => a[0] - b[0])
    }),
  ]
  const entries = all.reduce((n, its) => n + its.length, 0)
  const useStart = u32(all.length + 1)
  const useResource = u16(entries)
  const useAmount = f64(entries)
  let e = 0
  for (const [code, its] of all.entries()) {
    for (const [r, amount] of its) {
      useResource[e] = r
      useAmount[e++] = amount
    }
    useStart[code + 1] = e
  }
  return { useStart, useResource, useAmount }
}

/** By code: some minimum or share from below may need it, though it is worth nothing. */
export function neededCodes(inputs: LimitInputs): Uint8Array {
  const { useStart, useResource } = usesOfCodes(inputs)
  const limits = limitsOf(inputs)
  const needed = new Uint8Array(inputs.axes.codes)
  for (let code = 0; code < needed.length; code++)
    for (let e = useStart[code]!; e < useStart[code + 1]!; e++) {
      const limit = limits[useResource[e]!]!
      if (limit.min > 0 || (limit.share?.min ?? 0) > 0) needed[code] = 1
    }
  return needed
}
