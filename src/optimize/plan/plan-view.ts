import type { z } from 'zod'
import type { Facts } from '../../platform/stores/facts/index.ts'
import type { Text } from '../../platform/text.ts'
import type { planView } from '../api.ts'
import type { OptionColumns } from '../options/options.ts'
import type { Limit } from './limits.ts'
import type { PlanInput } from './plan-input.ts'
import { shownLimits } from './shares-and-lots.ts'
import type { SolvedPlan } from './solve-plan.ts'
import { byOfferSql, bySegmentSql } from './summary-sql.ts'

export type PlanView = z.infer<typeof planView>
export type StoredPlan = Omit<PlanView, 'planId' | 'runId' | 'asOf'>

/** Names of the reasons for which a customer is not planned. */
export const reasonNames: Record<string, Text> = {
  control: {
    en: 'Control group: no offer, so that the effect can be measured',
    zh: '对照组：不发送优惠，用于衡量效果',
  },
  'no-offer-fits': { en: 'No offer is meant for them', zh: '没有适用的优惠' },
  'offer-rules': {
    en: 'Offers that suit them exclude each other or need another first',
    zh: '适用的优惠互相排斥，或须先接受其他优惠',
  },
  'contact-policy': {
    en: 'Contacted too recently, or resting after a complaint or a bounce',
    zh: '近期已联系，或因投诉、退信处于静默期',
  },
  'no-consent': { en: 'No consent for any channel of the offers', zh: '未同意任何可用渠道' },
  'no-address': { en: 'No usable address, number or e-mail', zh: '没有可用的地址、号码或邮箱' },
  'not-worth-it': { en: 'A contact would cost more than it brings', zh: '联系成本高于预期收益' },
  'limits-reached': { en: 'Capacity and budget went where they are worth more', zh: '容量与预算已用于价值更高的客户' },
}

/** What pages show of a plan, made once when it is written. */
export async function makeView(facts: Facts, runId: number, input: PlanInput, solved: SolvedPlan): Promise<StoredPlan> {
  const { options, closings, segmentNames } = input
  const { offers, policy } = input.inputs
  const runs = { runId, segmentsRun: input.inputs.runs.segmentsRun }
  const offerName = new Map(offers.map(o => [o.id, o.name]))
  const byOffer = await facts.query<{
    offer: string
    channel: string
    customers: number
    value: number
    cost: number
    acceptance: number
  }>(byOfferSql, { runId: runs.runId })
  const bySegment = await facts.query<{ segment: string; customers: number; planned: number; value: number }>(
    bySegmentSql,
    runs,
  )
  const assigned = byOffer.reduce((n, row) => n + row.customers, 0)
  const { worthless, shutOut } = unplanned(options, solved)
  const without = { ...options.without, 'not-worth-it': options.without['not-worth-it'] + worthless }
  const { solution } = solved
  return {
    currency: policy.currency,
    value: solution.value,
    bound: solution.bound,
    gap: solution.gap,
    seconds: solution.seconds,
    customers: options.customers,
    options: options.code.length,
    assigned,
    control: options.inControl,
    limits: shownLimits(solved.limits, input.limits).flatMap((limit, r) =>
      isLimited(limit) ? [limitView(limit, solved, r, policy.currency)] : [],
    ),
    byOffer: byOffer.map(row => ({ ...row, name: offerName.get(row.offer) ?? plain(row.offer) })),
    bySegment: bySegment.map(row => ({ ...row, name: segmentNames.get(row.segment) ?? plain(row.segment) })),
    notPlanned: [
      { reason: 'control', customers: options.inControl },
      ...Object.entries(without).map(([reason, customers]) => ({ reason, customers })),
      { reason: 'limits-reached', customers: shutOut },
    ].map(row => ({ ...row, name: reasonNames[row.reason]! })),
    shutBy: closings.all.flatMap(({ id, name }, i) =>
      options.shut[i]! > 0 ? [{ rule: id, name, options: options.shut[i]! }] : [],
    ),
    conflicts: solved.conflicts.map(ids =>
      ids.map(id => ({ id, name: solved.limits.find(l => l.id === id)?.name ?? plain(id) })),
    ),
  }
}

/** Customers with options and no offer: nothing of theirs is worth a contact, or it went where it is worth more. */
function unplanned({ ids, control, start, value }: OptionColumns, { solution }: SolvedPlan) {
  let worthless = 0
  let shutOut = 0
  for (let c = 0; c < ids.length; c++) {
    if (control[c] === 1) continue
    let planned = false
    let best = 0
    for (let j = start[c]!; j < start[c + 1]!; j++) {
      if (solution.chosen[j] === 1) planned = true
      best = Math.max(best, value[j]!)
    }
    if (planned) continue
    if (best > 0) shutOut++
    else worthless++
  }
  return { worthless, shutOut }
}

/** The count of all contacts only holds shares together; it is no limit of anybody's. */
const isLimited = (limit: Limit) => limit.id !== 'contacts' && (limit.max !== Number.POSITIVE_INFINITY || limit.min > 0)
const plain = (text: string): Text => ({ en: text, zh: text })

function limitView(limit: Limit, solved: SolvedPlan, r: number, currency: string): StoredPlan['limits'][number] {
  const price = solved.price[r]!
  return {
    id: limit.id,
    name: limit.name,
    unit: limit.unit,
    // JSON knows no infinity: an offer with a minimum only is bounded by what is used of it.
    max: Number.isFinite(limit.max) ? limit.max : solved.used[r]!,
    min: limit.min > 0 ? limit.min : null,
    used: solved.used[r]!,
    price,
    meaning: solved.relaxed.has(limit.id) ? relaxedMeaning(limit) : priceMeaning(limit.unit, price, currency),
  }
}

export const relaxedMeaning = (limit: Pick<Limit, 'min'>): Text => ({
  en: `The minimum of ${limit.min} cannot be met: too few customers are eligible within the other limits. It was given up.`,
  zh: `无法达到下限 ${limit.min}：在其他限制之内符合条件的客户太少，该下限已放弃。`,
})

const one: Record<Limit['unit'], Text> = {
  customers: { en: 'customer', zh: '位客户' },
  letters: { en: 'letter', zh: '封信函' },
  'e-mails': { en: 'e-mail', zh: '封邮件' },
  messages: { en: 'message', zh: '条短信' },
  calls: { en: 'call', zh: '通电话' },
  statements: { en: 'statement', zh: '份账单' },
  contacts: { en: 'contact', zh: '次联系' },
  money: { en: '', zh: '' },
}

export function priceMeaning(asUnit: string, price: number, currency: string): Text {
  const amount = (minor: number) => `${currency} ${(minor / 100).toFixed(2)}`
  const unit = asUnit as Limit['unit']
  if (Math.abs(price) < 0.005)
    return { en: 'Does not limit the plan: more of it would change nothing.', zh: '未构成限制：增加也不会改变方案。' }
  if (unit === 'money')
    return {
      en: `One ${currency} more of budget is worth ${amount(price * 100)}.`,
      zh: `预算每增加 1 ${currency}，价值增加 ${amount(price * 100)}。`,
    }
  if (price < 0)
    return {
      en: `The minimum costs: each ${one[unit].en} it asks for takes ${amount(-price)} from the value.`,
      zh: `下限有代价：每多要求 1 ${one[unit].zh}，价值减少 ${amount(-price)}。`,
    }
  return {
    en: `One more ${one[unit].en} is worth ${amount(price)}.`,
    zh: `每增加 1 ${one[unit].zh}，价值增加 ${amount(price)}。`,
  }
}
