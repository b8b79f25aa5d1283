import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { customerPlan } from '../api.ts'
import { controlParams } from '../control-group.ts'
import { optimizeErrors } from '../errors.ts'
import { NO_OPTION, noOptionReasons, optionsSql } from '../options/options-sql.ts'
import { type ChannelId, channelsOf } from '../policy/contact-policy.ts'
import { channelNames } from './limits.ts'
import { reasonNames } from './plan-view.ts'

export type CustomerPlan = z.infer<typeof customerPlan>

interface Assignment {
  offer: string
  channel: ChannelId
  value_minor: number
  acceptance: number
  cost_minor: number
  next_best: string
}

/** What the newest plan has for one customer, and why not more: their options are made again, from what the plan was made with. */
export async function planOfCustomer(app: App, customerId: number): Promise<CustomerPlan> {
  const runId = await app.runs.latest('plan')
  const plan =
    runId === null
      ? undefined
      : await app.workflow.db.selectFrom('plans').selectAll().where('run_id', '=', runId).executeTakeFirst()
  if (!plan || runId === null) throw optimizeErrors['optimize.no-plan']()
  const { offers, policy, runs, meanLiking } = plan.basis
  const nameOf = (offer: string): Text => offers.find(o => o.id === offer)?.name ?? { en: offer, zh: offer }
  const customer = { runId, customer: customerId }
  const [assignments, [held]] = await Promise.all([
    app.facts.query<Assignment>(
      `SELECT toString(offer) AS offer, toString(channel) AS channel, value_minor, acceptance, cost_minor, next_best
       FROM plan_assignments WHERE run_id = {runId:UInt64} AND customer_id = {customer:UInt64} ORDER BY value_minor DESC`,
      customer,
    ),
    app.facts.query<{ offer: string; channel: ChannelId }>(
      `SELECT toString(offer) AS offer, toString(channel) AS channel
       FROM control_members WHERE run_id = {runId:UInt64} AND customer_id = {customer:UInt64}`,
      customer,
    ),
  ])
  const view: CustomerPlan = {
    control: held !== undefined,
    assignments: assignments.map(a => ({
      offer: a.offer,
      name: nameOf(a.offer),
      channel: a.channel,
      valueMinor: a.value_minor,
      acceptance: a.acceptance,
      costMinor: a.cost_minor,
      why: why(a, policy.currency, nameOf),
    })),
    whyNot: null,
  }
  if (assignments.length > 0) return view
  if (held) {
    const would = held.offer === '' ? null : `${nameOf(held.offer).en}, ${channelNames[held.channel].en.toLowerCase()}`
    view.whyNot = {
      en: `${reasonNames['control']!.en}.${would ? ` The plan would have chosen: ${would}.` : ''}`,
      zh: `${reasonNames['control']!.zh}。${held.offer === '' ? '' : `若不在对照组，方案会选择：${nameOf(held.offer).zh}（${channelNames[held.channel].zh}）。`}`,
    }
    return view
  }
  const channels = channelsOf(policy)
  const { sql, params } = optionsSql(offers, policy, channels, 'one')
  const options = await app.facts.query<{ code: number; value: number }>(sql, {
    ...params,
    ...runs,
    asOf: plan.as_of,
    ...controlParams(plan.as_of, policy.control_share),
    meanLiking,
    customer: customerId,
  })
  view.whyNot = whyNot(
    options,
    plan.prices,
    offers.map(o => o.id),
    channels,
    policy.currency,
    nameOf,
    policy,
  )
  return view
}

function why(a: Assignment, currency: string, nameOf: (offer: string) => Text): Text {
  const share = `${(a.acceptance * 100).toFixed(1)} %`
  const value = money(a.value_minor, currency)
  const beaten =
    a.next_best === ''
      ? undefined
      : (JSON.parse(a.next_best) as { offer: string; channel: ChannelId; valueMinor: string })
  const other = beaten && `${money(Number(beaten.valueMinor), currency)}`
  return {
    en: `${share} are expected to accept; worth ${value} on average.${beaten ? ` Next best: ${nameOf(beaten.offer).en}, ${channelNames[beaten.channel].en.toLowerCase()}, ${other}.` : ''}`,
    zh: `预计接受率 ${share}，平均价值 ${value}。${beaten ? `次优选项：${nameOf(beaten.offer).zh}（${channelNames[beaten.channel].zh}），${other}。` : ''}`,
  }
}

const money = (minor: number, currency: string): string => `${currency} ${(minor / 100).toFixed(2)}`

/** The rule that left no option, or the price that shut the best one out. */
function whyNot(
  options: readonly { code: number; value: number }[],
  prices: Record<string, number>,
  offerIds: readonly string[],
  channels: readonly ChannelId[],
  currency: string,
  nameOf: (offer: string) => Text,
  policy: { channels: Partial<Record<ChannelId, { unit_cost_minor: number }>> },
): Text | null {
  const first = options[0]
  if (!first) return null
  if (first.code >= NO_OPTION) return reasonNames[noOptionReasons[first.code - NO_OPTION]!]!
  const best = options.reduce((a, b) => (b.value > a.value ? b : a))
  if (best.value <= 0) return reasonNames['not-worth-it']!
  const offer = offerIds[Math.floor(best.code / channels.length)]!
  const channel = channels[best.code % channels.length]!
  const price =
    (prices[`offer:${offer}`] ?? 0) +
    (prices[`channel:${channel}`] ?? 0) +
    (prices['budget'] ?? 0) * (policy.channels[channel]?.unit_cost_minor ?? 0)
  return {
    en: `The best option, ${nameOf(offer).en} (${channelNames[channel].en.toLowerCase()}), is worth ${money(best.value, currency)}, but what it uses is worth ${money(price, currency)} elsewhere.`,
    zh: `最优选项“${nameOf(offer).zh}”（${channelNames[channel].zh}）价值 ${money(best.value, currency)}，但其占用的资源用于他处价值 ${money(price, currency)}。`,
  }
}
